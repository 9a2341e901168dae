import type { Call } from './door-policy.ts';

const DAVID = 'arn:aws:iam::111111111111:user/David';
/** A call that the IAM door lets in. */
export const FRESH: Call = {
  by: DAVID,
  session: true,
  mfaAgeSeconds: 60,
  method: 'POST',
  path: '/iam/v1/elevations',
};
const FETCH: Call = { ...FRESH, path: '/iam/v1/elevations/01J/credentials' };
const UNLINK: Call = { ...FRESH, method: 'DELETE', path: '/iam/v1/slack-links/T024BE7LD/U0DAVID' };
/** Calls at the IAM door, and whether each gets in. */
export const CALLS: readonly (readonly [title: string, call: Call, allowed: boolean])[] = [
  ['a fresh MFA session may ask', FRESH, true],
  ['at the bound it still may', { ...FRESH, mfaAgeSeconds: 900 }, true],
  ['a second later it may not', { ...FRESH, mfaAgeSeconds: 901 }, false],
  ['nor read', { ...FRESH, method: 'GET', path: '/iam/v1/me', mfaAgeSeconds: 901 }, false],
  ['nor decide', { ...FRESH, path: '/iam/v1/elevations/01J/approval', mfaAgeSeconds: 901 }, false],
  ['but it may fetch credentials', { ...FETCH, mfaAgeSeconds: 901 }, true],
  ['not for ever', { ...FETCH, mfaAgeSeconds: 36 * 3600 }, false],
  ['long-term keys may nothing', { by: DAVID, method: 'POST', path: '/iam/v1/elevations' }, false],
  ['long-term keys fetch nothing', { by: DAVID, method: 'POST', path: FETCH.path }, false],
  [
    'a session without MFA may nothing',
    { by: DAVID, session: true, method: 'GET', path: '/iam/v1/me' },
    false,
  ],
  [
    'an account that is not listed may nothing',
    { ...FRESH, by: 'arn:aws:iam::333333333333:user/Eve' },
    false,
  ],
  [
    'nor may the hub, allowed by its own account',
    { ...FRESH, by: 'arn:aws:iam::222222222222:user/Root' },
    false,
  ],
  ['links of Slack users are made with a fresh MFA', { ...FRESH, path: '/iam/v1/slack-links' }, true],
  ['not with an old one', { ...FRESH, path: '/iam/v1/slack-links', mfaAgeSeconds: 901 }, false],
  ['links are undone with a fresh MFA', UNLINK, true],
  ['not with an old one either', { ...UNLINK, mfaAgeSeconds: 901 }, false],
  ['nor without any', { by: DAVID, session: true, method: 'DELETE', path: UNLINK.path }, false],
  [
    'a method that does not exist is not open',
    { ...FRESH, method: 'DELETE', path: '/iam/v1/elevations' },
    false,
  ],
];
