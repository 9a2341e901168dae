import type { Access } from './access.ts';
import type { Instant } from './instant.ts';

/** What a decision is made with: the access file and the clock of now. */
export type Context = { readonly access: Access; readonly now: Instant };
