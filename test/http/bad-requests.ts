import { ASK } from './hub.ts';

/** A body of POST /elevations that is refused, and the pointers (RFC 6901) to what is wrong with it. */
export type BadRequest = readonly [title: string, body: unknown, pointers: readonly string[]];

const S3 = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::productionapp/*'] };

const without = (name: keyof typeof ASK) =>
  Object.fromEntries(Object.entries(ASK).filter(([one]) => one !== name));
const ask = (part: Readonly<Record<string, unknown>>) => ({ ...ASK, ...part });

/** Marks that reorder, hide or fake text: controls, Unicode's Bidi_Control, Default_Ignorable and line separators. */
const UNSEEN: readonly (readonly [name: string, character: string])[] = [
  ['NUL', '\u0000'],
  ['an escape, which terminals obey', '\u001b[2K'],
  ['a carriage return', '\r'],
  ['DEL', '\u007f'],
  ['a C1 control', '\u009b'],
  ['a right-to-left override', '\u202e'],
  ['a left-to-right isolate', '\u2066'],
  ['an Arabic letter mark', '\u061c'],
  ['a right-to-left mark', '\u200f'],
  ['a zero-width space', 'pro\u200bduction'],
  ['a word joiner', '\u2060'],
  ['a byte order mark', 'a\ufeffb'],
  ['a soft hyphen', 'pro\u00adduction'],
  ['a Hangul filler, which is blank', '\u3164'],
  ['a tag, which nothing shows', '\u{e0041}'],
  ['a line separator', '\u2028'],
  ['a lone high surrogate', '\ud83d'],
  ['a lone low surrogate', '\ude00'],
];

/** One case for each character in each text that a person writes. */
export const UNSEEN_TEXTS: readonly BadRequest[] = UNSEEN.flatMap(([name, character]) =>
  (['reason', 'ticket'] as const).map(
    (field): BadRequest => [
      `${name} in the ${field}`,
      ask({ [field]: `Fix the ${character} banner` }),
      [`/${field}`],
    ],
  ),
);

/** Bodies of the wrong shape. */
export const MISSHAPEN: readonly BadRequest[] = [
  ['null', null, ['']],
  ['a list', [ASK], ['']],
  ['a text', 'update-app', ['']],
  ['a number', 1, ['']],
  ['nothing in it', {}, ['/role', '/duration', '/reason']],
  ['no role', without('role'), ['/role']],
  ['no duration', without('duration'), ['/duration']],
  ['no reason', without('reason'), ['/reason']],
  ['a role that is a number', ask({ role: 1 }), ['/role']],
  ['a role that is a list', ask({ role: ['update-app'] }), ['/role']],
  ['a duration that is a number', ask({ duration: 60 }), ['/duration']],
  ['a reason that is null', ask({ reason: null }), ['/reason']],
  ['a ticket that is an object', ask({ ticket: { id: 'OPS-12' } }), ['/ticket']],
  ['dryRun as a text', ask({ dryRun: 'true' }), ['/dryRun']],
  ['a field that there is not', ask({ person: 'ruth' }), ['/person']],
  ['a field whose name needs escaping', ask({ 'a/b~c': 1 }), ['/a~1b~0c']],
  ['two faults at once', ask({ duration: '', admin: true }), ['/duration', '/admin']],
  ['an empty reason', ask({ reason: '' }), ['/reason']],
  ['a reason of white space', ask({ reason: ' \n\t ' }), ['/reason']],
  ['a reason of 1,001 characters', ask({ reason: 'x'.repeat(1001) }), ['/reason']],
  ['a ticket of 65 characters', ask({ ticket: 'x'.repeat(65) }), ['/ticket']],
  ['a role of 10,000 characters', ask({ role: 'x'.repeat(10_000) }), ['/role']],
  ['a role that no name can be', ask({ role: '../update-app' }), ['/role']],
  ['a role that is in no catalog', ask({ role: 'update-ap' }), ['/role']],
  ['a role in another case', ask({ role: 'Update-App' }), ['/role']],
];

/** Durations that are none of at least a minute. */
export const NO_DURATIONS: readonly BadRequest[] = [
  '',
  '0m',
  '0h',
  'PT0M',
  '-1h',
  '1.5h',
  '1h30',
  '60',
  '1e3m',
  'an hour',
  '1h 30m',
  'PT1H30',
  'P1Y',
  '9'.repeat(100),
].map((duration) => [`a duration of "${duration.slice(0, 8)}"`, ask({ duration }), ['/duration']]);

/** Scopes that are no policy, or none that can be sent. */
export const NO_SCOPES: readonly BadRequest[] = [
  ['a scope that is a text', ask({ scope: 's3:GetObject' }), ['/scope']],
  ['a scope that is an object', ask({ scope: {} }), ['/scope']],
  ['a scope without entries', ask({ scope: [] }), ['/scope']],
  ['an entry without fields', ask({ scope: [{}] }), ['/scope/0/actions', '/scope/0/resources']],
  ['no action', ask({ scope: [{ ...S3, actions: [] }] }), ['/scope/0/actions']],
  ['an action that is a text', ask({ scope: [{ ...S3, actions: 's3:*' }] }), ['/scope/0/actions']],
  ['an action of no service', ask({ scope: [S3, { ...S3, actions: ['*'] }] }), ['/scope/1/actions/0']],
  ['an action with a quote', ask({ scope: [{ ...S3, actions: ['s3:Get"'] }] }), ['/scope/0/actions/0']],
  ['a bucket that is no ARN', ask({ scope: [{ ...S3, resources: ['b/*'] }] }), ['/scope/0/resources/0']],
  ['an effect, since a scope only narrows', ask({ scope: [{ ...S3, effect: 'Deny' }] }), ['/scope/0/effect']],
  // AssumeRole, parameter Policy: at most 2,048 characters.
  [
    'a scope that no session policy can hold',
    ask({
      scope: [{ ...S3, resources: [`arn:aws:s3:::${'x'.repeat(1100)}`, `arn:aws:s3:::${'y'.repeat(1100)}`] }],
    }),
    ['/scope'],
  ],
];
