import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import type { DeploymentFacts } from '../../infra/deployment-facts.ts';
import { readRole } from '../../shared/adapters/auditor/read-role.ts';
import { readSelectors } from '../../shared/adapters/auditor/read-trails.ts';
import { stsIssuer } from '../../shared/adapters/sts/issuer.ts';
import { parseRoleArn } from '../../shared/domain/arn.ts';
import { parseTrailKey } from '../../shared/domain/trail/file-name.ts';
import type { CredentialIssuer } from '../../shared/ports/credential-issuer.ts';
import type { RoleReader } from '../../shared/ports/role-reader.ts';
import type { Delivery } from '../../shared/ports/usage-store.ts';
import type { Credentials } from '../aws/aws.ts';
import type { Randomness } from '../aws/identifiers.ts';
import { startAws } from '../aws/start-aws.ts';
import { type AwsCalls, awsCalls } from '../demo/aws-calls.ts';
import { readHub } from '../hub/read-hub.ts';
import { readWorld, withDeployment } from '../world/world.ts';

/** The AWS of the example: the sandbox's, with a clock and a randomness that are the same at every run. */
export type ExampleCloud = {
  /** Calls with credentials that somebody has. */
  callsWith(credentials: Credentials): AwsCalls;
  keysOf(arn: string): Credentials;
  addPolicy(by: string, roleArn: string, name: string, document: string): Promise<void>;
  readonly issuer: CredentialIssuer;
  readonly roles: RoleReader;
  /** Has CloudTrail deliver what there is; says for which hours it did. */
  deliver(): Promise<readonly Delivery[]>;
  /** Every record so far, as CloudTrail writes it. */
  records(): readonly unknown[];
  stop(): Promise<void>;
};

const ROOT = new URL('../..', import.meta.url).pathname;
const HUB_ROLE = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';

/** What a person's tool says of itself. The SDK's own words would name its version and this machine. */
const USER_AGENT = 'aws-cli/2.31.14';

/** Starts it; nothing asks for its tables. */
export async function startExampleCloud(facts: DeploymentFacts, now: () => number): Promise<ExampleCloud> {
  const world = withDeployment(
    readWorld(join(ROOT, 'sandbox/world/story.yml')),
    readHub({ root: ROOT, facts }),
  );
  const aws = await startAws({
    ...{ world, clock: now, random: seededRandomness('example report') },
    forward: { dynamodb: 'http://127.0.0.1:9' },
  });
  const settings = (credentials: Credentials) => ({
    ...{ region: world.region, endpoint: aws.url, credentials, maxAttempts: 1 },
    systemClockOffset: now() - Date.now(),
  });
  const issuer = () =>
    stsIssuer(new STSClient(settings(aws.functionCredentials(HUB_ROLE, 'drawbridge-prod-credentials'))));
  const auditor = (account: string) =>
    settings(
      aws.functionCredentials(
        `arn:aws:iam::${account}:role/drawbridge/drawbridge-auditor`,
        'drawbridge-report',
      ),
    );
  return {
    callsWith: (credentials) => awsCalls(aws.url, credentials, now),
    keysOf: aws.userCredentials,
    async addPolicy(by, roleArn, PolicyName, PolicyDocument) {
      const RoleName = parseRoleArn(roleArn)?.name;
      const iam = new IAMClient(settings(aws.userCredentials(by)));
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    },
    issuer: { issue: (spec) => issuer().issue(spec) },
    roles: rolesThrough(auditor),
    async deliver() {
      const named = (await aws.deliver()).map(parseTrailKey).filter((name) => name !== undefined);
      return named.flatMap(({ kind, ...file }) => (kind === 'insight' ? [] : [{ ...file, kind }]));
    },
    records: () => aws.records().map((record) => ({ ...record, userAgent: USER_AGENT })),
    stop: aws.stop,
  };
}

/** Reads roles and selectors as the product does, with sessions of the auditor roles. */
function rolesThrough(auditor: (account: string) => ConstructorParameters<typeof IAMClient>[0]): RoleReader {
  return {
    async policiesOf(arn) {
      const role = parseRoleArn(arn);
      if (role === undefined) throw new Error(`${arn} is not the ARN of a role.`);
      return { value: await readRole(new IAMClient({ ...auditor(role.account) }), role, new Map()) };
    },
    async selectorsOf(account) {
      const iam = new IAMClient({ ...auditor(account) });
      const trailsOf = () => new CloudTrailClient({ ...auditor(account) });
      return { value: await readSelectors({ account, iam, trailsOf }, {}) };
    },
  };
}

/** The same bytes at every run: SHAKE256 of the seed and a count. */
export function seededRandomness(seed: string): Randomness {
  let drawn = 0;
  return (outputLength) => {
    drawn += 1;
    return createHash('shake256', { outputLength }).update(`${seed} ${drawn}`).digest();
  };
}
