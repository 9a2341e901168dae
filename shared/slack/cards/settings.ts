import type { Access } from '../../domain/access.ts';

/** What messages are made with, beside the elevation. */
export type CardSettings = {
  readonly access: Access;
  /** Where the API is reached, without a door's prefix: https://…/<stage>. */
  readonly apiUrl: string;
};
