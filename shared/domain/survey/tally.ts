import type { Counts } from './survey.ts';

/** How many more names may be kept. Names come from logs, so that whoever calls can choose them. */
export class Room {
  #left: number;

  constructor(names: number) {
    this.#left = names;
  }

  /** Whether there is room for one more, which is then taken. */
  take(): boolean {
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }
}

/** Counts by name, as long as there is room for names. */
export class NamedTally {
  readonly #counts = new Map<string, number>();
  readonly #room: Room;
  #more = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  add(name: string): void {
    const count = this.#counts.get(name);
    if (count !== undefined) this.#counts.set(name, count + 1);
    else if (this.#room.take()) this.#counts.set(name, 1);
    else this.#more += 1;
  }

  names(): readonly string[] {
    return [...this.#counts.keys()];
  }

  /** The most frequent first, then by name. */
  result(): Counts {
    const named = [...this.#counts].map(([name, count]) => ({ name, count }));
    return {
      named: named.sort((one, other) => other.count - one.count || byText(one.name, other.name)),
      more: this.#more,
    };
  }
}

/** By code unit, whatever the machine's language. */
export function byText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
