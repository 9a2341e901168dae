import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeActions } from '../../../infra/write-actions.ts';
import { actionCatalogue } from '../../../shared/adapters/action-catalogue/catalogue.ts';
import type { ActionCatalogue } from '../../../shared/domain/trail/catalogue.ts';

/** The catalogue that is packaged: every action of IAM. */
export async function iamActions(): Promise<ActionCatalogue> {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-actions-'));
  try {
    return actionCatalogue(JSON.parse(readFileSync(await writeActions(folder), 'utf8')));
  } finally {
    await rm(folder, { recursive: true });
  }
}
