import type { ReceivedRequest } from './aws.ts';

/** A header's value; its name in small letters. */
export function headerOf(request: ReceivedRequest, name: string): string | undefined {
  return request.headers[name];
}

/** The query of a request's target, decoded; a plus sign stands for itself. */
export function queryOf(request: ReceivedRequest): URLSearchParams {
  return new URLSearchParams(splitTarget(request.target).search.replaceAll('+', '%2B'));
}

/** The path of a target, still encoded, and its query without the question mark. */
export function splitTarget(target: string): { readonly pathname: string; readonly search: string } {
  const mark = target.indexOf('?');
  if (mark < 0) return { pathname: target, search: '' };
  return { pathname: target.slice(0, mark), search: target.slice(mark + 1) };
}
