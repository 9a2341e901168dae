import type { Report } from '../../shared/domain/report/report.ts';
import { aReport, elevation, permission, roleReport } from './a-report.ts';

/** A report on so many elevations, with roles that grant a great deal. */
export function busyReport(count: number): Report {
  const report = aReport();
  const powerful = Array.from({ length: 18_000 }, (_, n) =>
    permission(`service${n % 300}:Action${n}`, n % 2 === 0 ? 'Read' : 'Write', { as: 'not-seen' }),
  );
  return {
    ...report,
    elevations: Array.from({ length: count }, (_, n) => elevation(n, { reason: `Reason ${n} `.repeat(40) })),
    roles: [
      ...report.roles,
      ...Array.from({ length: 60 }, (_, n) =>
        roleReport(`role-${n}`, n < 2 ? { permissions: powerful } : {}),
      ),
    ],
  };
}

const HOSTILE = [
  '<script>document.title = "taken"</script>',
  '"><img src=https://evil.example/x onerror=alert(1)>',
  '</code></pre></style><style>body{display:none}</style>',
  '=HYPERLINK("https://evil.example","x")',
  '\u202egnorw si siht\u202c',
  '\ud800 half a character',
  `very long ${'x'.repeat(10_000)}`,
] as const;

/** Reports in which everything that somebody may have written is meant to do harm. */
export const hostileReports: readonly (readonly [text: string, report: Report])[] = HOSTILE.map((text) => [
  text,
  {
    ...aReport(),
    elevations: [elevation(1, { reason: text, ticket: text, mfa: text })],
    roles: aReport().roles.map((role) => ({
      ...role,
      policiesUnknown: text,
      unexpanded: [text],
      permissions: role.permissions.map((one) => ({ ...one, action: text })),
      standing: [{ principal: text, kind: 'aws', condition: text }],
    })),
    outOfBand: aReport().outOfBand.map((finding) => ({
      ...finding,
      about: text,
      actor: text,
      detail: text,
      eventId: text,
    })),
    changes: aReport().changes.map((change) =>
      change.of === 'access-file' ? change : { ...change, about: text, by: text, what: text },
    ),
    unmapped: [{ source: text, name: text, count: 1 }],
  } satisfies Report,
]);
