import { Command, CommanderError } from 'commander';
import { type AuditSources, addAudit } from './audit/command.ts';
import type { CommandDeps } from './command-deps.ts';
import { type Ending, EXIT_CODES, exitCodesHelp } from './exit-codes.ts';
import { failureOf } from './failure.ts';
import { printable } from './terminal.ts';
import type { CheckSources } from './trail/check.ts';
import { addTrail, type TrailSources } from './trail/command.ts';

/** What the command line is made of. */
export type ProgramDeps = CommandDeps & {
  readonly version: string;
  readonly audit: AuditSources;
  readonly trail: TrailSources;
  readonly check: CheckSources;
};

/** Runs one command line, without the names of the program, and gives its exit code. */
export async function runCommandLine(args: readonly string[], deps: ProgramDeps): Promise<number> {
  let ending: Ending = 'fine';
  const program = programOf(deps);
  addAudit(program, deps, deps.audit, (how) => {
    ending = how;
  });
  addTrail(program, deps, deps, (how) => {
    ending = how;
  });
  for (const command of [...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command.copyInheritedSettings(program);
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    ending = endingOf(error, deps);
  }
  return EXIT_CODES[ending].code;
}

function programOf({ terminal, version }: ProgramDeps): Command {
  return new Command('drawbridge')
    .description('Lends AWS roles for minutes, and says what became of them.')
    .version(version)
    .addHelpText('after', exitCodesHelp())
    .showHelpAfterError('(--help shows how it is used)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => terminal.colours,
      getErrHasColors: () => false,
    });
}

/** Commander says what is wrong by itself; showing help or the version is no error. */
function endingOf(error: unknown, { terminal }: ProgramDeps): Ending {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 'fine' : 'wrong-use';
  const { ending, sentence } = failureOf(error);
  terminal.err(`drawbridge: ${printable(sentence)}\n`);
  return ending;
}
