import { type Command, Option } from 'commander';
import type { CommandDeps } from '../command-deps.ts';
import { type Ending, exitCodesHelp } from '../exit-codes.ts';
import { countOption, regionOption, timeOption } from '../options.ts';
import { type CheckOptions, type CheckSources, checkTrail, type TrailChecked } from './check.ts';
import { checkJson } from './check-json.ts';
import { checkText } from './check-text.ts';

const EXAMPLES = `
Examples:
  Last week, with the credentials of the AWS CLI for the hub's account:
    drawbridge trail check --table drawbridge-prod --access access.yml --from 2026-11-16 --until 2026-11-23

  A quarter takes half an hour, since CloudTrail answers two requests a second; it can be stopped, and gone on with:
    drawbridge trail check --table drawbridge-prod --access access.yml --from 2026-09-01 --until 2026-11-24 --state check.json

  Events that came by no log file, into the usage table as well:
    drawbridge trail check --table drawbridge-prod --access access.yml --from 2026-11-16 --until 2026-11-23 \\
      --backfill --usage-table drawbridge-prod-usage

It needs dynamodb:Query on the table and its indexes, dynamodb:GetItem on the table, and cloudtrail:LookupEvents; to
fill the usage table dynamodb:GetItem and dynamodb:BatchWriteItem on that. Elevations are read by their hashes. Their
seals are not verified, since only functions may use the key: whoever may write the table could deceive this command,
and not the functions.
`;

/** Adds `trail check`. */
export function addCheck(
  trail: Command,
  deps: CommandDeps,
  sources: CheckSources,
  end: (how: Ending) => void,
): void {
  trail
    .command('check')
    .summary("compare issued sessions with AWS's own record")
    .description(
      "Compare the sessions that Drawbridge issued with the AssumeRole events that CloudTrail keeps of the hub's account by itself, without any trail.",
    )
    .requiredOption('--table <name>', 'the table of elevations')
    .requiredOption('--access <file>', 'the access file, as it is written or compiled (.json)')
    .requiredOption('--from <time>', 'from then: a date, or an RFC 3339 time', timeOption)
    .requiredOption('--until <time>', 'until then', timeOption)
    .addOption(
      new Option('--region <region...>', "look in these Regions, and not in the hub's").argParser(
        regionOption,
      ),
    )
    .option('--backfill', 'put the events that are ours into the usage table as well')
    .option('--usage-table <name>', 'the usage table')
    .option('--usage-days <count>', 'how many days the usage table keeps an event', countOption, 400)
    .option('--state <file>', 'keep in this file how far the check has come, and go on from there')
    .option('--json', 'write JSON')
    .addHelpText('after', `${EXAMPLES}${exitCodesHelp()}`)
    .action(async (options: CheckOptions) => {
      const checked = await checkTrail({ ...deps, sources }, options);
      deps.terminal.out(options.json ? checkJson(checked) : checkText(checked, deps.terminal));
      end(endingOf(checked));
    });
}

function endingOf({ found, outOfBand }: TrailChecked): Ending {
  const { notRecorded, notIssued, damaged, unreadable } = found;
  if (notRecorded.length + notIssued.length + outOfBand.length > 0) return 'findings';
  return damaged.length + unreadable.length > 0 ? 'unreadable' : 'fine';
}
