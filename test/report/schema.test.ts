import type * as z from 'zod';
import type { Report } from '../../shared/domain/report/report.ts';
import { reportJson } from '../../shared/report/json.ts';
import type { ReportDocument } from '../../shared/report/schema.ts';
import { aReport, at, elevation } from './a-report.ts';

/** With every optional member, all the way down. */
type Whole<T> = T extends string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Whole<Item>[]
    : { readonly [Name in keyof T]-?: Whole<T[Name]> };

type Same<One, Other> = [One, Other] extends [Other, One] ? true : false;

// A member that the schema does not know is dropped without a word, and an optional one is not missed by `satisfies`.
test('report.json has every member of a report, optional ones too: else this does not compile', () => {
  const isWhole: Same<Whole<z.output<typeof ReportDocument>>, Whole<Report>> = true;
  expect(isWhole).toBe(true);
});

test('what the example of a busy week has, its report.json has, member for member', () => {
  const waiting = elevation(1, { lastUse: at('2026-11-16T09:00:00.000Z') });
  const report = aReport({ elevations: [waiting] });
  expect(namesIn(JSON.parse(reportJson(report)))).toEqual(namesIn(report));
});

/** The paths to all members, those of a list's items together. */
function namesIn(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return distinct(value.flatMap((item) => namesIn(item, `${path}[]`)));
  if (typeof value !== 'object' || value === null) return [path];
  return distinct(Object.entries(value).flatMap(([name, member]) => namesIn(member, `${path}.${name}`)));
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
