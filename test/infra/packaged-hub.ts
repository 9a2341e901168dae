import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import { Template } from './template.ts';

const Metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
});

/** What `npm run package` made. */
export type PackagedHub = {
  readonly template: Template;
  /** The files in each zip, by function. */
  readonly zips: ReadonlyMap<string, readonly string[]>;
  /** The sources in each bundle, by function, without those that left nothing in it. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
};

/** What packaging reads: nothing else of the project is there when it runs. */
const SOURCES = ['package.json', 'tsconfig.json', 'serverless.yml', 'docs', 'functions', 'infra', 'shared'];

/** Packages a copy of the project, so that no build of anybody else is touched; the copy may be changed before. */
export function packageHub(change: (folder: string) => void = () => undefined): PackagedHub {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-package-'));
  try {
    for (const source of SOURCES) cpSync(source, join(folder, source), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'dir');
    change(folder);
    run(folder);
    return read(join(folder, '.build'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the packaging with no AWS credentials, configuration or home to fall back on. */
function run(folder: string): void {
  const environment = { PATH: process.env['PATH'], HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
  execFileSync(process.execPath, ['infra/package.ts'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
}

function read(build: string): PackagedHub {
  const packaged = join(build, 'package');
  const template = join(packaged, 'cloudformation-template-update-stack.json');
  const zips = readdirSync(packaged).filter((file) => file.endsWith('.zip'));
  return {
    template: Template.parse(JSON.parse(readFileSync(template, 'utf8'))),
    zips: new Map(zips.map((zip) => [basename(zip, '.zip'), namesInZip(readFileSync(join(packaged, zip)))])),
    sources: new Map(zips.map((zip) => [basename(zip, '.zip'), sourcesOf(build, basename(zip, '.zip'))])),
  };
}

function sourcesOf(build: string, name: string): string[] {
  const file = join(build, 'meta', `${name}.json`);
  if (!existsSync(file)) throw new Error(`No metafile was kept for ${name}.`);
  const { outputs } = Metafile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([source]) => source);
}

/** The names in a zip's central directory (APPNOTE 4.3.12), the part that unpackers go by. */
export function namesInZip(zip: Buffer): string[] {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const count = zip.readUInt16LE(end + 10);
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    const nameLength = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names.sort((one, other) => one.localeCompare(other));
}
