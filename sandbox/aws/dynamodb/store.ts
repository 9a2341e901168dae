import type { ReceivedRequest } from '../aws.ts';
import { headerOf } from '../received-request.ts';

/** Sends a signed request on to the store, which looks at no signature, with `instead` in place of what it asked. */
export function askStore(
  endpoint: string,
  request: ReceivedRequest,
  instead?: { readonly target: string; readonly body: string },
): Promise<Response> {
  const passedOn = ['content-type', 'authorization', 'x-amz-date'];
  return fetch(endpoint, {
    method: 'POST',
    headers: {
      ...Object.fromEntries(passedOn.map((name) => [name, headerOf(request, name) ?? ''])),
      'x-amz-target': instead?.target ?? headerOf(request, 'x-amz-target') ?? '',
    },
    body: instead?.body ?? new Uint8Array(request.body),
  });
}
