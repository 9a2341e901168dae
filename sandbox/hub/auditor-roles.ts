import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { WorldRole } from '../aws/aws.ts';
import type { Place } from './physical-names.ts';
import { roleOf } from './resources.ts';
import { Resource } from './templates.ts';

const Template = z.object({ Resources: z.record(z.string(), Resource) });

/** The auditor role of each of these accounts, as infra/auditor-role.yml would deploy it there. */
export function auditorRolesOf(
  root: string,
  arns: readonly string[],
  { account: hubAccount, partition }: Pick<Place, 'account' | 'partition'>,
): WorldRole[] {
  const { Resources } = Template.parse(parse(readFileSync(join(root, 'infra/auditor-role.yml'), 'utf8')));
  return arns.map((arn) => {
    const account = arn.split(':')[4] ?? '';
    const names = new Map([
      ['AWS::AccountId', account],
      ['AWS::Partition', partition],
      ['HubAccount', hubAccount],
    ]);
    return roleOf('AuditorRole', { resources: Resources }, names, account);
  });
}
