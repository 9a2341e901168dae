import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { ofType, Statement, Template } from './template.ts';

const ROOT = join(import.meta.dirname, '../..');
const template = parse(readFileSync(join(ROOT, 'infra/auditor-role.yml'), 'utf8'));

const Role = z.object({
  Path: z.string(),
  RoleName: z.string(),
  AssumeRolePolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
  Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) })),
});
const [[, role] = ['', undefined], ...others] = ofType(Template.parse(template), 'AWS::IAM::Role', Role);

/** The calls of the adapter, by what it imports: a command for each, and for those with pages what turns them. */
function callsOfTheAdapter(): readonly string[] {
  const folder = join(ROOT, 'shared/adapters/auditor');
  const source = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const imports = [...source.matchAll(/import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g)];
  return imports.flatMap(([, names = '', service]) => {
    const calls = [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)];
    return calls.map(([, pages, command]) => `${service}:${pages ?? command}`);
  });
}

test('the role may do exactly what the report calls there, and nothing else', () => {
  const statements = role?.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) ?? [];
  expect(statements.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  const calls = callsOfTheAdapter().filter((call) => call !== 'sts:AssumeRole');
  expect(calls.length).toBeGreaterThan(8);
  expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([...new Set(calls)].sort());
});

test('it is where the report looks for it, and trusts the role of the report in the hub alone', () => {
  expect(others).toEqual([]);
  expect(role).toMatchObject({ Path: '/drawbridge/', RoleName: 'drawbridge-auditor' });
  expect(role?.AssumeRolePolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own
        AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${HubAccount}:role/drawbridge/drawbridge-report' },
      },
      Action: 'sts:AssumeRole',
    },
  ]);
});
