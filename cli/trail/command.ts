import { type Command, Option } from 'commander';
import type { KeyFile, PublicKeys } from '../../shared/adapters/digests/public-keys.ts';
import type { TrailCopy, TrailPart } from '../../shared/adapters/digests/trail-copy.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { CommandDeps } from '../command-deps.ts';
import { Ended } from '../ended.ts';
import { type Ending, exitCodesHelp } from '../exit-codes.ts';
import { accountOption, regionOption, timeOption } from '../options.ts';
import { progressOn } from '../progress.ts';
import type { CheckSources } from './check.ts';
import { addCheck } from './check-command.ts';
import { verificationJson } from './json.ts';
import { verificationText } from './text.ts';
import { isBroken, type TrailVerification } from './verification.ts';
import { verifyTrail } from './verify.ts';

/** Opens trails; what reaches AWS is made when it is needed. */
export type TrailSources = {
  local(folder: string, part: TrailPart): TrailCopy;
  bucket(at: { readonly bucket: string; readonly prefix: string }, part: TrailPart): TrailCopy;
  writtenKeys(files: readonly KeyFile[]): PublicKeys | { readonly fault: string };
  readText(path: string): Promise<string>;
  listedKeys(): PublicKeys;
};

type VerifyOptions = {
  readonly bucket?: string;
  readonly prefix?: string;
  readonly keys?: readonly string[];
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly from?: Instant;
  readonly until?: Instant;
  readonly json?: boolean;
};

const EXAMPLES = `
Examples:
  In the bucket, with the credentials and Region of the AWS CLI (s3:ListBucket, s3:GetObject, cloudtrail:ListPublicKeys):
    drawbridge trail verify --bucket my-trail --account 999999999999 --from 2026-11-01 --until 2026-11-08

  A copy, offline. Every digest file holds the signature of the one before it, so that only the newest of a copy needs
  its metadata, written beside it as <file>.head.json:
    aws s3 sync s3://my-trail ./trail
    aws cloudtrail list-public-keys --start-time 2026-11-01 --end-time 2026-11-08 > keys.json
    aws s3api head-object --bucket my-trail --key AWSLogs/…/<file>.json.gz > ./trail/AWSLogs/…/<file>.json.gz.head.json
    drawbridge trail verify ./trail --keys keys.json
`;

/** Adds `trail` with its commands. */
export function addTrail(
  program: Command,
  deps: CommandDeps,
  sources: { readonly trail: TrailSources; readonly check: CheckSources },
  end: (how: Ending) => void,
): void {
  const trail = program.command('trail').description('look after the trail itself');
  addVerify(trail, deps, sources.trail, end);
  addCheck(trail, deps, sources.check, end);
}

function addVerify(
  trail: Command,
  deps: CommandDeps,
  sources: TrailSources,
  end: (how: Ending) => void,
): void {
  trail
    .command('verify')
    .summary('prove that log files are whole and unaltered')
    .description(
      'Prove by their digest files that the log files of a trail are all there, and as CloudTrail wrote them.',
    )
    .argument('[folder]', 'a copy of the trail, with its folders from AWSLogs on')
    .option('--bucket <name>', "the trail's bucket, instead of a copy")
    .option('--prefix <prefix>', 'what comes before AWSLogs/ in the bucket')
    .option(
      '--keys <file...>',
      'what `aws cloudtrail list-public-keys` wrote; without it CloudTrail is asked',
    )
    .addOption(new Option('--account <number...>', 'only of these accounts').argParser(accountOption))
    .addOption(new Option('--region <region...>', 'only of these Regions').argParser(regionOption))
    .option('--from <time>', 'from then: a date, or an RFC 3339 time', timeOption)
    .option('--until <time>', 'until then', timeOption)
    .option('--json', 'write JSON')
    .addHelpText('after', `${EXAMPLES}${exitCodesHelp()}`)
    .action(async (folder: string | undefined, options: VerifyOptions) => {
      end(await run({ ...deps, sources }, folder, options));
    });
}

async function run(
  { terminal, now, sha256, sources }: CommandDeps & { readonly sources: TrailSources },
  folder: string | undefined,
  options: VerifyOptions,
): Promise<Ending> {
  const { from, until } = options;
  if (from !== undefined && until !== undefined && from >= until) {
    throw new Ended('wrong-use', 'The period ends before it begins: --from must be before --until.');
  }
  const copy = copyOf(sources, folder, options);
  const keys = options.keys === undefined ? sources.listedKeys() : await writtenKeys(sources, options.keys);
  const progress = progressOn(terminal, now);
  const found = await verifyTrail(
    {
      copy,
      keys,
      sha256,
      progress: ({ digests, logs }) => progress.show(`${digests} digest files, ${logs} log files`),
    },
    { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) },
  ).finally(progress.done);
  terminal.out(options.json ? verificationJson(found) : verificationText(found, terminal));
  return endingOf(found);
}

async function writtenKeys(sources: TrailSources, files: readonly string[]): Promise<PublicKeys> {
  const contents = files.map(async (name) => ({ name, content: await sources.readText(name) }));
  const keys = sources.writtenKeys(await Promise.all(contents));
  if ('fault' in keys) throw new Ended('unreadable', keys.fault);
  return keys;
}

function copyOf(sources: TrailSources, folder: string | undefined, options: VerifyOptions): TrailCopy {
  const { bucket, prefix = '', account: accounts, region: regions, from, until } = options;
  const part: TrailPart = {
    ...(accounts === undefined ? {} : { accounts }),
    ...(regions === undefined ? {} : { regions }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
  if ((folder === undefined) === (bucket === undefined)) {
    throw new Ended(
      'wrong-use',
      'Name either a folder with a copy of the trail, or its bucket with --bucket.',
    );
  }
  if (folder !== undefined) return sources.local(folder, part);
  const slashed = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  return sources.bucket({ bucket: bucket ?? '', prefix: slashed }, part);
}

function endingOf(found: TrailVerification): Ending {
  if (found.chains.length === 0) return 'unreadable';
  return isBroken(found) ? 'findings' : 'fine';
}
