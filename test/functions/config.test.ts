import { join } from 'node:path';
import { authorizeConfig, credentialsConfig, elevationsConfig } from '../../shared/config.ts';

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
