import type { Caller } from '../../domain/caller.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { formatInstant } from '../../domain/instant.ts';
import type { SubjectEvent } from '../../domain/subject.ts';

/** An event as other systems read it: as it is stored, with times in RFC 3339 and durations in minutes. */
export function detailOf({ subject, n, event }: SubjectEvent): Json {
  const told = { ...event, at: formatInstant(event.at), by: callerOf(event.by) };
  if (!('request' in event)) return { subject, n, event: told };
  const request = { ...event.request, requestedAt: formatInstant(event.request.requestedAt) };
  return { subject, n, event: { ...told, request } };
}

function callerOf({ mfa, ...caller }: Caller): Json {
  return { ...caller, mfa: mfa.kind === 'token' ? { ...mfa, at: formatInstant(mfa.at) } : mfa };
}
