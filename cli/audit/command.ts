import type { Command } from 'commander';
import type { RolePolicies } from '../../shared/domain/policy/document.ts';
import type { ActionCatalogue } from '../../shared/domain/trail/catalogue.ts';
import type { CommandDeps } from '../command-deps.ts';
import { Ended } from '../ended.ts';
import { type Ending, exitCodesHelp } from '../exit-codes.ts';
import { countOption } from '../options.ts';
import { progressOn } from '../progress.ts';
import { parseAccountDetails } from './account-details.ts';
import { type Audit, audit } from './audit.ts';
import { auditJson } from './json.ts';
import { auditText } from './text.ts';

/** What the command reads besides log files. */
export type AuditSources = {
  catalogue(): ActionCatalogue;
  readText(path: string): Promise<string>;
};

type AuditOptions = { readonly policies?: readonly string[]; readonly top: number; readonly json?: boolean };

const EXAMPLES = `
Examples:
  Copy log files, and look at them:
    aws s3 sync s3://my-trail/AWSLogs/999999999999/CloudTrail ./logs
    drawbridge audit ./logs

  With what the roles may do, to see what nobody needs:
    aws iam get-account-authorization-details > policies.json
    drawbridge audit ./logs --policies policies.json

Nothing leaves this machine. Memory does not grow with the files: 23 bytes for an event at most, up to 20,000,000 of
them, and half a kilobyte for each of the first 300,000 sessions, principals and borrowers.
`;

/** Adds `audit`. */
export function addAudit(
  program: Command,
  deps: CommandDeps,
  sources: AuditSources,
  end: (how: Ending) => void,
): void {
  program
    .command('audit')
    .summary('see in CloudTrail files which roles to put behind Drawbridge first')
    .description(
      'Read CloudTrail log files, and say who uses which roles, how rarely, with which rights, and what to put behind Drawbridge first.',
    )
    .argument('<path...>', 'log files, and folders of them')
    .option(
      '--policies <file...>',
      'what `aws iam get-account-authorization-details` wrote, one for each account',
    )
    .option('--top <count>', 'how many roles to show in full', countOption, 10)
    .option('--json', 'write JSON (docs/audit.schema.json)')
    .addHelpText('after', `${EXAMPLES}${exitCodesHelp()}`)
    .action(async (paths: string[], options: AuditOptions) => {
      end(await run({ ...deps, sources }, paths, options));
    });
}

async function run(
  { terminal, now, sha256, sources }: CommandDeps & { readonly sources: AuditSources },
  paths: readonly string[],
  options: AuditOptions,
): Promise<Ending> {
  const policies = await readPolicies(sources, options.policies ?? []);
  const progress = progressOn(terminal, now);
  const found = await audit(
    {
      ...{ catalogue: sources.catalogue(), sha256 },
      progress: ({ files, records }) => progress.show(`${files} files, ${records} records`),
    },
    paths,
    policies,
  ).finally(progress.done);
  if (found.files.read === 0) throw new Ended('unreadable', nothingRead(found, paths));
  terminal.out(options.json ? auditJson(found) : auditText(found, options.top, terminal));
  return found.files.unreadableCount > 0 || found.policyFaults.length > 0 ? 'unreadable' : 'fine';
}

async function readPolicies({ readText }: AuditSources, files: readonly string[]) {
  const roles: RolePolicies[] = [];
  const faults: string[] = [];
  for (const file of files) {
    const details = parseAccountDetails(file, await readText(file));
    roles.push(...details.roles);
    faults.push(...details.faults);
  }
  return { roles, faults };
}

function nothingRead({ files: { unreadable } }: Audit, paths: readonly string[]): string {
  const [first] = unreadable;
  return first === undefined
    ? `There are no log files (*.json.gz, *.json) in ${paths.join(', ')}.`
    : `Nothing could be read. ${first.path}: ${first.reason}`;
}
