/** The longest pattern that a rule may give for tickets. */
const LONGEST_PATTERN = 200;

/** Quantifiers of variable length in one pattern; each multiplies the ways in which a text can be tried. */
const MOST_QUANTIFIERS = 4;

/** Alternatives in one pattern. */
const MOST_ALTERNATIVES = 10;

const TOKEN =
  /\\k<[^>]*>|\\[1-9]\d*|\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?|\)|\||\{\d+(?:,\d*)?\}|[*+?]|./gsu;

/** A group that is open: whether something inside it repeats or chooses. */
type Group = { varies: boolean };

/**
 * Why a pattern for tickets cannot be used, or undefined where it can. Texts from outside are matched against it, so
 * patterns on which matching can take very long are refused. The check is coarse and errs on the side of refusing: no
 * back references, nothing repeated that itself repeats or has alternatives, and few choices in all.
 */
export function faultOfTicketPattern(pattern: string): string | undefined {
  if (pattern.length > LONGEST_PATTERN) return `Shorten the pattern to ${LONGEST_PATTERN} characters.`;
  if (pattern === '' || !compiles(pattern))
    return 'Write a regular expression of JavaScript, for example ^OPS-\\d+$.';
  const tokens = pattern.match(TOKEN) ?? [];
  if (tokens.some((token) => /^\\(?:k<|[1-9])/u.test(token))) {
    return 'Remove the back reference: matching it can take very long.';
  }
  if (repeatsARepetition(tokens)) {
    return 'Repeat nothing that itself repeats or has alternatives, as in (a+)+: matching it can take very long.';
  }
  if (tokens.filter(isVariable).length > MOST_QUANTIFIERS) {
    return `Use *, +, ? and {n,m} ${MOST_QUANTIFIERS} times at most: matching more can take very long.`;
  }
  if (tokens.filter((token) => token === '|').length >= MOST_ALTERNATIVES) {
    return `Use ${MOST_ALTERNATIVES} alternatives at most: matching more can take very long.`;
  }
  return undefined;
}

/** By itself, so that its brackets are its own, and as the evaluation compiles it. */
function compiles(pattern: string): boolean {
  try {
    return [pattern, `^(?:${pattern})$`].every((source) => new RegExp(source, 'u').unicode);
  } catch {
    return false;
  }
}

function repeatsARepetition(tokens: readonly string[]): boolean {
  const open: Group[] = [{ varies: false }];
  let closed: Group | undefined;
  for (const token of tokens) {
    const around = open.at(-1);
    if (closed?.varies === true && repeats(token)) return true;
    closed = undefined;
    if (token.startsWith('(')) open.push({ varies: false });
    else if (token === ')') closed = close(open);
    else if (around !== undefined && (token === '|' || isVariable(token))) around.varies = true;
  }
  return false;
}

/** Ends the innermost group; what varies in it varies in the one around it. */
function close(open: Group[]): Group | undefined {
  const group = open.pop();
  const around = open.at(-1);
  if (around !== undefined && group?.varies === true) around.varies = true;
  return group;
}

function isQuantifier(token: string): boolean {
  return /^(?:[*+?]|\{\d+(?:,\d*)?\})$/u.test(token);
}

/** `?` after a quantifier makes it lazy and is counted all the same: coarse, and on the safe side. */
function isVariable(token: string): boolean {
  return isQuantifier(token) && !/^\{\d+\}$/u.test(token);
}

/** Whether the token lets what stands before it occur twice. */
function repeats(token: string): boolean {
  return isQuantifier(token) && token !== '?' && token !== '{1}' && token !== '{0,1}';
}
