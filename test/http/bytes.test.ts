import { type Answer, ASK, byToken, type Hub, pending, startHub } from './hub.ts';

const DAVID = byToken('david');
/** What the API takes at most, in bytes. */
const LARGEST = 16 * 1024;

let hub: Hub;
beforeEach(() => {
  hub = startHub();
});

const ask = (sent: Parameters<Hub['call']>[3]) => hub.call(DAVID, 'POST', '/elevations', sent);

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The story's request, with white space before its end to make so many bytes. */
function padded(bytes: number): string {
  const json = JSON.stringify(ASK);
  return `${json.slice(0, -1)}${' '.repeat(bytes - json.length)}}`;
}

function expectRefused(answer: Answer, status: number, code: string): void {
  expect(answer).toMatchObject({ status, body: { status, code } });
  expect(answer.headers['Content-Type']).toBe('application/problem+json');
}

describe('malformed JSON', () => {
  test.each([
    ['a brace', '{'],
    ['two values', '{}{}'],
    ['a comma too many', '{"role":"update-app",}'],
    ['single quotes', "{'role':'update-app'}"],
    ['NaN', '{"duration":NaN}'],
    ['a form', 'role=update-app&duration=1h'],
    ['white space', ' '],
  ])('is refused: %s', async (_title, text) => {
    expectRefused(await ask({ text }), 400, 'malformed-json');
  });

  // RFC 8259, section 8.1: JSON is exchanged in UTF-8.
  test.each([
    ['a byte that no text has', [0xff]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['UTF-16', [...Buffer.from(JSON.stringify(ASK), 'utf16le')]],
  ])('is refused when it is no UTF-8: %s', async (_title, bytes) => {
    const bytesSent = Uint8Array.from([...bytesOf('{"reason":"'), ...bytes, ...bytesOf('"}')]);
    expectRefused(await ask({ bytes: bytesSent }), 400, 'malformed-json');
  });

  test('is not repeated in the answer', async () => {
    const { text } = await ask({ text: '{"secret-looking": hunter2' });
    expect(text).not.toContain('hunter2');
  });
});

test('a body in base64 is read like any other', async () => {
  expect(await ask({ bytes: bytesOf(JSON.stringify({ ...ASK, reason: 'Größere Bühne' })) })).toMatchObject({
    status: 201,
    body: { reason: 'Größere Bühne' },
  });
});

describe('the size of a body', () => {
  test('may be 16 KB', async () => {
    expect(await ask({ text: padded(LARGEST) })).toMatchObject({ status: 201 });
    expect(await ask({ bytes: bytesOf(padded(LARGEST)) })).toMatchObject({ status: 201 });
  });

  test('may not be a byte more', async () => {
    expectRefused(await ask({ text: padded(LARGEST + 1) }), 413, 'too-large');
    expectRefused(await ask({ bytes: bytesOf(padded(LARGEST + 1)) }), 413, 'too-large');
  });

  test('is counted in bytes, not in characters', async () => {
    expectRefused(await ask({ json: { ...ASK, reason: 'ü'.repeat(LARGEST / 2) } }), 413, 'too-large');
  });

  test.each(['approval', 'denial', 'withdrawal', 'return', 'revocation', 'credentials'])(
    'is bounded for every call that takes a body: %s',
    async (what) => {
      const id = await pending(hub);
      const sent = { text: padded(LARGEST + 1) };
      expectRefused(await hub.call(DAVID, 'POST', `/elevations/${id}/${what}`, sent), 413, 'too-large');
    },
  );
});

describe('a body that does not say that it is JSON', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json-seq',
    'text/json',
    'multipart/form-data; boundary=application/json',
    '',
  ])('is refused: %s', async (contentType) => {
    const sent = { json: ASK, headers: { 'Content-Type': contentType } };
    expectRefused(await ask(sent), 415, 'unsupported-media-type');
  });

  test.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json ;x',
  ])('but is taken as: %s', async (contentType) => {
    const sent = { json: ASK, headers: { 'Content-Type': contentType } };
    expect(await ask(sent)).toMatchObject({ status: 201 });
  });

  test('where nothing is sent there is nothing to say', async () => {
    const id = await pending(hub);
    const answer = await hub.call(DAVID, 'POST', `/elevations/${id}/withdrawal`);
    expect(answer).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
  });
});
