import type { Refusal } from '../domain/refusal.ts';
import type { EdgeRefusal } from './problem.ts';

/** What a handler answers: a body with its status, or a refusal. */
export type Answer =
  | {
      readonly status: 200 | 201 | 202;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly refusal: Refusal | EdgeRefusal };

/** 200 with this body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}
