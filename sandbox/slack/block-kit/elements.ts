import * as z from 'zod';
import { anyText, characters, items, plainText } from './text.ts';

/** Limits of composition objects: docs.slack.dev/reference/block-kit/composition-objects. */
const Confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

/** One of several to choose from. */
export const Option = z.strictObject({
  text: anyText(75),
  value: characters(150),
  description: anyText(75).optional(),
});

/** Options under a heading. */
export const OptionGroup = z.strictObject({ label: plainText(75), options: items(Option, 100) });

/** Options as a select takes them, and as an app answers for an external one. */
export const OPTIONS = items(Option, 100);

/** Option groups as a select takes them. */
export const OPTION_GROUPS = items(OptionGroup, 100);

const common = { action_id: characters(255).optional() };
const select = {
  ...common,
  placeholder: plainText(150).optional(),
  initial_option: Option.optional(),
  confirm: Confirm.optional(),
  focus_on_load: z.boolean().optional(),
};

/** Limits of elements: docs.slack.dev/reference/block-kit/block-elements. */
export const Button = z.strictObject({
  ...common,
  type: z.literal('button'),
  text: plainText(75),
  url: characters(3000).optional(),
  value: characters(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: Confirm.optional(),
  accessibility_label: characters(75).optional(),
});

const StaticSelect = z
  .strictObject({
    ...select,
    type: z.literal('static_select'),
    options: OPTIONS.optional(),
    option_groups: OPTION_GROUPS.optional(),
  })
  .refine(({ options, option_groups: groups }) => (options === undefined) !== (groups === undefined), {
    message: 'must have either options or option_groups',
  });

const ExternalSelect = z.strictObject({
  ...select,
  type: z.literal('external_select'),
  min_query_length: z.number().int().nonnegative().optional(),
});

const RadioButtons = z.strictObject({
  ...common,
  type: z.literal('radio_buttons'),
  options: items(Option, 10),
  initial_option: Option.optional(),
  confirm: Confirm.optional(),
  focus_on_load: z.boolean().optional(),
});

const Checkboxes = z.strictObject({
  ...common,
  type: z.literal('checkboxes'),
  options: items(Option, 10),
  initial_options: items(Option, 10).optional(),
  confirm: Confirm.optional(),
  focus_on_load: z.boolean().optional(),
});

const PlainTextInput = z.strictObject({
  ...common,
  type: z.literal('plain_text_input'),
  initial_value: characters(3000, 0).optional(),
  placeholder: plainText(150).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: items(z.enum(['on_enter_pressed', 'on_character_entered']), 2),
    })
    .optional(),
  focus_on_load: z.boolean().optional(),
});

/** What may stand in an actions block or beside a section. */
export const InteractiveElement = z.discriminatedUnion('type', [
  Button,
  StaticSelect,
  ExternalSelect,
  RadioButtons,
  Checkboxes,
]);

/** What may stand in an input block. */
export const InputElement = z.discriminatedUnion('type', [
  PlainTextInput,
  StaticSelect,
  ExternalSelect,
  RadioButtons,
  Checkboxes,
]);

export type Option = z.infer<typeof Option>;
export type Confirm = z.infer<typeof Confirm>;
export type Button = z.infer<typeof Button>;
export type InputElement = z.infer<typeof InputElement>;
export type InteractiveElement = z.infer<typeof InteractiveElement>;

/** Every element that somebody can press, choose in or type into. */
export type Element = InputElement | InteractiveElement;

/** An element that remembers what was put into it. */
export type StatefulElement = Exclude<Element, Button>;
