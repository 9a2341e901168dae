import { readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { AccessFileError, type Complaint, type Path, type Place } from './complaint.ts';
import { IncludedFile } from './schema.ts';
import { parseAs } from './wording.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

/** An access file with the files that it includes: what they say together, and where each value stands. */
export type AccessFileText = {
  readonly value: unknown;
  readonly complaints: readonly Complaint[];
  readonly place: (path: Path) => Place;
};

/** The sections that an included file may hold. */
const SHARED_SECTIONS = ['people', 'groups'] as const;

type Entry = {
  readonly section: string;
  readonly name: string;
  readonly value: unknown;
  readonly source: YamlSource;
};

/** Reads an access file and what it includes; throws AccessFileError where one of the files is not readable YAML. */
export async function readAccessFile(path: string): Promise<AccessFileText> {
  const [main, ...included] = await readAll(path);
  const complaints = [main, ...included].flatMap((source) => source.complaints);
  if ([main, ...included].some(({ value }) => value === undefined)) throw new AccessFileError(complaints);
  return merged(main, included, [...complaints, ...included.flatMap(formMistakes)]);
}

type Sources = [YamlSource, ...YamlSource[]];

/** The main file first, then the others in the order in which they are named. */
async function readAll(path: string): Promise<Sources> {
  const sources: Sources = [await mainSource(path)];
  const root = await realpath(dirname(path));
  const seen = new Set([await realpath(path)]);
  for (const source of sources) {
    for (const [index, name] of includesOf(source).entries()) {
      if (typeof name === 'string') sources.push(await included(source, name, index, { root, seen }));
    }
  }
  return sources;
}

async function mainSource(path: string): Promise<YamlSource> {
  try {
    return parseYaml(path, await readFile(path, 'utf8'));
  } catch (error) {
    const sentence = `The file cannot be read (${String(error)}). Correct its path or its rights.`;
    throw new AccessFileError([{ file: path, line: 1, column: 1, path: [], sentence }]);
  }
}

/** An unreadable source where the file may not, or cannot, be included: it carries the complaint. */
async function included(
  from: YamlSource,
  name: string,
  index: number,
  { root, seen }: { readonly root: string; readonly seen: Set<string> },
): Promise<YamlSource> {
  const refused = (sentence: string): YamlSource => {
    const path = ['include', index];
    return { ...from, value: undefined, complaints: [{ ...from.place(path), path, sentence }] };
  };
  if (isAbsolute(name)) return refused('Name the file by a path relative to this one.');
  const file = join(dirname(from.file), name);
  const real = await realpath(file).catch(() => file);
  // NB. Links are resolved first: none leads to a file outside, whose review nobody asked for.
  if (isOutside(root, real)) {
    return refused('Move the file into the folder of the access file: no other is read.');
  }
  if (seen.has(real)) return refused(`Include ${name} once: it is already read.`);
  seen.add(real);
  const text = await readFile(real, 'utf8').catch(() => undefined);
  if (text === undefined)
    return refused(`There is no file ${file} that can be read. Correct the path or remove it.`);
  return parseYaml(file, text);
}

function isOutside(root: string, file: string): boolean {
  const path = relative(root, file);
  return isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`);
}

function includesOf({ value }: YamlSource): readonly unknown[] {
  const names = sectionOf(value, 'include');
  return Array.isArray(names) ? names : [];
}

function formMistakes(source: YamlSource): Complaint[] {
  const parsed = parseAs(IncludedFile, source.value);
  if ('data' in parsed) return [];
  return parsed.mistakes.map((mistake) => ({ ...mistake, ...source.place(mistake.path) }));
}

/** Puts the people and groups of the included files among the main file's own. */
function merged(
  main: YamlSource,
  included: readonly YamlSource[],
  complaints: readonly Complaint[],
): AccessFileText {
  const entries = [main, ...included].flatMap(entriesOf);
  const homes = new Map<string, YamlSource>();
  const repeated = entries.flatMap(({ section, name, source }): Complaint[] => {
    const home = homes.get(`${section}.${name}`);
    if (home === undefined) {
      homes.set(`${section}.${name}`, source);
      return [];
    }
    const path = [section, name];
    const sentence = `Remove one of the two: ${name} is already in ${home.file}.`;
    return [{ ...source.place(path), path, sentence }];
  });
  return {
    value: included.length === 0 ? main.value : withEntries(main.value, entries),
    complaints: [...complaints, ...repeated],
    place: (path) => (homes.get(`${String(path[0])}.${String(path[1])}`) ?? main).place(path),
  };
}

function entriesOf(source: YamlSource): Entry[] {
  return SHARED_SECTIONS.flatMap((section) => {
    const content = sectionOf(source.value, section);
    if (!isRecord(content)) return [];
    return Object.entries(content).map(([name, value]) => ({ section, name, value, source }));
  });
}

/** A section of the main file that is no map stays as it is: a mistake of its own. */
function withEntries(value: unknown, entries: readonly Entry[]): unknown {
  if (!isRecord(value)) return value;
  const sections = SHARED_SECTIONS.filter((section) => isRecord(value[section] ?? {})).map((section) => {
    const own = entries.filter((entry) => entry.section === section);
    return [section, Object.fromEntries(own.map((entry) => [entry.name, entry.value]))];
  });
  return { ...value, ...Object.fromEntries(sections) };
}

function sectionOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
