import { parseCommand, type Typed, ticketAndReason } from '../../shared/slack/command-text.ts';
import { caller } from '../domain/story.ts';
import { ACCESS } from './workplace.ts';

test.each<[string, Typed]>([
  ['', { verb: 'form' }],
  ['   ', { verb: 'form' }],
  ['help', { verb: 'help' }],
  [' mine ', { verb: 'mine' }],
  ['pending', { verb: 'pending' }],
  ['link', { verb: 'link' }],
  ['unlink', { verb: 'unlink' }],
  ['return', { verb: 'return', id: undefined }],
  ['return 01jdg7', { verb: 'return', id: '01JDG7' }],
  [
    'mine 1h the role that is called so',
    { verb: 'ask', role: 'mine', duration: '1h', rest: 'the role that is called so' },
  ],
  ['update-app 1h', { verb: 'ask', role: 'update-app', duration: '1h', rest: '' }],
  [
    'update-app  1h30m   OPS-12 fix\nthe  banner ',
    { verb: 'ask', role: 'update-app', duration: '1h30m', rest: 'OPS-12 fix\nthe  banner' },
  ],
  ['update-app', { verb: 'unclear' }],
  ['update-app OPS-12 fix the banner', { verb: 'unclear' }],
  ['mine please', { verb: 'unclear' }],
  ['HELP', { verb: 'unclear' }],
])('"%s" is understood', (text, typed) => {
  expect(parseCommand(text)).toEqual(typed);
});

test.each([
  [
    'a ticket by the pattern of a rule',
    'update-app',
    'OPS-12 fix it',
    { ticket: 'OPS-12', reason: 'fix it' },
  ],
  [
    'no ticket where the word is none and another rule needs none',
    'update-app',
    'fix it',
    { reason: 'fix it' },
  ],
  [
    'a ticket where every rule needs one, so that it can be corrected',
    'deploy-shop',
    'OPS12 fix it',
    { ticket: 'OPS12', reason: 'fix it' },
  ],
  ['no ticket where no rule asks for one', 'read-logs', 'OPS-12 fix it', { reason: 'OPS-12 fix it' }],
  ['no ticket for a role that does not exist', 'nothing', 'OPS-12 fix it', { reason: 'OPS-12 fix it' }],
  [
    'a ticket up to the longest there is',
    'update-app',
    `OPS-${'1'.repeat(60)} fix it`,
    { ticket: `OPS-${'1'.repeat(60)}`, reason: 'fix it' },
  ],
  [
    'no ticket beyond that, and no pattern is tried on it',
    'update-app',
    `OPS-${'1'.repeat(61)} fix it`,
    { reason: `OPS-${'1'.repeat(61)} fix it` },
  ],
  ['a ticket without a reason', 'deploy-shop', 'OPS-12', { ticket: 'OPS-12', reason: '' }],
])('the first word is %s', (_what, role, rest, expected) => {
  const typed = { verb: 'ask', role, duration: '1h', rest } as const;
  expect(ticketAndReason(ACCESS, caller('david'), typed)).toEqual(expected);
});
