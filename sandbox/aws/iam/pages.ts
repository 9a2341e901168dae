import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';

/** Input of the operations that list. */
export const inPages = {
  Marker: z.string().min(1).optional(),
  MaxItems: z.coerce.number().int().min(1).max(1000).default(100),
};

/** One page of a list, and where the next begins (ListRolePolicies, "Marker"). */
export function pageOf<T>(
  list: readonly T[],
  { Marker, MaxItems }: { readonly Marker?: string | undefined; readonly MaxItems: number },
): { readonly items: readonly T[]; readonly IsTruncated: boolean; readonly Marker?: string } {
  const start = Marker === undefined ? 0 : positionIn(Marker);
  const end = start + MaxItems;
  const items = list.slice(start, end);
  if (end >= list.length) return { items, IsTruncated: false };
  return { items, IsTruncated: true, Marker: Buffer.from(`from ${end}`).toString('base64') };
}

function positionIn(marker: string): number {
  const [, position] = /^from (\d+)$/.exec(Buffer.from(marker, 'base64').toString('utf8')) ?? [];
  if (position !== undefined) return Number(position);
  throw new AwsRefusal('ValidationError', 'Invalid Marker.', 400);
}
