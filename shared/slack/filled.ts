import type { OpenView } from './payloads.ts';

/** The fields of a form by their names, each with its text, empty where it is not filled in, and its block. */
export type Filled = ReadonlyMap<string, { readonly block: string; readonly text: string }>;

/** The fields of a view that is open before somebody. */
export function filledIn({ state }: OpenView): Filled {
  return new Map(
    Object.entries(state.values).flatMap(([block, elements]) =>
      Object.entries(elements).map(([name, { value, selected_option }]) => {
        return [name, { block, text: selected_option?.value ?? value ?? '' }] as const;
      }),
    ),
  );
}

/** What is filled in; undefined where that is nothing. */
export function textOf(filled: Filled, name: string): string | undefined {
  const text = filled.get(name)?.text ?? '';
  return text.trim() === '' ? undefined : text;
}
