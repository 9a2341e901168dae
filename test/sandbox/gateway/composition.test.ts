import { startAws } from '../../../sandbox/aws/start-aws.ts';
import { startDynamoDb } from '../../../sandbox/dynamodb/start-dynamodb.ts';
import { startGateway } from '../../../sandbox/gateway/start-gateway.ts';
import { type Idp, startIdp } from '../../../sandbox/idp/start-idp.ts';
import { type Functions, startFunctions } from '../../../sandbox/lambda/start-functions.ts';
import { readWorld, withDeployment } from '../../../sandbox/world/world.ts';
import { storyHub } from '../hub/story-hub.ts';

const HERE = new URL('./', import.meta.url).pathname;
const STORY = new URL('../../../sandbox/world/story.yml', import.meta.url).pathname;
const HOUR_MS = 3_600_000;

let offsetMs = 0;
let api: string;
let idp: Idp;
let functions: Functions;
const stops: (() => Promise<void>)[] = [];

/** The hub of the templates, in front of two functions that are not the product's. */
beforeAll(async () => {
  const hub = storyHub();
  const clock = () => Date.now() + offsetMs;
  const dynamoDb = await startDynamoDb({ tables: hub.tables });
  stops.push(dynamoDb.stop);
  idp = await startIdp({ people: [{ handle: 'david', subject: '00u1david', groups: [] }] });
  stops.push(idp.stop);
  const world = withDeployment(readWorld(STORY), hub);
  const aws = await startAws({ world, clock, forward: { dynamodb: dynamoDb.url } });
  stops.push(() => aws.stop());
  functions = await startFunctions({
    root: HERE,
    functions: hub.functions.filter(({ name }) => name === 'authorize' || name === 'elevations'),
    environmentOf({ roleArn, functionName }) {
      const { accessKeyId, secretAccessKey, sessionToken } = aws.functionCredentials(roleArn, functionName);
      return {
        AWS_REGION: hub.region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
        AWS_ENDPOINT_URL: aws.url,
        TEST_ISSUER: idp.issuer,
      };
    },
  });
  stops.push(functions.stop);
  const gateway = await startGateway({ hub, aws, clock, invoke: functions.invoke });
  stops.push(gateway.stop);
  api = gateway.url;
});

afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

async function me(token: string): Promise<unknown> {
  const response = await fetch(`${api}/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
  return [response.status, await response.json()];
}

test('a token opens the door, and the function has the rights of its role and no others', async () => {
  expect(await me(await idp.accessToken('david', { mfa: true }))).toEqual([
    200,
    { who: '00u1david', at: expect.any(Number), scan: 'AccessDeniedException' },
  ]);
});

test('after the clock has moved, everything is at the new time', async () => {
  const old = await idp.accessToken('david', { mfa: true });
  offsetMs = 2 * HOUR_MS;
  await Promise.all([idp.setClockOffset(offsetMs), functions.setClockOffset(offsetMs)]);
  expect(await me(old)).toMatchObject([401, { code: 'unauthenticated' }]);
  const [status, answer] = (await me(await idp.accessToken('david', { mfa: true }))) as [
    number,
    { at: number },
  ];
  expect([status, Math.round((answer.at - Date.now()) / HOUR_MS)]).toEqual([200, 2]);
});
