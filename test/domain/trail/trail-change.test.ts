import { observe } from '../../../shared/domain/trail/observe.ts';
import { strayFinding } from '../../../shared/domain/trail/out-of-band.ts';
import { placesOf } from '../../../shared/domain/trail/places.ts';
import type { TrailRecord } from '../../../shared/domain/trail/record.ts';
import { EVERYTHING, ISSUER, record, WATCHED } from './observations.ts';

const MAIN = 'arn:aws:cloudtrail:eu-central-1:999999999999:trail/main';
const OF_ORGANIZATION = 'arn:aws:cloudtrail:us-east-1:444444444444:trail/organization';
const MALLORY = { type: 'IAMUser', arn: 'arn:aws:iam::999999999999:user/Mallory', account: '999999999999' };

/** NB. Names of parameters and of the answer as CloudTrail writes them about itself: "CloudTrail log event examples", User Guide. */
const call = (name: string, more: Partial<TrailRecord> = {}) =>
  observe(
    record({
      ...{ source: 'cloudtrail.amazonaws.com', name, caller: MALLORY, parameters: { name: 'main' } },
      ...more,
    }),
    EVERYTHING,
  );
const denied = (message: string) => ({
  error: { code: 'AccessDenied', message },
  parameters: null,
});

test.each([
  ['by its name', call('StopLogging'), MAIN],
  ['by its ARN', call('StopLogging', { parameters: { name: OF_ORGANIZATION } }), OF_ORGANIZATION],
  ['that is started again', call('StartLogging'), MAIN],
  ['that is deleted', call('DeleteTrail'), MAIN],
  [
    'in the answer',
    call('UpdateTrail', { parameters: { name: 'organization' }, response: { trailARN: OF_ORGANIZATION } }),
    OF_ORGANIZATION,
  ],
  ['whose selectors are put', call('PutEventSelectors', { parameters: { trailName: 'main' } }), MAIN],
  [
    'in China',
    call('StopLogging', { region: 'cn-north-1' }),
    'arn:aws-cn:cloudtrail:cn-north-1:999999999999:trail/main',
  ],
  [
    'in the message of a refusal alone',
    call(
      'StopLogging',
      denied(
        `User: ${MALLORY.arn} is not authorized to perform: cloudtrail:StopLogging on resource: ${OF_ORGANIZATION} with an explicit deny`,
      ),
    ),
    OF_ORGANIZATION,
  ],
  ['nowhere', call('StopLogging', { parameters: null }), MAIN.replace('main', '*')],
  [
    'with what is no name',
    call('StopLogging', { parameters: { name: `arn:${'x'.repeat(5000)}` } }),
    MAIN.replace('main', '*'),
  ],
])('a change of a trail that is named %s', (_, { changed }, arn) => {
  expect(changed).toEqual({ of: 'trail', arn, what: 'trail' });
});

test.each([
  ['a trail that is made takes nothing away', call('CreateTrail')],
  ['a trail that is read', call('GetTrailStatus')],
  ['another service’s call of that name', call('StopLogging', { source: 'waf.amazonaws.com' })],
])('no change: %s', (_, observation) => {
  expect(observation.changed).toBeUndefined();
  expect(placesOf(observation, WATCHED)).toEqual([]);
});

test.each([
  ['its account', call('StopLogging'), ['999999999999']],
  ['its account where it was denied', call('StopLogging', denied('No.')), ['999999999999']],
  [
    'the account that recorded it and the one that it belongs to',
    call('StopLogging', { parameters: { name: OF_ORGANIZATION } }),
    ['999999999999', '444444444444'],
  ],
])('a change of a trail is kept under %s', (_, observation, accounts) => {
  expect(placesOf(observation, WATCHED)).toEqual(accounts.map((account) => ({ kind: 'trail', account })));
});

const NOT_FOUND = { code: 'TrailNotFoundException', message: 'Unknown trail' };

test.each([
  [
    'changed',
    call('StopLogging'),
    `${MALLORY.arn} changed the trail ${MAIN} (StopLogging): calls of this time may not be recorded.`,
  ],
  [
    'tried to, and was refused',
    call('DeleteTrail', denied('No.')),
    `${MALLORY.arn} tried to change the trail ${MAIN.replace('main', '*')} (DeleteTrail).`,
  ],
  [
    'tried to, and failed',
    call('UpdateTrail', { error: NOT_FOUND }),
    `${MALLORY.arn} tried to change the trail ${MAIN} (UpdateTrail).`,
  ],
  [
    'may have: CloudTrail failed',
    call('UpdateTrail', { error: { code: 'InternalFailure' } }),
    `${MALLORY.arn} changed the trail ${MAIN} (UpdateTrail): calls of this time may not be recorded.`,
  ],
])('it is said that somebody %s', (_, observation, detail) => {
  const about = observation.changed?.arn;
  expect(strayFinding(observation, WATCHED, ISSUER, 'false')).toEqual({
    ...{ code: 'trail-changed', at: observation.at, about, seen: observation, detail },
  });
});
