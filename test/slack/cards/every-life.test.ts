import fc from 'fast-check';
import type { DesiredMessage } from '../../../shared/app/desired-message.ts';
import { type State, standingAt } from '../../../shared/domain/elevation.ts';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import { outlook } from '../../../shared/domain/redecision.ts';
import { remindersDue } from '../../../shared/domain/reminders.ts';
import { parseButtonValue } from '../../../shared/slack/button.ts';
import { details } from '../../../shared/slack/cards/details.ts';
import { slackMessages } from '../../../shared/slack/messages.ts';
import { type Life, life } from '../../domain/lives.ts';
import { asked, type Recorded, requestFor } from '../../domain/record.ts';
import { caller, NOW } from '../../domain/story.ts';
import { duration } from '../../domain/values.ts';
import { LONGEST_ACCESS, LONGEST_USERS, longestRecords } from './longest.ts';
import { blocksOf, buttonsOf, formattedOf, shown, textsOf } from './shown.ts';
import { ACCESS, API_URL, accessNeeding, telling, USERS } from './story.ts';

/** Moments around everything that the clock changes: reminders, the lapse and the end. */
const moment = fc
  .constantFrom(0, 1, 599_999, 1_200_000, 3_600_000, 7_200_000, 7_200_001, 14_400_000, 40_000_000)
  .map((after) => (last: Instant) => instant(last + after));

function lastOf({ history }: Recorded): Instant {
  return history.at(-1)?.event.at ?? NOW;
}

function accessOf({ first }: Life, approversProveMfa: boolean) {
  return accessNeeding(first.elevation.request.requirements.approval?.count ?? 0, approversProveMfa);
}

function messagesOf(record: Recorded, now: Instant, access = ACCESS, users = USERS) {
  return slackMessages({ access, apiUrl: API_URL })(telling(record, now, users));
}

const told = fc.record({ life, moment, approversProveMfa: fc.boolean() }).map((drawn) => {
  const record = drawn.life.last;
  const now = drawn.moment(lastOf(record));
  const access = accessOf(drawn.life, drawn.approversProveMfa);
  return { record, now, access, messages: messagesOf(record, now, access) };
});

test('slack_takes_every_message', () => {
  fc.assert(
    fc.property(told, ({ messages }) => {
      for (const { content } of messages) expect(blocksOf(content).length).toBeGreaterThan(0);
    }),
  );
});

test('every_key_is_used_once_and_threads_hang_on_the_card_before_them', () => {
  fc.assert(
    fc.property(told, ({ messages }) => {
      const keys = messages.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys[0]).toBe('card');
    }),
  );
});

const ON_THE_CARD: Readonly<Record<State, readonly string[]>> = {
  pending: ['deny', 'details'],
  approved: ['revoke', 'details'],
  denied: ['details'],
  withdrawn: ['details'],
  lapsed: ['details'],
  returned: ['details'],
  revoked: ['details'],
  ended: ['details'],
};

test('a_card_has_exactly_the_buttons_of_its_state', () => {
  fc.assert(
    fc.property(told, ({ record, now, messages: [card] }) => {
      const { state } = standingAt(record.elevation, now);
      expect(card && buttonsOf(card.content)).toEqual(ON_THE_CARD[state]);
    }),
  );
});

test('the_requesters_buttons_are_offered_once_and_only_while_they_do_something', () => {
  fc.assert(
    fc.property(told, ({ record, now, messages }) => {
      const { state } = standingAt(record.elevation, now);
      const own = messages
        .filter(({ key }) => key !== 'card')
        .flatMap(({ content }) => buttonsOf(content))
        .filter((action) => action !== 'details');
      const expected = { pending: ['withdraw'], approved: ['return'] };
      expect(own).toEqual(state === 'pending' || state === 'approved' ? expected[state] : []);
    }),
  );
});

test('every_button_names_the_elevation_and_its_digest', () => {
  fc.assert(
    fc.property(told, ({ record, messages }) => {
      const { request, digest } = record.elevation;
      for (const value of messages.flatMap(valuesOf)) {
        expect(parseButtonValue(value)).toEqual({ id: request.id, digest });
      }
    }),
  );
});

test('messages_change_with_the_state_and_not_with_the_clock', () => {
  fc.assert(
    fc.property(told, fc.integer({ min: 0, max: 50_000_000 }), ({ record, now, access, messages }, after) => {
      const later = instant(now + after);
      const stands = (at: Instant) => [
        standingAt(record.elevation, at).state,
        remindersDue(record.elevation, access.slack?.remind, at),
      ];
      fc.pre(String(stands(now)) === String(stands(later)));
      expect(messagesOf(record, later, access)).toEqual(messages);
    }),
  );
});

/** What somebody types to look like something else. */
const TYPED = [
  '<!channel>',
  '<@U0RUTH>',
  '*Approved*',
  '`x`',
  'https://evil.example',
  '\u202egnp',
  '🟢 Approved:',
];

test('nothing_that_somebody_typed_is_formatted', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TYPED), moment, (typed, momentOf) => {
      const said = `QQ ${typed}\nQQ`;
      const scope = [{ actions: ['s3:QQ*'], resources: ['arn:aws:s3:::QQ<!channel>'] }];
      const request = requestFor(1, { reason: said, ticket: said, scope, narrowedBy: 'requester' });
      const record = asked(
        request,
        caller('david', { mfa: { kind: 'token', evidence: `QQ${typed}`, at: NOW } }),
      );
      const contents = messagesOf(record, momentOf(NOW)).map(({ content }) => content);
      for (const content of [...contents, detailsOf(record, NOW)]) {
        for (const text of formattedOf(content)) expect(text).not.toContain('QQ');
        expect(shown(content)).not.toMatch(/\u202e/);
      }
    }),
  );
});

test('no_comment_is_formatted', () => {
  fc.assert(
    fc.property(told, ({ messages }) => {
      for (const { content } of messages) {
        for (const text of formattedOf(content)) expect(text).not.toContain('Fine.');
      }
    }),
  );
});

/** JSON that is longer Slack refuses (msg_blocks_too_long). It names no figure; apps have reported about this. */
const LONGEST_MESSAGE = 13_000;

test('the_longest_texts_that_the_api_takes_fit_each_message', () => {
  for (const record of longestRecords()) {
    for (const now of [
      lastOf(record),
      instant(lastOf(record) + duration('1h') * 60_000),
      instant(NOW + 1e9),
    ]) {
      const contents = messagesOf(record, now, LONGEST_ACCESS, LONGEST_USERS).map(({ content }) => content);
      for (const content of [...contents, detailsOf(record, now, LONGEST_ACCESS)]) {
        expect(JSON.stringify(content.blocks).length).toBeLessThanOrEqual(LONGEST_MESSAGE);
      }
    }
  }
});

test('nothing_is_cut_but_comments_on_the_card', () => {
  for (const record of longestRecords()) {
    for (const { key, content } of messagesOf(record, lastOf(record), LONGEST_ACCESS, LONGEST_USERS)) {
      const whole = textsOf(content).filter(({ text }) => !text.startsWith('│') || key !== 'card');
      expect(whole.filter(({ text }) => text.endsWith('…'))).toEqual([]);
    }
  }
});

function detailsOf({ elevation, history }: Recorded, now: Instant, access = ACCESS) {
  const conditions = outlook(access, elevation, now);
  return details({ elevation: standingAt(elevation, now), history, conditions, sessions: [] });
}

function valuesOf({ content }: DesiredMessage): readonly string[] {
  return blocksOf(content).flatMap((block) =>
    block.type === 'actions'
      ? block.elements.map((element) => ('value' in element ? (element.value ?? '') : ''))
      : [],
  );
}
