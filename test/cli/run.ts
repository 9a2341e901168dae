import { readFile } from 'node:fs/promises';
import type { ProgramDeps } from '../../cli/program.ts';
import { runCommandLine } from '../../cli/program.ts';
import { actionCatalogue } from '../../shared/adapters/action-catalogue/catalogue.ts';
import { localTrail } from '../../shared/adapters/digests/local-trail.ts';
import { writtenKeys } from '../../shared/adapters/digests/public-keys.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';

/** What a command line left behind. */
export type Ran = { readonly code: number; readonly out: string; readonly err: string };

const readText = (path: string) => readFile(path, 'utf8');
const missing = (): never => {
  throw new Error('This command does not reach for it.');
};

const NO_CHECK = {
  access: missing,
  elevations: missing,
  usage: missing,
  lookup: missing,
  readState: missing,
  writeState: missing,
};

/** Runs a command line in this process, on a terminal of 100 columns without colours. */
export async function run(
  args: readonly string[],
  parts: {
    readonly trail?: Partial<ProgramDeps['trail']>;
    readonly check?: Partial<ProgramDeps['check']>;
    readonly now?: () => number;
  } = {},
): Promise<Ran> {
  const written = { out: '', err: '' };
  const code = await runCommandLine(args, {
    terminal: {
      out: (text) => {
        written.out += text;
      },
      err: (text) => {
        written.err += text;
      },
      columns: 100,
      colours: false,
      watched: false,
    },
    now: parts.now ?? (() => 0),
    sha256,
    version: '1.2.3',
    audit: { catalogue: () => smallCatalogue, readText },
    trail: { local: localTrail, bucket: missing, writtenKeys, listedKeys: missing, readText, ...parts.trail },
    check: { ...NO_CHECK, catalogue: () => smallCatalogue, ...parts.check },
  });
  return { code, ...written };
}

/** A catalogue of the few actions that the tests use. */
export const smallCatalogue = actionCatalogue({
  format: 1,
  version: 'test',
  services: {
    s3: { Write: 'DeleteObject PutObject', Read: 'GetObject', 'List *': 'ListAllMyBuckets' },
    iam: { 'Permissions management': 'PutRolePolicy', Write: 'CreateRole PassRole', Read: 'GetRole' },
    ec2: { List: 'DescribeInstances', Write: 'RunInstances' },
    sts: { Write: 'AssumeRole', 'Read *': 'GetCallerIdentity' },
  },
});
