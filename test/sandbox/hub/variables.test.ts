import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { resolveVariables } from '../../../sandbox/hub/variables.ts';

const Cases = z.object({
  sources: z.object({
    stage: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    self: z.unknown(),
    files: z.record(z.string(), z.unknown()),
  }),
  resolved: z.array(z.object({ title: z.string(), value: z.unknown(), becomes: z.unknown() })),
  keptForCloudFormation: z.string(),
  listWithinText: z.string(),
  unresolvable: z.array(z.object({ title: z.string(), value: z.string() })),
});

const cases = Cases.parse(parse(readFileSync(new URL('./variables.yml', import.meta.url), 'utf8')));
const sources = { ...cases.sources, file: (path: string) => cases.sources.files[path] };

test.each(cases.resolved)('$title is replaced', ({ value, becomes }) => {
  expect(resolveVariables(value, sources)).toEqual(becomes);
});

test('the names of CloudFormation stay for Fn::Sub', () => {
  expect(resolveVariables(cases.keptForCloudFormation, sources)).toBe(cases.keptForCloudFormation);
});

test.each(cases.unresolvable)('$title is an error and not left out', ({ value }) => {
  expect(() => resolveVariables(value, sources)).toThrow(/which the sandbox cannot resolve/);
});

test('a list within a text is an error', () => {
  expect(() => resolveVariables(cases.listWithinText, sources)).toThrow(/must be a text or a number/);
});
