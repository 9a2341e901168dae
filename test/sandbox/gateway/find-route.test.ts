import { findRoute } from '../../../sandbox/gateway/find-route.ts';
import type { Route } from '../../../sandbox/hub/hub.ts';

const route = (method: string, path: string): Route => ({
  method,
  path,
  door: { kind: 'open' },
  answeredBy: 'elevations',
});
const ROUTES = [
  route('GET', '/v1/elevations/{id}'),
  route('GET', '/v1/elevations/mine'),
  route('POST', '/v1/elevations'),
  route('POST', '/v1/elevations/{id}/approval'),
];

test.each([
  ['GET', '/v1/elevations/01J', '/v1/elevations/{id}', { id: '01J' }],
  ['GET', '/v1/elevations/a%20b', '/v1/elevations/{id}', { id: 'a b' }],
  ['GET', '/v1/elevations/mine', '/v1/elevations/mine', {}],
  ['POST', '/v1/elevations', '/v1/elevations', {}],
  ['POST', '/v1/elevations/01J/approval', '/v1/elevations/{id}/approval', { id: '01J' }],
  ['POST', '/v1/elevations/x%2Fy/approval', '/v1/elevations/{id}/approval', { id: 'x/y' }],
])('%s %s is the route %s', (method, path, template, pathParameters) => {
  const found = findRoute(ROUTES, method, path);
  expect(found?.route.path).toBe(template);
  expect(found?.pathParameters).toEqual(pathParameters);
});

test.each([
  ['a method that the path does not have', 'DELETE', '/v1/elevations'],
  ['a path that is longer', 'GET', '/v1/elevations/01J/more'],
  ['an empty variable', 'GET', '/v1/elevations/'],
  ['a variable whose encoding is broken', 'GET', '/v1/elevations/%E0%A4%A'],
  ['an encoded slash in place of a slash', 'POST', '/v1/elevations/01J%2Fapproval'],
  ['another case', 'POST', '/V1/elevations'],
])('%s is no route', (_title, method, path) => {
  expect(findRoute(ROUTES, method, path)).toBeUndefined();
});
