import type { Instant } from '../domain/instant.ts';

/** Tells the time. */
export type Clock = () => Instant;
