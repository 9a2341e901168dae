import {
  announcedAt,
  announcementKey,
  elevationKey,
  rateKey,
  sessionKey,
  slackCodeKey,
  slackLinkKey,
  subjectOfKey,
} from '../../../shared/adapters/dynamodb/keys.ts';
import type { Subject } from '../../../shared/domain/subject.ts';
import { NOW } from '../../domain/story.ts';
import { handle, hash } from '../../domain/values.ts';
import { freshId } from '../contract/elevations.ts';

const id = freshId();
const of = { team: 'T024BE7LD', user: 'U0DAVID' };
const elevation: Subject = { kind: 'elevation', id };
const link: Subject = { kind: 'slack-link', of };

test.each([
  ['an elevation', elevationKey(id), elevation],
  ['a link', slackLinkKey(of), link],
])('the key of %s names it', (_what, key, subject) => {
  expect([subjectOfKey(key), announcedAt(key)]).toEqual([subject, undefined]);
});

test.each([elevation, link])('the key of an announcement names what it is about: $kind', (subject) => {
  const key = announcementKey(subject);
  expect([subjectOfKey(key), announcedAt(key)]).toEqual([undefined, subject]);
});

test.each([
  ['a session', sessionKey(id, 1)],
  ['a count of requests', rateKey(handle('david'), NOW)],
  ['a code', slackCodeKey(hash('a'))],
  ['a link where an elevation is', { ...elevationKey(id), sk: 'slack-link' }],
  ['an elevation where a link is', { ...slackLinkKey(of), sk: 'elevation' }],
  ['no elevation', { pk: 'elevation#x', sk: 'elevation' }],
  ['an elevation and more', { pk: `elevation#${id}#`, sk: 'elevation' }],
  ['half a user', { pk: 'slack-user#T024BE7LD', sk: 'slack-link' }],
  ['a user and more', { pk: 'slack-user#T024BE7LD#U0DAVID#x', sk: 'slack-link' }],
  ['nothing', { pk: '', sk: '' }],
])('the key of %s names no subject', (_what, key) => {
  expect([subjectOfKey(key), announcedAt(key)]).toEqual([undefined, undefined]);
});
