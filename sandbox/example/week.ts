/** Something that is done in the example's week, at a time as `16 09:02`: day of November 2026, in UTC. */
export type Deed = { readonly at: string } & (
  | {
      readonly does: 'ask';
      readonly who: string;
      /** By which name later deeds mean this elevation. */
      readonly as: string;
      readonly role: string;
      readonly for: string;
      readonly reason: string;
      readonly ticket?: string;
    }
  | {
      readonly does: 'approve' | 'deny' | 'withdraw' | 'return' | 'revoke';
      readonly who: string;
      readonly what: string;
    }
  /** Gets credentials of an elevation, and calls AWS with them. */
  | { readonly does: 'use'; readonly who: string; readonly what: string; readonly calls: readonly AwsCall[] }
  /** Calls AWS with the credentials that were got last for an elevation. */
  | { readonly does: 'use again'; readonly what: string; readonly calls: readonly AwsCall[] }
  /** Assumes a role with long-term keys, past Drawbridge, and calls AWS where that is let in. */
  | {
      readonly does: 'go round';
      readonly who: string;
      readonly role: string;
      readonly calls: readonly AwsCall[];
    }
  /** Adds an inline policy to a role, with long-term keys. */
  | {
      readonly does: 'change role';
      readonly who: string;
      readonly role: string;
      readonly policy: string;
      readonly grants: { readonly action: string; readonly resource: string };
    }
);

/** A call to S3: which, and on what. */
export type AwsCall = readonly ['list buckets'] | readonly ['read' | 'write', bucket: string, key: string];

const DAVID = 'arn:aws:iam::111111111111:user/David';
const TESS = 'arn:aws:iam::111111111111:user/Tess';
const ROOT_OF_PRODUCTION = 'arn:aws:iam::999999999999:root';
const UPDATE_APP = 'arn:aws:iam::999999999999:role/UpdateApp';
const LEGACY_UPDATE_APP = 'arn:aws:iam::999999999999:role/LegacyUpdateApp';

const ask = (who: string, as: string, reason: string, ticket: string, length = '1h') =>
  ({ does: 'ask', who, as, role: 'update-app', for: length, reason, ticket }) as const;

const INDEX = ['productionapp', 'index.html'] as const;
const RELEASE = ['productionapp', 'config/release.json'] as const;

/** The week of the example report, in the order of time. */
export const WEEK: readonly Deed[] = [
  // The way it was before: whoever may assume roles in Development is in.
  { at: '16 08:40', does: 'go round', who: DAVID, role: LEGACY_UPDATE_APP, calls: [['write', ...INDEX]] },

  // Through Drawbridge: asked, agreed, used, given back.
  { at: '16 09:02', ...ask('david', 'release', 'Deploy release 42', 'OPS-4711') },
  { at: '16 09:04', does: 'approve', who: 'david', what: 'release' },
  { at: '16 09:06', does: 'approve', who: 'ruth', what: 'release' },
  {
    ...{ at: '16 09:08', does: 'use', who: 'david', what: 'release' },
    calls: [['list buckets'], ['read', ...INDEX], ['write', ...INDEX], ['read', 'payroll', '2026-11.csv']],
  },
  {
    ...{ at: '16 09:31', does: 'use', who: 'david', what: 'release' },
    calls: [
      ['write', ...RELEASE],
      ['read', ...INDEX],
    ],
  },
  { at: '16 09:40', does: 'return', who: 'david', what: 'release' },

  { at: '16 10:15', does: 'go round', who: TESS, role: UPDATE_APP, calls: [] },

  { at: '17 13:30', ...ask('david', 'experiment', 'Try the new banner in production', 'OPS-4718') },
  { at: '17 13:38', does: 'deny', who: 'ruth', what: 'experiment' },
  {
    ...{ at: '17 14:00', does: 'ask', who: 'tess', as: 'costs', role: 'read-billing', for: '1h' },
    reason: 'What did the load tests cost?',
  },
  { at: '17 14:01', does: 'use', who: 'tess', what: 'costs', calls: [['list buckets']] },

  // Revoked, and the session that was issued before lives on for up to 15 minutes.
  { at: '18 10:00', ...ask('david', 'banner', 'Put up the banner of the sale', 'OPS-4720', '2h') },
  { at: '18 10:21', does: 'approve', who: 'ruth', what: 'banner' },
  {
    at: '18 10:35',
    does: 'use',
    who: 'david',
    what: 'banner',
    calls: [
      ['read', ...INDEX],
      ['write', ...INDEX],
    ],
  },
  { at: '18 10:45', does: 'revoke', who: 'ruth', what: 'banner' },
  { at: '18 10:48', does: 'use again', what: 'banner', calls: [['write', ...INDEX]] },

  { at: '19 15:00', ...ask('david', 'lapsed', 'Look at the release configuration', 'OPS-4725') },

  { at: '20 08:30', ...ask('david', 'launch', 'Be ready for the launch', 'OPS-4730', '4h') },
  { at: '20 08:33', does: 'approve', who: 'ruth', what: 'launch' },
  { at: '20 16:10', ...ask('david', 'mistake', 'Deploy release 34', 'OPS-4711') },
  { at: '20 16:11', does: 'withdraw', who: 'david', what: 'mistake' },

  {
    ...{ at: '21 22:14', does: 'change role', who: ROOT_OF_PRODUCTION, role: UPDATE_APP, policy: 'Hotfix' },
    grants: { action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::productionapp' },
  },
];
