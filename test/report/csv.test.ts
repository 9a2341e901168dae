import { csv } from '../../shared/report/csv.ts';
import { csvTables } from '../../shared/report/tables.ts';
import { aReport, elevation } from './a-report.ts';

// Which beginnings are formulas: https://owasp.org/www-community/attacks/CSV_Injection
test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1'])(
  'a text that begins like a formula is made a text: %j',
  (text) => {
    expect(csv(['head'], [[text]])).toBe(`"head"\r\n"'${text}"\r\n`);
  },
);

test('a number stays a number, also a negative one, and what is absent is empty', () => {
  expect(csv(['a', 'b', 'c'], [[12, -3, undefined]])).toBe('"a","b","c"\r\n12,-3,\r\n');
});

// RFC 4180, section 2.
test('quotes are doubled; commas and line breaks stay within their cell', () => {
  expect(csv(['a'], [['say "yes",\r\nor no']])).toBe('"a"\r\n"say ""yes"",\r\nor no"\r\n');
});

test.each([
  [
    'elevations.csv',
    'id,person,role,state,requested_at,reason,ticket,approved_by,window_from,window_until,mfa,sessions,sessions_never_used,allowed,denied,unknown,last_use',
  ],
  [
    'permissions.csv',
    'role,arn,action,access_level,granted,conditional,seen,not_observable_reason,first,last,people,allowed,denied,unknown,resources',
  ],
  ['out-of-band.csv', 'at,code,about,role,elevation,actor,event_id,detail'],
  ['changes.csv', 'at,of,about,what,by,outcome,event_id'],
  ['standing-access.csv', 'role,arn,principal,kind,condition'],
])('the columns of %s have the names that spreadsheets rely on', (file, names) => {
  expect(csvTables(aReport())[file]?.split('\r\n')[0]?.replaceAll('"', '')).toBe(names);
});

test('a reason that is a formula is harmless in the table of elevations', () => {
  const reason = '=cmd|"/C calc"!A0';
  const table = csvTables(aReport({ elevations: [elevation(1, { reason })] }))['elevations.csv'];
  expect(table).toContain(`,"'=cmd|""/C calc""!A0",`);
});
