/** Sends what is meant for Slack's hosts to an address of this machine, as a name server would; the result undoes it. */
export function routeSlackTo(address: () => string): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const isSlack = url.hostname === 'slack.com' || url.hostname === 'hooks.slack.com';
    return fetch(isSlack ? new URL(url.pathname + url.search, address()) : input, init);
  };
  return () => {
    globalThis.fetch = fetch;
  };
}
