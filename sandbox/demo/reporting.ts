import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Report } from '../../shared/domain/report/report.ts';
import { parseReport } from '../../shared/report/json.ts';
import type { Visitor } from '../client/api.ts';
import type { Cast } from './cast.ts';

const HOUR_MS = 3_600_000;

const Made = z.looseObject({ id: z.string() });
const Detail = z.looseObject({
  files: z.array(z.object({ name: z.string(), sha256: z.string(), link: z.string() })),
});

/** When the trail has come in: what nobody needed, what would have been enough, and who came round the side. */
export async function theReport(cast: Cast, folder: string): Promise<void> {
  const { tell, sandbox, token } = cast;
  tell.chapter('The report, when all log files and their digests have come.');
  const began = sandbox.now() - 4 * HOUR_MS; // the story has taken less
  await sandbox.deliverTrail();
  await sandbox.advance(4 * 60);
  tell.time('4 hours later');
  await sandbox.deliverTrail();
  const ada = await token('ada', 'with MFA');
  const until = sandbox.now() - 3 * HOUR_MS;
  const { report } = await made(cast, ada, began, until, folder);
  await tell.step('Ada', 'what may update-app do that nobody used?', UNUSED, async () => ({
    said: permissionsOf(report)
      .filter(({ seen }) => seen.as === 'not-seen')
      .map(({ action }) => action)
      .join(', '),
  }));
  await tell.step('Ada', 'what would have been enough?', ENOUGH, async () => ({ said: enough(report) }));
  await tell.step('Ada', 'who came round the side, or tried?', ROUND, async () => ({
    said: report.outOfBand
      .map(({ actor = '' }) => actor.split(/[:/]/).at(-1))
      .toSorted((one, other) => (`${one}` < `${other}` ? -1 : 1))
      .join(', '),
  }));
}

const UNUSED = 's3:DeleteObject, s3:GetBucketLocation, s3:ListBucket';
const ENOUGH = 's3:GetObject, s3:PutObject on arn:aws:s3:::productionapp/*; s3:ListAllMyBuckets on *';
const ROUND = 'David, Tess';

async function made(cast: Cast, ada: Visitor, began: number, ended: number, folder: string) {
  const { tell, sandbox } = cast;
  const period = {
    from: new Date(Math.floor(began / HOUR_MS) * HOUR_MS).toISOString(),
    until: new Date(Math.floor(ended / HOUR_MS) * HOUR_MS).toISOString(),
  };
  const asked = await tell.step('Ada', 'asks for the report on these hours', '202', async () => {
    const { status, body } = await ada('POST', '/reports', period);
    return { said: String(status), id: Made.parse(body).id };
  });
  await sandbox.settle();
  const { body } = await ada('GET', `/reports/${asked.id}`);
  const files = await Promise.all(
    Detail.parse(body).files.map(async ({ name, sha256, link }) => {
      const text = await (await fetch(link)).text();
      return { name, text, isWhole: createHash('sha256').update(text).digest('hex') === sha256 };
    }),
  );
  await tell.step('Ada', 'compares its files with the manifest', 'all are whole', async () => ({
    said: files.every(({ isWhole }) => isWhole) ? 'all are whole' : 'they differ',
  }));
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  const report = parseReport(files.find(({ name }) => name === 'report.json')?.text ?? '');
  if (report === undefined) throw new Error('The report cannot be read.');
  return { report };
}

function permissionsOf({ roles }: Report): Report['roles'][number]['permissions'] {
  return roles.find(({ role }) => String(role) === 'update-app')?.permissions ?? [];
}

function enough({ roles }: Report): string {
  const policy = roles.find(({ role }) => String(role) === 'update-app')?.narrower?.policy;
  return (policy?.Statement ?? [])
    .map(({ Action, Resource }) => `${Action.join(', ')} on ${Resource.join(', ')}`)
    .join('; ');
}
