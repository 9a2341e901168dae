import type { Brand } from './brand.ts';

/** A SHA-256 hash, 64 hexadecimal digits. */
export type Hash = Brand<string, 'Hash'>;

/** SHA-256 of a text's UTF-8; an argument, since the domain brings no implementation. */
export type Sha256 = (text: string) => Hash;
