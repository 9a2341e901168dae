import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { Complaint, Path, Place } from './complaint.ts';

/** One YAML file: what it says, what is wrong with its YAML, and where each value stands. */
export type YamlSource = {
  readonly file: string;
  /** Undefined where the YAML cannot be read. */
  readonly value: unknown;
  readonly complaints: readonly Complaint[];
  /** The place of a value's key or, in a list, of the value itself; where there is none, of the nearest one around it. */
  readonly place: (path: Path) => Place;
};

/** More uses of anchors than this are taken for an attempt to exhaust memory. */
const MOST_ALIASES = 100;

/** Parses a YAML file's text; a key that is written twice is a complaint but leaves the rest readable. */
export function parseYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, resolveKnownTags: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faults = [...document.errors, ...document.warnings];
  const complaints = faults.map(
    (fault): Complaint => ({ ...placeAt(fault.pos[0]), path: [], sentence: sentenceOf(fault) }),
  );
  const place = (path: Path) => placeAt(offsetOf(document, path));
  const readable = faults.every(({ code }) => code === 'DUPLICATE_KEY');
  if (!readable) return { file, value: undefined, complaints, place };
  return { file, place, ...contentOf(document, complaints, placeAt(0)) };
}

function contentOf(document: Document, complaints: readonly Complaint[], top: Place) {
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown, complaints };
  } catch (error) {
    // The package throws a ReferenceError for too many aliases, and for those that contain themselves.
    if (!(error instanceof ReferenceError)) throw error;
    const sentence = `Write out what the anchors stand for: ${MOST_ALIASES} uses of them at most, none within itself.`;
    return { value: undefined, complaints: [...complaints, { ...top, path: [], sentence }] };
  }
}

function sentenceOf(fault: YAMLError): string {
  if (fault.code === 'DUPLICATE_KEY') return 'Remove this key or the one before: a key is written once.';
  return `Correct the YAML here: ${fault.message}.`;
}

/** Where the key of the value begins or, in a list, the value. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const key of path) {
    const step = within(document, node, key);
    if (step === undefined) return offset;
    node = step.value;
    offset = startOf(step.key) ?? offset;
  }
  return offset;
}

function within(
  document: Document,
  node: unknown,
  key: PropertyKey,
): { key: unknown; value: unknown } | undefined {
  const collection = isAlias(node) ? node.resolve(document) : node;
  if (isMap(collection)) {
    return collection.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
  }
  if (!isSeq(collection)) return undefined;
  const item = collection.items[Number(key)];
  return item === undefined ? undefined : { key: item, value: item };
}

function startOf(node: unknown): number | undefined {
  return (node as Partial<Node> | null)?.range?.[0];
}
