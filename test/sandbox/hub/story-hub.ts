import { fileURLToPath } from 'node:url';
import { deploymentFacts } from '../../../infra/deployment-facts.ts';
import type { Hub } from '../../../sandbox/hub/hub.ts';
import { readHub } from '../../../sandbox/hub/read-hub.ts';

/** The folder of serverless.yml. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The hub of the story, from the templates of this tree: one role to lend, IAM users of one account. */
export function storyHub(): Hub {
  const facts = deploymentFacts({
    hub: { account: '222222222222', region: 'us-east-1' },
    roles: [{ arn: 'arn:aws:iam::999999999999:role/UpdateApp' }],
    iamArns: ['arn:aws:iam::111111111111:user/David'],
    longestElevationMinutes: 240,
  });
  return readHub({ root: ROOT, facts });
}
