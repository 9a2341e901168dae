/** Whether every text of the inner pattern is one of the outer pattern; may say no where it is in doubt. */
export function covers(outer: string, inner: string): boolean {
  let [o, i, star, tried] = [0, 0, -1, 0];
  while (i < inner.length) {
    const wanted = outer[o];
    if (wanted === '*') {
      [star, tried] = [o++, i];
    } else if (wanted === inner[i] || (wanted === '?' && inner[i] !== '*')) {
      [o, i] = [o + 1, i + 1];
    } else if (star >= 0) {
      tried++;
      [o, i] = [star + 1, tried];
    } else {
      return false;
    }
  }
  return /^\**$/.test(outer.slice(o));
}

/** Whether some text is one of both patterns. */
export function overlap(one: string, other: string): boolean {
  // reachable[j]: what is left of `one` and of `other` from j can still be the same text.
  let reachable = [...other, ''].map((_, j) => isStars(other.slice(j)));
  for (const symbol of [...one].reverse()) {
    const next: boolean[] = new Array(other.length + 1).fill(false);
    for (let j = other.length; j >= 0; j--) next[j] = meets(symbol, other[j], j, next, reachable);
    reachable = next;
  }
  return reachable[0] === true;
}

function meets(
  symbol: string,
  against: string | undefined,
  j: number,
  same: readonly boolean[],
  after: readonly boolean[],
): boolean {
  if (symbol === '*') return after[j] === true || (against !== undefined && same[j + 1] === true);
  if (against === '*') return same[j + 1] === true || after[j] === true;
  if (against === undefined) return false;
  return (symbol === against || symbol === '?' || against === '?') && after[j + 1] === true;
}

function isStars(text: string): boolean {
  return /^\**$/.test(text);
}
