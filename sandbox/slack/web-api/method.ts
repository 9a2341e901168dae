import * as z from 'zod';
import { check } from '../block-kit/problems.ts';
import type { Workspace } from '../workspace.ts';
import { type Answer, refused } from './answer.ts';

/** Arguments of a call, by name; those that came as JSON are decoded. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A method of the Web API. */
export type Method = {
  /** The scopes of which the app needs one; none where the list is empty. */
  readonly scopes: readonly string[];
  run(args: Arguments, workspace: Workspace): Answer;
};

/** A method whose arguments have a schema: where they do not fit, it is `invalid_arguments`. */
export function method<S extends z.ZodType>(options: {
  readonly scopes: readonly string[];
  readonly args: S;
  readonly run: (args: z.output<S>, workspace: Workspace) => Answer;
}): Method {
  return {
    scopes: options.scopes,
    run(args, workspace) {
      const checked = check(options.args, args, '');
      if (!checked.good) return refused('invalid_arguments', checked.problems);
      return options.run(checked.value, workspace);
    },
  };
}

/** A boolean as forms and JSON write it. */
export const Flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((value) => value === true || value === 'true' || value === '1');

/** A whole number as forms and JSON write it. */
export const Count = z.coerce.number().int();
