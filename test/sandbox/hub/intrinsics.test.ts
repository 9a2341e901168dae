import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { resolveIntrinsics } from '../../../sandbox/hub/intrinsics.ts';

const Cases = z.object({
  names: z.record(z.string(), z.string()),
  resolved: z.array(z.object({ title: z.string(), value: z.unknown(), becomes: z.unknown() })),
  refused: z.array(z.object({ title: z.string(), value: z.unknown(), reason: z.string() })),
});

const cases = Cases.parse(parse(readFileSync(new URL('./intrinsics.yml', import.meta.url), 'utf8')));
const names = new Map(Object.entries(cases.names));

test.each(cases.resolved)('$title is resolved', ({ value, becomes }) => {
  expect(resolveIntrinsics(value, names)).toEqual(becomes);
});

test.each(cases.refused)('$title is an error', ({ value, reason }) => {
  expect(() => resolveIntrinsics(value, names)).toThrow(reason);
});
