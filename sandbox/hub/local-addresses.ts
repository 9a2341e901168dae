import type { Hub } from './hub.ts';
import { QUEUE_HOST } from './physical-names.ts';

/** Where the sandbox stands in for AWS: the URLs of its AWS and of its API, without a slash at the end. */
export type LocalAddresses = { readonly aws: string; readonly api: string };

/** A function's variables with the sandbox's own addresses in place of those of queues and of the API. */
export function withLocalAddresses(
  environment: Readonly<Record<string, string>>,
  { apiId, region, partition, stage }: Pick<Hub, 'apiId' | 'region' | 'partition' | 'stage'>,
  { aws, api }: LocalAddresses,
): Record<string, string> {
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const apiUrl = `https://${apiId}.execute-api.${region}.${suffix}/${stage}`;
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value === apiUrl
        ? api
        : value.startsWith(`${QUEUE_HOST}/`)
          ? aws + value.slice(QUEUE_HOST.length)
          : value,
    ]),
  );
}
