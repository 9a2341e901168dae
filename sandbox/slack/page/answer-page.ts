import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Parts } from '../parts.ts';
import type { SlackPerson } from '../person.ts';
import { type Reply, write } from '../reply.ts';
import type { Workspace } from '../workspace.ts';
import { act } from './act.ts';
import { type Look, pageHtml } from './page.ts';

/** Nothing on the page runs, or is loaded, but what this server has; and nobody puts it into a frame. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  // Without a referrer a browser would send its forms with the origin `null`.
  'Referrer-Policy': 'same-origin',
};

const STATIC: ReadonlyMap<string, Reply> = new Map([
  ['/favicon.ico', { status: 204, type: 'image/x-icon', body: '' }],
  ['/page.css', fileReply('page.css', 'text/css; charset=utf-8')],
  ['/controls.css', fileReply('controls.css', 'text/css; charset=utf-8')],
  ['/page.js', fileReply('page.js', 'text/javascript; charset=utf-8')],
]);

/** Answers the page, its files, its forms, and its stream of changes. */
export async function answerPage(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  parts: Parts,
): Promise<void> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://slack.invalid');
  if (pathname === '/act' && incoming.method === 'POST') {
    return write(outgoing, await acted(new URLSearchParams(await text(incoming)), parts));
  }
  if (incoming.method !== 'GET') return write(outgoing, NOT_FOUND);
  if (pathname === '/changes') return tellChanges(outgoing, parts.workspace);
  if (pathname === '/options') return write(outgoing, await options(searchParams, parts));
  if (pathname === '/') return write(outgoing, page(searchParams, parts.workspace));
  write(outgoing, STATIC.get(pathname) ?? NOT_FOUND);
}

const NOT_FOUND: Reply = { status: 404, type: 'text/plain; charset=utf-8', body: 'There is nothing here.\n' };

async function acted(form: URLSearchParams, parts: Parts): Promise<Reply> {
  await act(form, parts);
  const back = new URLSearchParams({ as: form.get('as') ?? '', in: form.get('in') ?? '' });
  return { status: 303, type: 'text/plain', headers: { Location: `/?${back}` }, body: '' };
}

async function options(query: URLSearchParams, { as }: Parts): Promise<Reply> {
  const offered = await offers(as(query.get('as') ?? ''), query.get('block') ?? '', query.get('typed') ?? '');
  const body = JSON.stringify(offered.map((one) => ({ value: one.value, text: one.text.text })));
  return { status: 200, type: 'application/json', headers: HEADERS, body };
}

/** What the app offers. The form may be gone by now, or while the app is asked: then it is nothing. */
async function offers(person: SlackPerson, block: string, typed: string) {
  try {
    return await person.options(block, typed);
  } catch (error) {
    const isThere = person.form()?.view.blocks.some(({ block_id }) => block_id === block) === true;
    if (isThere) throw error;
    return [];
  }
}

function page(query: URLSearchParams, workspace: Workspace): Reply {
  const body = pageHtml(lookOf(query, workspace), workspace).html;
  return { status: 200, type: 'text/html; charset=utf-8', headers: HEADERS, body };
}

/** The first user and the first channel, where the address names none; direct messages only to whom they are. */
function lookOf(query: URLSearchParams, { users, conversations }: Workspace): Look {
  const user = users.get(query.get('as') ?? '') ?? [...users.values()][0];
  const asked = conversations.find(query.get('in') ?? '');
  const hidden = asked?.user !== undefined && asked.user !== user?.id;
  const place = asked === undefined || hidden ? conversations.all()[0] : asked;
  if (user === undefined || place === undefined)
    throw new Error('The workspace has no users or no channels.');
  return { user, place };
}

/** Server-sent events (HTML standard, 9.2): one for each change. */
function tellChanges(outgoing: ServerResponse, workspace: Workspace): void {
  outgoing.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  outgoing.write(': changes follow\n\n');
  outgoing.once(
    'close',
    workspace.watch(() => outgoing.write('data: changed\n\n')),
  );
}

function fileReply(name: string, type: string): Reply {
  const body = readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
  return { status: 200, type, headers: HEADERS, body };
}
