import type { Block } from './block-kit/blocks.ts';

/** A message that one user alone sees, and nobody keeps. */
export type PrivateNote = {
  readonly ts: string;
  readonly user: string;
  readonly channel: string;
  readonly thread_ts?: string;
  /** The app; or Slack itself, where something went wrong. */
  readonly from: 'app' | 'slack';
  readonly text: string;
  readonly blocks: readonly Block[];
};

/** What users alone have seen. */
export type PrivateNotes = {
  of(user: string): readonly PrivateNote[];
  add(note: Omit<PrivateNote, 'ts'>): PrivateNote;
  remove(ts: string): void;
};

/** Keeps private notes in memory. */
export function createPrivateNotes(nextTs: () => string, changed: () => void): PrivateNotes {
  let notes: readonly PrivateNote[] = [];
  const set = (next: readonly PrivateNote[]) => {
    notes = next;
    changed();
  };
  return {
    of: (user) => notes.filter((note) => note.user === user),
    add(note) {
      const added = { ...note, ts: nextTs() };
      set([...notes, added]);
      return added;
    },
    remove: (ts) => set(notes.filter((note) => note.ts !== ts)),
  };
}
