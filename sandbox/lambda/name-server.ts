/** Base URLs, such as http://127.0.0.1:8083, by the names of the hosts that they stand in for. */
export type Hosts = Readonly<Record<string, string>>;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Sends what this thread fetches from https://<host>/… to the base URL of that host, path and query kept. Of all other
 * hosts only those of this machine are reached; the rest fail as they do where there is no network. Call it before
 * anything that keeps `fetch` for itself is loaded.
 *
 * NB. It stands before `fetch` alone: redirects and connections of other libraries are not seen.
 */
export function resolveHosts(hosts: Hosts): void {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const address = addressOf(url, hosts);
    if (address === url) return real(input, init);
    return real(input instanceof Request ? new Request(address, input) : address, init);
  };
}

function addressOf(url: URL, hosts: Hosts): URL {
  if (LOOPBACK.has(url.hostname)) return url;
  const base = url.protocol === 'https:' && Object.hasOwn(hosts, url.host) ? hosts[url.host] : undefined;
  if (base === undefined) throw unreachable(url.hostname);
  return new URL(`${url.pathname}${url.search}`, base);
}

/** As Node's `fetch` fails where a name is not found. */
function unreachable(hostname: string): TypeError {
  const cause = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
    hostname,
  });
  return new TypeError('fetch failed', { cause });
}
