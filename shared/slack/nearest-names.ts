/** No name is longer; a longer text is like none. */
const LONGEST_NAME = 64;

/** The names most like the one that was typed, best first; those that differ in more than a third are left out. */
export function nearestNames(typed: string, names: readonly string[], most = 3): readonly string[] {
  if (typed.length > LONGEST_NAME) return [];
  return names
    .map((name) => ({ name, distance: distanceOf(typed, name) }))
    .filter(({ name, distance }) => distance <= name.length / 3)
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/** A name that holds what was typed is near; else each character put in, left out or replaced counts (Levenshtein). */
function distanceOf(typed: string, name: string): number {
  if (typed.length > 1 && name.includes(typed)) return 0;
  let row = Array.from({ length: name.length + 1 }, (_, index) => index);
  for (const [line, character] of [...typed].entries()) {
    const next = [line + 1];
    for (let column = 1; column <= name.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (name[column - 1] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[name.length] ?? 0;
}
