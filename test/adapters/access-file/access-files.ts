import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileAccessFile } from '../../../shared/adapters/access-file/compile.ts';
import type { CompiledAccess } from '../../../shared/adapters/access-file/compiled.ts';
import {
  AccessFileError,
  type Complaint,
  formatPath,
} from '../../../shared/adapters/access-file/complaint.ts';

/** Texts of files by their path. */
export type Files = Readonly<Record<string, string>>;

/** A complaint with the text that stands at its place. */
export type Seen = {
  readonly file: string;
  readonly path: string;
  readonly at: string;
  readonly sentence: string;
};

/** The story of the design, one of each kind of entry. */
export const STORY = `\
hub: { account: "222222222222", region: us-east-1 }
identity:
  oidc:
    - issuer: https://idp.example.com
      audience: drawbridge
      groups: groups
      mfa: { amr: [mfa, hwk] }
people:
  david:
    iam: arn:aws:iam::111111111111:user/David
    oidc: { issuer: https://idp.example.com, subject: 00u1david }
    slack: T024BE7LD/U0DAVID
  tess: { iam: arn:aws:iam::111111111111:user/Tess }
  ruth: { iam: arn:aws:iam::111111111111:user/Ruth }
groups:
  developers: [david]
  testers: [tess]
  release-managers: [ruth]
admins: [person:ruth]
auditors: [group:testers]
roles:
  update-app:
    arn: arn:aws:iam::999999999999:role/UpdateApp
    description: Read and write the productionapp bucket
    externalId: 7d9c51a0-made-up
    session: 15m
  read-billing: { arn: "arn:aws:iam::222222222222:role/Billing", description: Billing, externalId: made-up }
rules:
  - name: testers-never
    deny: [group:testers]
    roles: [update-app]
  - name: developers-update-app
    allow: [group:developers]
    roles: [update-app]
    for: 4h
    reason: { min: 10 }
    ticket: '^OPS-\\d+$'
    hours: { days: mon-fri, from: "09:00", to: "17:00", zone: Europe/Berlin }
    mfa: { within: 15m }
    approval: { by: [group:release-managers], count: 1, within: 2h }
    scope:
      - actions: [s3:GetObject]
        resources: ["arn:aws:s3:::productionapp/*"]
`;

/** The story with one text replaced by another; fails where the text is not there. */
export function storyWith(from: string, to: string): string {
  if (!STORY.includes(from)) throw new Error(`The test is wrong: the story does not hold ${from}`);
  return STORY.replace(from, () => to);
}

/** Calls with a folder that holds the files, and removes it afterwards. */
export async function withFolder<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-access-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compiles a text, or the file access.yml among several. */
export function compile(files: string | Files): Promise<CompiledAccess> {
  const named = typeof files === 'string' ? { 'access.yml': files } : files;
  return withFolder(named, (folder) => compileAccessFile(join(folder, 'access.yml')));
}

/** What compiling complains about, with the text at each place; empty where it does not. */
export function complaintsAbout(files: string | Files): Promise<readonly Seen[]> {
  const named = typeof files === 'string' ? { 'access.yml': files } : files;
  return withFolder(named, async (folder) => {
    try {
      await compileAccessFile(join(folder, 'access.yml'));
      return [];
    } catch (error) {
      if (!(error instanceof AccessFileError)) throw error;
      return error.complaints.map((complaint) => seen(complaint, folder, named));
    }
  });
}

function seen({ file, line, column, path, sentence }: Complaint, folder: string, files: Files): Seen {
  const name = file.slice(folder.length + 1);
  const at = files[name]?.split('\n')[line - 1]?.slice(column - 1) ?? '';
  return { file: name, path: formatPath(path), at, sentence: sentence.replaceAll(`${folder}/`, '') };
}
