/** A function whose handler does what the event says, so that tests can watch its runtime. */
type Probe =
  | { readonly do: 'echo'; readonly value: unknown }
  | { readonly do: 'environment' }
  | { readonly do: 'context' }
  | { readonly do: 'now' }
  | { readonly do: 'throw'; readonly message: string }
  | { readonly do: 'throw a string'; readonly message: string }
  | { readonly do: 'log'; readonly line: string }
  | { readonly do: 'fetch'; readonly url: string; readonly how: 'text' | 'request' }
  | { readonly do: 'exit' }
  | { readonly do: 'never answer' }
  | { readonly do: 'block' }
  | { readonly do: 'wait' }
  | { readonly do: 'release' };

const waiting: (() => void)[] = [];
const loadedAt = Date.now();
const fetchAtLoad = globalThis.fetch;

export const handler = async (
  event: Probe,
  context: { getRemainingTimeInMillis(): number },
): Promise<unknown> => {
  switch (event.do) {
    case 'echo':
      return event.value;
    case 'environment':
      return { ...process.env };
    case 'context':
      return { ...context, remaining: context.getRemainingTimeInMillis() };
    case 'now':
      return {
        loadedAt,
        number: Date.now(),
        date: new Date().toISOString(),
        text: Date(),
        given: new Date(5).getTime(),
      };
    case 'throw':
      throw new RangeError(event.message);
    case 'throw a string':
      throw event.message;
    case 'log':
      console.log(event.line);
      return undefined;
    case 'fetch': {
      const init = { method: 'POST', body: 'sent', headers: { 'x-probe': 'header' } };
      const sent =
        event.how === 'text' ? fetchAtLoad(event.url, init) : fetchAtLoad(new Request(event.url, init));
      return (await sent).json();
    }
    case 'exit':
      return process.exit(3);
    case 'never answer':
      return new Promise(() => undefined);
    case 'block':
      for (;;);
    case 'wait':
      return new Promise((resolve) => waiting.push(() => resolve('released')));
    case 'release':
      for (const release of waiting) release();
      return waiting.length;
    default:
      return event satisfies never;
  }
};
