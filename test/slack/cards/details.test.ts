import { standingAt } from '../../../shared/domain/elevation.ts';
import { outlook } from '../../../shared/domain/redecision.ts';
import { details } from '../../../shared/slack/cards/details.ts';
import { after, asked, type Recorded, requestFor } from '../../domain/record.ts';
import { caller, proved } from '../../domain/story.ts';
import { at } from '../../domain/values.ts';
import { longestRecords } from './longest.ts';
import { shown } from './shown.ts';
import { ACCESS } from './story.ts';

const T10 = at('2026-11-24T09:10:00Z');

function detailsOf({ elevation, history }: Recorded) {
  const conditions = outlook(ACCESS, elevation, T10);
  return shown(details({ elevation: standingAt(elevation, T10), history, conditions, sessions: [] }));
}

test('details tell what was required, what is met, and the history with its hashes', () => {
  const by = caller('ruth', { mfa: proved('1m', T10) });
  const record = after(asked(requestFor(1)), T10, {
    type: 'approve',
    by,
    comment: 'Fine.\n3. denied by rob',
  });
  const [requested, approved] = record.history.map(({ hash }) => hash.slice(0, 12));
  const text = detailsOf(record);
  expect(text).toContain(`# update-app for david: approved`);
  expect(text).toContain(`Required when it was asked for
• MFA no older than 15m, counted back from the request
• 1 approval by group:release-managers, within 2h
• MFA of each approver no older than 15m`);
  expect(text).toContain('✓ 1 of 1 approvals are given.');
  expect(text).toContain(`History
1. requested by david (oidc) 2026-11-24T09:00:00Z #${requested}
2. approved by ruth (oidc) 2026-11-24T09:10:00Z #${approved}
│ Fine.
│ 3. denied by rob`);
  expect(text).toContain(`Digest \`${record.elevation.digest.slice(0, 12)}…\``);
});

test('details mark what is not met', () => {
  expect(detailsOf(asked(requestFor(1)))).toContain(
    '✗ 0 of 1 approvals are given; they come from group:release-managers.',
  );
});

test('a request without requirements says so', () => {
  expect(detailsOf(asked(requestFor(0, { requirements: {} })))).toContain(
    '• nothing beside the request itself',
  );
});

test('of a history that is too long the newest part is shown, and how much is left out', () => {
  const last = longestRecords().at(-1);
  const text = last === undefined ? '' : detailsOf(last);
  const events = last?.history.length ?? 0;
  const left = Number(/History \((\d+) earlier/.exec(text)?.[1]);
  expect(left).toBeGreaterThan(0);
  expect(text).toContain(`\n${left + 1}. credentials issued`);
  expect(text).not.toContain(`\n${left}. `);
  expect(text).toContain(`\n${events}. revoked by`);
});
