import type { Option } from './block-kit/elements.ts';
import type { View } from './block-kit/view.ts';
import { type FormState, formState, type StateValue } from './form-state.ts';

/** A view that a user has before them, or beneath the one before them. */
export type OpenView = {
  readonly id: string;
  readonly user: string;
  readonly view: View;
  /** Changes with each change of the view by the app. */
  readonly hash: string;
  readonly rootId: string;
  readonly previousId?: string;
  readonly state: FormState;
  /** What is wrong with the inputs, by block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** What went wrong when the form was sent or something in it was pressed. */
  readonly trouble: string | undefined;
  /** The options that the app has offered for an external select, by block id. */
  readonly offered: Readonly<Record<string, readonly Option[]>>;
};

/** docs.slack.dev/surfaces/modals: a view stack holds up to three views. */
const MOST_VIEWS = 3;

/** The stacks of views that users have before them. */
export class Modals {
  readonly #stacks = new Map<string, readonly OpenView[]>();
  readonly #nextId: () => string;
  readonly #nextTs: () => string;
  readonly #changed: () => void;

  constructor(nextId: () => string, nextTs: () => string, changed: () => void) {
    this.#nextId = nextId;
    this.#nextTs = nextTs;
    this.#changed = changed;
  }

  /** The view on top; undefined where none is open. */
  top(user: string): OpenView | undefined {
    return this.#stackOf(user).at(-1);
  }

  find(id: string): OpenView | undefined {
    return [...this.#stacks.values()].flat().find((one) => one.id === id);
  }

  /** Opens a view in the place of all that the user has open. */
  open(user: string, view: View): OpenView {
    const opened = this.#shown(user, view);
    this.#set(user, [opened]);
    return opened;
  }

  /** Puts a view on top; undefined where three are there already. */
  push(user: string, view: View): OpenView | undefined {
    const stack = this.#stackOf(user);
    if (stack.length >= MOST_VIEWS) return undefined;
    const pushed = this.#shown(user, view, stack.at(-1));
    this.#set(user, [...stack, pushed]);
    return pushed;
  }

  /** Shows another view in the place of one; inputs of the same ids keep what is in them. */
  update(id: string, view: View): OpenView | undefined {
    return this.#change(id, (one) => ({
      view,
      hash: this.#nextHash(),
      state: formState(view.blocks, one.state),
      errors: {},
      trouble: undefined,
    }));
  }

  /** Puts a value into an element. */
  put(id: string, block: string, action: string, value: StateValue): void {
    this.#change(id, ({ state }) => ({ state: { ...state, [block]: { ...state[block], [action]: value } } }));
  }

  /** Notes what the app offers for a block's external select, beside what it has offered before. */
  offer(id: string, block: string, options: readonly Option[]): void {
    this.#change(id, ({ offered }) => {
      const before = (offered[block] ?? []).filter((old) =>
        options.every(({ value }) => value !== old.value),
      );
      return { offered: { ...offered, [block]: [...before, ...options] } };
    });
  }

  /** Notes what is wrong with the inputs, or with the whole. */
  note(id: string, wrong: Partial<Pick<OpenView, 'errors' | 'trouble'>>): void {
    this.#change(id, () => wrong);
  }

  /** Takes the view on top away. */
  close(user: string): void {
    this.#set(user, this.#stackOf(user).slice(0, -1));
  }

  /** Takes all views away. */
  clear(user: string): void {
    this.#set(user, []);
  }

  #stackOf(user: string): readonly OpenView[] {
    return this.#stacks.get(user) ?? [];
  }

  #set(user: string, stack: readonly OpenView[]): void {
    this.#stacks.set(user, stack);
    this.#changed();
  }

  #nextHash(): string {
    return `${this.#nextTs()}.${this.#nextId()}`;
  }

  #shown(user: string, view: View, under?: OpenView): OpenView {
    const id = `V${this.#nextId()}`;
    const place = under === undefined ? { rootId: id } : { rootId: under.rootId, previousId: under.id };
    const clean = { errors: {}, trouble: undefined, offered: {} };
    return { id, user, view, hash: this.#nextHash(), ...place, state: formState(view.blocks), ...clean };
  }

  #change(id: string, how: (one: OpenView) => Partial<OpenView>): OpenView | undefined {
    const before = this.find(id);
    if (before === undefined) return undefined;
    const after = { ...before, ...how(before) };
    const stack = this.#stackOf(before.user).map((one) => (one === before ? after : one));
    this.#set(before.user, stack);
    return after;
  }
}
