/** By the first word of the operation, or the whole of one whose first word does not tell. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['Create', 'POST'],
  ['Delete', 'DELETE'],
  ['Export', 'GET'],
  ['Flush', 'DELETE'],
  ['Generate', 'POST'],
  ['Get', 'GET'],
  ['Import', 'POST'],
  ['ImportDocumentationParts', 'PUT'],
  ['Put', 'PUT'],
  ['Reimport', 'PUT'],
  ['Reset', 'DELETE'],
  ['Test', 'POST'],
  ['Untag', 'DELETE'],
  ['Update', 'PATCH'],
]);

/**
 * The actions of API Gateway's control plane are HTTP methods, those of the requests in its two API references. NB.
 * TagResource is a PUT in one and a POST in the other, and its event does not tell which: it stays unmapped.
 */
export function apiGatewayVerb(operation: string): readonly string[] {
  const [verb = ''] = /^[A-Z][a-z]+/.exec(operation) ?? [];
  const method = METHODS.get(operation) ?? METHODS.get(verb);
  return method === undefined ? [] : [method];
}
