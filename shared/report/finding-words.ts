import type { NotObservableReason } from '../domain/report/observable.ts';
import type { Gap } from '../domain/report/report.ts';
import type { AccessLevel } from '../domain/trail/catalogue.ts';
import type { FindingCode } from '../domain/trail/finding.ts';

/** What kind of thing did not come through Drawbridge. */
export const FINDING_WORDS: Readonly<Record<FindingCode, string>> = {
  'foreign-session': 'Session of nobody’s elevation',
  'foreign-assume-role': 'Assumed by somebody else than Drawbridge',
  'false-name': 'Name of an elevation that does not fit',
  'no-intent': 'Session that was never meant to be issued',
  'unexplained-session': 'Session of unknown origin',
  'use-after-end': 'Used after its time',
  'use-after-cut': 'Used after it was given back or revoked',
  'issue-not-in-trail': 'Issued, and not in the trail',
  'role-changed': 'Role changed',
  'trail-changed': 'Trail changed',
};

/** Why a permission can be neither used nor unused. */
export const NOT_OBSERVABLE_WORDS: Readonly<Record<NotObservableReason, string>> = {
  'data-event-not-recorded': 'the trail does not record such data events',
  'management-event-not-recorded': 'the trail does not record such management events',
  'permission-only': 'CloudTrail has no event for it',
  'hours-without-digest': 'hours of the trail have no digest, or a file that could not be read',
  'no-files': 'no files of the trail have come',
  'outcome-unknown': 'it was called, and no call was decided',
  'call-unmapped': 'a call of its service needed an action that is not known, perhaps this one',
  'record-damaged': 'the record of an elevation is damaged, so that its use is not counted',
  'trail-changed': 'a trail was changed then or since, so that it may have recorded less',
  'selectors-unknown': 'what the trail records could not be read',
};

/** What is missing from the trail. */
export const GAP_WORDS: Readonly<Record<Gap['kind'], string>> = {
  'no-files': 'No log files have come: nothing at all can be said of this time.',
  'no-digest':
    'Log files have come without a digest, or could not be read: nobody can say that all of them have.',
  'selectors-unknown': 'What the trail records could not be read: what was not seen may have happened.',
};

/** What is not there yet, at the end of a period that has only just ended. */
export const OPEN_GAP_WORDS =
  'The digests of the last hours had not come when the report was made, so these hours are still open. Made again a few hours later, it can tell more.';

/** Access levels, the most powerful first. */
export const LEVELS: readonly AccessLevel[] = ['Permissions management', 'Write', 'Tagging', 'Read', 'List'];
