import * as z from 'zod';
import type { ManifestEntry } from '../app/reports.ts';
import type { Hash } from '../domain/hash.ts';
import { formatInstant } from '../domain/instant.ts';
import type { Period } from '../domain/report/report.ts';
import type { ReportFile } from '../ports/report-archive.ts';

const Manifest = z.object({
  format: z.literal(1),
  files: z
    .array(
      z.object({ name: z.string().regex(/^[a-z-]+\.[a-z]+$/), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    )
    .readonly(),
});

/** A file without its body, which its hash stands for. */
export type HashedFile = { readonly name: string; readonly mediaType: string; readonly sha256: Hash };

/** Names the files of a report with the SHA-256 of their UTF-8, as `sha256sum` counts it. */
export function manifestOf({ from, until }: Period, files: readonly HashedFile[]): ReportFile {
  const manifest = {
    format: 1,
    period: { from: formatInstant(from), until: formatInstant(until) },
    files,
  };
  return {
    name: 'manifest.json',
    mediaType: 'application/json',
    body: `${JSON.stringify(manifest, null, 2)}\n`,
  };
}

/** The files that a manifest names; undefined where the text is no manifest. */
export function filesOfManifest(manifest: string): readonly ManifestEntry[] | undefined {
  try {
    return Manifest.parse(JSON.parse(manifest)).files;
  } catch {
    return undefined;
  }
}
