import { sha256 } from '../shared/adapters/system/crypto.ts';
import { sourceIdentityOf } from '../shared/domain/credential-spec.ts';
import type { Request } from '../shared/domain/elevation.ts';
import { type Instant, instant } from '../shared/domain/instant.ts';
import type { Actor, Observation } from '../shared/domain/trail/observation.ts';
import type { SessionRecord } from '../shared/ports/elevation-store.ts';
import type { Kept } from '../shared/ports/usage-store.ts';
import type { BenchLife } from './audit-report-lives.ts';
import { anyOf, type Random } from './random.ts';

const HUB = '222222222222';
const ACCOUNT = '999999999999';
const ISSUER = `arn:aws:iam::${HUB}:role/drawbridge/drawbridge-credentials`;

type Call = readonly [source: string, name: string, action: string, resource: (random: Random) => string[]];

/** What people do with a role: read and write objects and items, look about, and now and then what AWS does not name. */
const CALLS: readonly Call[] = [
  ['s3', 'GetObject', 's3:GetObject', object],
  ['s3', 'PutObject', 's3:PutObject', object],
  ['s3', 'ListObjectsV2', 's3:ListBucket', (random) => [`arn:aws:s3:::bucket-${random(8)}`]],
  ['ec2', 'DescribeInstances', 'ec2:DescribeInstances', () => []],
  [
    'ec2',
    'StartInstances',
    'ec2:StartInstances',
    (random) => [regional('ec2', `instance/i-${random(2 ** 20)}`)],
  ],
  ['dynamodb', 'PutItem', 'dynamodb:PutItem', table],
  ['dynamodb', 'Query', 'dynamodb:Query', table],
  ['kms', 'Decrypt', 'kms:Decrypt', (random) => [regional('kms', `key/key-${random(20)}`)]],
  [
    'logs',
    'GetLogEvents',
    'logs:GetLogEvents',
    (random) => [regional('logs', `log-group:/app/${random(40)}:log-stream:${random(999)}`)],
  ],
  [
    'lambda',
    'GetFunction20150331v2',
    'lambda:GetFunction',
    (random) => [regional('lambda', `function:worker-${random(60)}`)],
  ],
  [
    'secretsmanager',
    'GetSecretValue',
    'secretsmanager:GetSecretValue',
    (random) => [regional('secretsmanager', `secret:app/${random(30)}-AbCdEf`)],
  ],
  ['ssm', 'GetParameter', 'ssm:GetParameter', (random) => [regional('ssm', `parameter/app/${random(80)}`)]],
];

function object(random: Random): string[] {
  return [`arn:aws:s3:::bucket-${random(8)}/${random(400)}/part-${random(100_000)}.parquet`];
}

function table(random: Random): string[] {
  return [regional('dynamodb', `table/table-${random(12)}`)];
}

function regional(service: string, own: string): string {
  return `arn:aws:${service}:us-east-1:${ACCOUNT}:${own}`;
}

/** What the trail saw of an elevation: how each of its sessions began, in two copies, and what they did. */
export function* usageOf({ request, sessions, calls }: BenchLife, random: Random): Generator<Kept> {
  if (calls === 0) return;
  const own = { kind: 'elevation', id: request.id } as const;
  const role = { kind: 'role', arn: request.roleArn } as const;
  for (const session of sessions) {
    for (const observation of assumed(request, session, random)) {
      yield { under: own, observation };
      yield { under: role, observation };
    }
  }
  for (let n = 0; n < calls; n++) {
    yield { under: own, observation: called(request, anyOf(sessions, random), random) };
  }
}

/** What somebody did with a role without Drawbridge. */
export function strayCall(roleArn: string, at: Instant, random: Random): Kept {
  const actor = actorOf(roleArn, `somebody-${random(30)}`);
  return { under: { kind: 'role', arn: roleArn }, observation: callBy(actor, at, random) };
}

function* assumed(request: Request, session: SessionRecord, random: Random): Generator<Observation> {
  const id = uuid(random);
  const seen = {
    ...{ sharedId: uuid(random), at: session.issuedAt, region: 'us-east-1' },
    ...{ source: 'sts.amazonaws.com', name: 'AssumeRole', actions: ['sts:AssumeRole'] },
    ...({ mapping: 'mapped', outcome: 'allowed', resources: [request.roleArn], via: 'api' } as const),
    assumed: {
      roleArn: request.roleArn,
      sessionName: `${sourceIdentityOf(request.person, request.id)}+${session.n}`,
      sourceIdentity: sourceIdentityOf(request.person, request.id),
      assumedRoleId: session.assumedRoleId,
    },
  };
  const issuer = actorOf(ISSUER, 'drawbridge-prod-credentials');
  const inHub = { ...seen, id, account: HUB, ip: '10.0.0.1', actor: issuer };
  yield { ...inHub, hash: sha256(id) };
  const other = uuid(random);
  const seenByRole: Actor = {
    type: 'AWSAccount',
    account: HUB,
    principalId: 'AROAEXAMPLEEXAMPLE111:drawbridge-prod-credentials',
  };
  yield { ...seen, id: other, hash: sha256(other), account: ACCOUNT, actor: seenByRole };
}

function called(request: Request, { n, issuedAt, expiresAt }: SessionRecord, random: Random): Observation {
  const identity = sourceIdentityOf(request.person, request.id);
  const actor = { ...actorOf(request.roleArn, `${identity}+${n}`), sourceIdentity: identity };
  return callBy(actor, instant(issuedAt + 1000 * random((expiresAt - issuedAt) / 1000)), random);
}

/** Of a hundred calls five are denied, one is throttled, and one is of a kind that nobody knows. */
function callBy(actor: Actor, at: Instant, random: Random): Observation {
  const id = uuid(random);
  const [source, name, action, resource] = anyOf(CALLS, random);
  const chance = random(100);
  const isUnknown = chance === 6;
  const outcome = chance < 5 ? 'denied' : chance === 5 ? 'unknown' : 'allowed';
  return {
    ...{ id, hash: sha256(id), at, account: ACCOUNT, region: 'us-east-1', source: `${source}.amazonaws.com` },
    ...(isUnknown
      ? { name: 'DanceInstances', actions: [], mapping: 'unmapped' }
      : { name, actions: [action], mapping: 'mapped' }),
    ...{ outcome, ...(outcome === 'denied' && { errorCode: 'AccessDenied' }) },
    ...{ resources: resource(random), ip: `198.51.100.${random(250)}`, via: 'api', actor },
  };
}

function actorOf(roleArn: string, name: string): Actor {
  const [, , , , account = '', role = ''] = roleArn.split(':');
  const id = roleArn === ISSUER ? 'AROAEXAMPLEEXAMPLE111' : 'AROAEXAMPLEEXAMPLE000';
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/${role.split('/').at(-1)}/${name}`,
    ...{ principalId: `${id}:${name}`, account, roleArn },
  };
}

function uuid(random: Random): string {
  const hex = () =>
    random(2 ** 31)
      .toString(16)
      .padStart(8, '0');
  const [one, two] = [hex(), hex()];
  return `${hex()}-${one.slice(4)}-4${two.slice(5)}-8${one.slice(0, 3)}-${hex()}${two.slice(0, 4)}`;
}
