import type { AllowRule } from '../domain/access.ts';
import type { Json } from '../domain/canonical-json.ts';
import { formatDuration, type Minutes, minutes } from '../domain/duration.ts';
import { LONGEST } from '../domain/text-limits.ts';
import { paragraph } from './cards/blocks.ts';
import { plain } from './cards/text.ts';
import type { Offer } from './offers.ts';
import { roleOption } from './role-options.ts';
import { termsOf } from './terms.ts';

/** The form to ask with: first the role alone; with it, what it will take and all else. */
export function askForm(offer: Offer | undefined): Json {
  return {
    type: 'modal',
    callback_id: 'ask',
    title: plain('Ask for a role', 24),
    submit: plain('Ask', 24),
    close: plain('Cancel', 24),
    blocks: [roleInput(offer), ...(offer === undefined ? [CHOOSE_FIRST] : restOf(offer))],
  };
}

const CHOOSE_FIRST = paragraph('Choose a role: then you see here what it takes.');

function roleInput(offer: Offer | undefined): Json {
  return {
    type: 'input',
    block_id: 'role',
    dispatch_action: true,
    label: plain('Role', 2000),
    element: {
      type: 'external_select',
      action_id: 'role',
      min_query_length: 0,
      placeholder: plain('Type a part of its name', 150),
      ...(offer === undefined ? {} : { initial_option: roleOption(offer.role) }),
    },
  };
}

function restOf({ role, rules }: Offer): readonly Json[] {
  return [
    paragraph(`${role.description}\nAccount ${role.arn.account}, ${role.arn.text}`),
    ...shownTerms(rules),
    durationInput(role.name, Math.max(...rules.map(({ longest }) => longest))),
    reasonInput(rules),
    ticketInput(rules),
  ];
}

/** So many rules are shown with their terms; a view has at most 100 blocks. */
const MOST_RULES = 20;

/** The terms of each rule, in the order in which they are tried. */
function shownTerms(rules: readonly AllowRule[]): readonly Json[] {
  const shown = rules.slice(0, MOST_RULES);
  const more = rules.length - shown.length;
  return [
    ...shown.map((rule) =>
      paragraph(
        termsOf(rule)
          .map((line) => `• ${line}`)
          .join('\n'),
      ),
    ),
    ...(more > 0 ? [paragraph(`… or by one of ${more} more rules.`)] : []),
  ];
}

const USUAL_LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2880, 10080].map(minutes);

/** NB. Named after the role: what was chosen for another role must not stay. */
function durationInput(role: string, longest: number): Json {
  const lengths = [...USUAL_LENGTHS.filter((length) => length < longest), minutes(longest)];
  return {
    type: 'input',
    block_id: `duration ${role}`,
    label: plain('For how long', 2000),
    element: {
      type: 'static_select',
      action_id: 'duration',
      options: lengths.map(durationOption),
    },
  };
}

function durationOption(length: Minutes): Json {
  const text = formatDuration(length);
  return { text: plain(text, 75), value: text };
}

function reasonInput(rules: readonly AllowRule[]): Json {
  const fewest = Math.min(...rules.map(({ reasonMin }) => reasonMin));
  return {
    type: 'input',
    block_id: 'reason',
    label: plain('Reason', 2000),
    hint: plain('For the approvers and the audit', 2000),
    element: {
      type: 'plain_text_input',
      action_id: 'reason',
      multiline: true,
      ...(fewest > 0 ? { min_length: Math.min(fewest, LONGEST.reason) } : {}),
      max_length: LONGEST.reason,
    },
  };
}

function ticketInput(rules: readonly AllowRule[]): Json {
  return {
    type: 'input',
    block_id: 'ticket',
    optional: !rules.every(({ ticket }) => ticket !== undefined),
    label: plain('Ticket', 2000),
    element: { type: 'plain_text_input', action_id: 'ticket', max_length: LONGEST.ticket },
  };
}
