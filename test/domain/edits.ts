type Path = readonly (string | number)[];

/** Where the leaves of a plain value are: its texts, numbers, booleans and nulls. */
export function leavesOf(value: unknown, path: Path = []): readonly Path[] {
  if (value === null || typeof value !== 'object') return value === undefined ? [] : [path];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

/** The leaf at a path. */
export function leafAt(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return value;
  return leafAt(Object.entries(Object(value)).find(([name]) => name === String(key))?.[1], rest);
}

/** A copy of a plain value that differs in that one leaf. */
export function withLeaf<T>(value: T, path: Path, leaf: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return leaf as T;
  return Object.assign(structuredClone(Object(value)), {
    [key]: withLeaf(leafAt(value, [key]), rest, leaf),
  }) as T;
}

/** Something else of the same kind. */
export function another(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  return typeof leaf === 'string' ? `${leaf}x` : 'x';
}

/** The value, in which nothing can be changed any more, however deep. */
export function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object') Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
