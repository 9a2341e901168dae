import type { Route } from '../hub/hub.ts';

/** A route and the values of the variables in its path, decoded. */
export type FoundRoute = {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
};

/**
 * The route of a method and a path as sent. A segment without variables is preferred to one with, and a variable is
 * never empty and never runs over a slash, written or encoded.
 */
export function findRoute(routes: readonly Route[], method: string, path: string): FoundRoute | undefined {
  const segments = path.split('/');
  const fitting = routes.filter((route) => route.method === method && fits(route.path.split('/'), segments));
  const route = fitting.toSorted((one, other) => variables(one) - variables(other))[0];
  return route === undefined ? undefined : { route, pathParameters: parametersOf(route, segments) };
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) =>
      isVariable(part) ? decoded(segments[index] ?? '') !== '' : part === segments[index],
    )
  );
}

function parametersOf(route: Route, segments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    route.path
      .split('/')
      .flatMap((part, index) =>
        isVariable(part) ? [[part.slice(1, -1), decoded(segments[index] ?? '')] as const] : [],
      ),
  );
}

function isVariable(part: string): boolean {
  return part.startsWith('{') && part.endsWith('}');
}

function variables(route: Route): number {
  return route.path.split('/').filter(isVariable).length;
}

/** Empty where the encoding is broken, which fits no variable. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
