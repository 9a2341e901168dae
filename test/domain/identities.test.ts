import { peopleBySubject, peopleByUserArn } from '../../shared/domain/identities.ts';
import { person, STORY } from './story.ts';
import { handle, userArn } from './values.ts';

const DAVIDS_USER = userArn('arn:aws:iam::111111111111:user/David');
const DAVIDS_SUBJECT = { issuer: 'https://idp.example.com', subject: '00u1david' };

/** The story's file with these two people. */
function peopled(david: object, ruth: object) {
  const people = [
    { ...person('david'), ...david },
    { ...person('ruth'), ...ruth },
  ];
  return { ...STORY, people: new Map(people.map((one) => [one.handle, one])) };
}

test('a user’s whole ARN tells the person, and a subject does so within its issuer', () => {
  const access = peopled({ iam: [DAVIDS_USER], oidc: [DAVIDS_SUBJECT] }, {});
  expect(peopleByUserArn(access)).toEqual(new Map([[DAVIDS_USER.text, handle('david')]]));
  expect(peopleBySubject(access).get(DAVIDS_SUBJECT.issuer)?.get(DAVIDS_SUBJECT.subject)).toBe('david');
});

test('the same subject of two issuers is two people', () => {
  const other = { ...DAVIDS_SUBJECT, issuer: 'https://other.example.com' };
  const subjects = peopleBySubject(peopled({ oidc: [DAVIDS_SUBJECT] }, { oidc: [other] }));
  expect(subjects.get(other.issuer)?.get(other.subject)).toBe('ruth');
  expect(subjects.get(DAVIDS_SUBJECT.issuer)?.get(DAVIDS_SUBJECT.subject)).toBe('david');
});

test('an identity of two people is refused with the names of both', () => {
  const users = peopled({ iam: [DAVIDS_USER] }, { iam: [DAVIDS_USER] });
  const subjects = peopled({ oidc: [DAVIDS_SUBJECT] }, { oidc: [DAVIDS_SUBJECT] });
  expect(() => peopleByUserArn(users)).toThrow(/belongs to david and to ruth\. Remove it/);
  expect(() => peopleBySubject(subjects)).toThrow(/belongs to david and to ruth\. Remove it/);
});
