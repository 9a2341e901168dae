import { join } from 'node:path';
import {
  activityConfig,
  announceConfig,
  authorizeConfig,
  credentialsConfig,
  elevationsConfig,
  reportConfig,
  reportsConfig,
  slackConfig,
  sweepConfig,
  trailConfig,
} from '../../shared/config.ts';

const SEAL_KEY = 'arn:aws:kms:us-east-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const COMMON = {
  LAMBDA_TASK_ROOT: '/var/task',
  DRAWBRIDGE_TABLE: 'drawbridge',
  DRAWBRIDGE_SEAL_KEY: SEAL_KEY,
};

const functions = [
  { name: 'elevations', read: elevationsConfig, mfa: 'DRAWBRIDGE_IAM_DOOR_MFA' },
  { name: 'credentials', read: credentialsConfig, mfa: 'DRAWBRIDGE_IAM_DOOR_CREDENTIALS_MFA' },
];

describe.each(functions)('$name', ({ read, mfa }) => {
  test('reads its variables', () => {
    expect(read({ ...COMMON, [mfa]: '1h30m' })).toEqual({
      ...{ accessFile: join('/var/task', 'access.json'), table: 'drawbridge', sealKey: SEAL_KEY },
      iamDoorMfa: 90,
    });
  });

  test.each(['DRAWBRIDGE_TABLE', 'DRAWBRIDGE_SEAL_KEY', mfa])('names %s where it is not set', (name) => {
    const environment = { ...COMMON, [mfa]: '15m' };
    const sentence = new RegExp(`^Set ${name}: .+\\.$`);
    expect(() => read({ ...environment, [name]: undefined })).toThrow(sentence);
    expect(() => read({ ...environment, [name]: '' })).toThrow(sentence);
  });

  test.each(['900', '15', '0m', '-15m', 'soon'])('names the bound that is no duration: %s', (value) => {
    expect(() => read({ ...COMMON, [mfa]: value })).toThrow(
      `Set ${mfa} to a duration, for example 15m; it is ${value}.`,
    );
  });

  test('does not take the bound of the other', () => {
    const others = functions.filter((one) => one.mfa !== mfa).map((one) => [one.mfa, '15m']);
    expect(() => read({ ...COMMON, ...Object.fromEntries(others) })).toThrow(`Set ${mfa}: `);
  });
});

test('authorize needs the access file alone', () => {
  expect(authorizeConfig({ LAMBDA_TASK_ROOT: '/var/task' })).toEqual({ accessFile: '/var/task/access.json' });
  expect(authorizeConfig({ DRAWBRIDGE_ACCESS_FILE: 'elsewhere.json' })).toEqual({
    accessFile: 'elsewhere.json',
  });
});

const TELLING = {
  ...COMMON,
  DRAWBRIDGE_API_URL: 'https://api.example.com/prod',
  DRAWBRIDGE_SLACK_SIGNING_SECRET: 'arn:signing-secret',
  DRAWBRIDGE_SLACK_BOT_TOKEN: 'arn:bot-token',
  DRAWBRIDGE_ANNOUNCE_QUEUE: 'https://queue.example.com/announce',
  DRAWBRIDGE_EVENT_BUS: 'drawbridge',
  DRAWBRIDGE_AUDIT_BUCKET: 'audit-log',
  DRAWBRIDGE_USAGE_TABLE: 'drawbridge-usage',
  DRAWBRIDGE_USAGE_DAYS: '400',
  DRAWBRIDGE_TRAIL_DEAD_LETTERS: 'https://queue.example.com/letters',
  DRAWBRIDGE_TRAIL_BUCKET: 'trail',
  DRAWBRIDGE_REPORTS_BUCKET: 'reports',
  DRAWBRIDGE_REPORT_QUEUE: 'https://queue.example.com/report',
  DRAWBRIDGE_IAM_DOOR_MFA: '15m',
};
const ELEVATIONS = {
  ...{ accessFile: '/var/task/access.json', table: 'drawbridge', sealKey: SEAL_KEY },
  ...{ apiUrl: 'https://api.example.com/prod', botToken: 'arn:bot-token' },
};

const SEALED = { accessFile: '/var/task/access.json', table: 'drawbridge', sealKey: SEAL_KEY };
const NEEDS = ['DRAWBRIDGE_TABLE', 'DRAWBRIDGE_SEAL_KEY', 'DRAWBRIDGE_USAGE_TABLE'];

describe.each([
  {
    name: 'trail',
    read: trailConfig,
    expected: {
      ...{ ...SEALED, usageTable: 'drawbridge-usage', usageDays: 400, eventBus: 'drawbridge' },
      ...{ actionsFile: '/var/task/actions.json', deadLetters: 'https://queue.example.com/letters' },
    },
    needs: [...NEEDS, 'DRAWBRIDGE_USAGE_DAYS', 'DRAWBRIDGE_TRAIL_DEAD_LETTERS', 'DRAWBRIDGE_EVENT_BUS'],
  },
  {
    name: 'report',
    read: reportConfig,
    expected: {
      ...{ ...SEALED, usageTable: 'drawbridge-usage', actionsFile: '/var/task/actions.json' },
      ...{ reportsBucket: 'reports', trailBucket: 'trail', botToken: 'arn:bot-token' },
    },
    needs: [
      ...[...NEEDS, 'DRAWBRIDGE_REPORTS_BUCKET', 'DRAWBRIDGE_TRAIL_BUCKET'],
      'DRAWBRIDGE_SLACK_BOT_TOKEN',
    ],
  },
  {
    name: 'reports',
    read: reportsConfig,
    expected: {
      ...{ accessFile: '/var/task/access.json', reportsBucket: 'reports', iamDoorMfa: 15 },
      reportQueue: 'https://queue.example.com/report',
    },
    needs: ['DRAWBRIDGE_REPORTS_BUCKET', 'DRAWBRIDGE_REPORT_QUEUE', 'DRAWBRIDGE_IAM_DOOR_MFA'],
  },
  {
    name: 'activity',
    read: activityConfig,
    expected: { ...SEALED, usageTable: 'drawbridge-usage', iamDoorMfa: 15 },
    needs: [...NEEDS, 'DRAWBRIDGE_IAM_DOOR_MFA'],
  },
  {
    name: 'slack',
    read: slackConfig,
    expected: { ...ELEVATIONS, signingSecret: 'arn:signing-secret' },
    needs: [
      'DRAWBRIDGE_TABLE',
      'DRAWBRIDGE_SEAL_KEY',
      'DRAWBRIDGE_API_URL',
      'DRAWBRIDGE_SLACK_SIGNING_SECRET',
      'DRAWBRIDGE_SLACK_BOT_TOKEN',
    ],
  },
  {
    name: 'announce',
    read: announceConfig,
    expected: {
      ...ELEVATIONS,
      queue: 'https://queue.example.com/announce',
      ...{ eventBus: 'drawbridge', auditBucket: 'audit-log' },
    },
    needs: [
      'DRAWBRIDGE_TABLE',
      'DRAWBRIDGE_SEAL_KEY',
      'DRAWBRIDGE_API_URL',
      'DRAWBRIDGE_SLACK_BOT_TOKEN',
      'DRAWBRIDGE_ANNOUNCE_QUEUE',
      'DRAWBRIDGE_EVENT_BUS',
      'DRAWBRIDGE_AUDIT_BUCKET',
    ],
  },
  {
    name: 'sweep',
    read: sweepConfig,
    expected: { table: 'drawbridge', queue: 'https://queue.example.com/announce' },
    needs: ['DRAWBRIDGE_TABLE', 'DRAWBRIDGE_ANNOUNCE_QUEUE'],
  },
])('$name', ({ read, expected, needs }) => {
  test('reads its variables', () => {
    expect(read(TELLING)).toEqual(expected);
  });

  test.each(needs)('names %s where it is not set, and needs no others', (name) => {
    const own = Object.fromEntries(
      Object.entries(TELLING).filter(([one]) => needs.includes(one) || one === 'LAMBDA_TASK_ROOT'),
    );
    expect(read(own)).toEqual(expected);
    expect(() => read({ ...own, [name]: '' })).toThrow(new RegExp(`^Set ${name}: .+\\.$`));
  });
});

test.each(['0', '-1', '1.5', 'a year', '100000'])('days of keeping that are none are named: %s', (days) => {
  expect(() => trailConfig({ ...TELLING, DRAWBRIDGE_USAGE_DAYS: days })).toThrow(
    `Set DRAWBRIDGE_USAGE_DAYS to a number of days; it is ${days}.`,
  );
});
