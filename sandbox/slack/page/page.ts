import type { Block } from '../block-kit/blocks.ts';
import type { Element } from '../block-kit/elements.ts';
import type { Conversation, SlackMessage } from '../conversations.ts';
import type { OpenView } from '../modals.ts';
import type { PrivateNote } from '../private-notes.ts';
import type { SlackUser, Workspace } from '../workspace.ts';
import { blocksHtml, buttonHtml } from './blocks.ts';
import { formHtml } from './form.ts';
import { type Html, html } from './html.ts';
import { formatted, type Names } from './mrkdwn.ts';

/** Who looks, and at which conversation. */
export type Look = { readonly user: SlackUser; readonly place: Conversation };

/** The whole page as somebody sees it. */
export function pageHtml(look: Look, workspace: Workspace): Html {
  const { user, place } = look;
  const form = workspace.modals.top(user.id);
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${titleOf(place)} – Slack of the sandbox</title>
<link rel="stylesheet" href="/page.css"><link rel="stylesheet" href="/controls.css">
<script src="/page.js" type="module"></script>
<header><h1>Slack of the sandbox</h1>${actingHtml(look, workspace)}</header>
<nav aria-label="Conversations"><ul>${placesHtml(look, workspace)}</ul></nav>
<main>
<h2>${titleOf(place)}</h2>
<div id="conversation" aria-live="polite">${conversationHtml(look, workspace)}</div>
<form method="post" action="/act" class="composer">${hidden(look)}
<label for="command">Slash command</label>
<input id="command" name="text" value="/drawbridge " autocomplete="off">
<button name="do" value="command" class="primary">Send</button>
</form>
</main>
<div id="modal" data-version="${versionOf(form)}">${
    form !== undefined && formHtml(form, { as: user.id, in: place.id }, namesOf(workspace))
  }</div>
</html>
`;
}

/** What has to differ for the form to be drawn anew: not what somebody is typing into it. */
function versionOf(form: OpenView | undefined): string {
  if (form === undefined) return '';
  return [form.hash, JSON.stringify(form.errors), form.trouble].join(' ');
}

function actingHtml({ user, place }: Look, { users }: Workspace): Html {
  const options = [...users.values()].map(
    ({ id, name }) => html`<option value="${id}"${id === user.id && html` selected`}>${name}</option>`,
  );
  return html`<form method="get" action="/"><input type="hidden" name="in" value="${place.user === undefined ? place.id : ''}">
<label for="as">Acting as</label> <select id="as" name="as">${options}</select> <button>Switch</button></form>`;
}

function placesHtml({ user, place }: Look, { conversations }: Workspace): readonly Html[] {
  const channels = conversations.all().filter((one) => one.user === undefined);
  return [...channels, conversations.directWith(user.id)].map(
    (one) =>
      html`<li><a href="/?as=${user.id}&amp;in=${one.id}"${one.id === place.id && html` aria-current="page"`}>${titleOf(one)}</a></li>`,
  );
}

function titleOf({ name, user }: Conversation): string {
  return user === undefined ? `#${name}` : 'Drawbridge';
}

function conversationHtml(look: Look, workspace: Workspace): Html {
  const { user, place } = look;
  const messages = workspace.conversations.messages(place.id);
  const notes = workspace.notes.of(user.id).filter(({ channel }) => channel === place.id);
  const all = [...messages, ...notes].sort((one, other) => (one.ts < other.ts ? -1 : 1));
  if (all.length === 0) return html`<p class="context">Nothing has been said here.</p>`;
  const tops = all.filter(({ thread_ts: thread }) => thread === undefined);
  return html`${tops.map((top) => {
    const thread = all.filter(({ thread_ts: root }) => root === top.ts);
    const replies = html`<section class="thread" aria-label="Thread">${thread.map((one) => itemHtml(one, look, workspace))}</section>`;
    return html`${itemHtml(top, look, workspace)}${thread.length > 0 && replies}`;
  })}`;
}

function itemHtml(item: SlackMessage | PrivateNote, look: Look, workspace: Workspace): Html {
  const names = namesOf(workspace);
  const controls = {
    names,
    element: (_block: Block, element: Element) =>
      element.type === 'button'
        ? buttonHtml(element, { name: 'action', value: element.action_id ?? '' })
        : html``,
    input: () => html``,
  };
  const isNote = 'from' in item;
  const by = isNote && item.from === 'slack' ? 'Slackbot' : 'Drawbridge';
  return html`<article data-ts="${item.ts}"${isNote && html` class="private"`}>
<p class="by"><strong>${by}</strong> ${timeHtml(item.ts)}${isNote && html` <em>Only visible to you</em>`}${
    'edited' in item && item.edited !== undefined && html` <em>(edited)</em>`
  }</p>
<form method="post" action="/act">${hidden(look)}<input type="hidden" name="do" value="press"><input type="hidden" name="ts" value="${item.ts}">
${item.blocks.length === 0 ? html`<p>${formatted(item.text, names)}</p>` : blocksHtml(item.blocks, controls)}
</form>
</article>`;
}

function hidden({ user, place }: Look): Html {
  return html`<input type="hidden" name="as" value="${user.id}"><input type="hidden" name="in" value="${place.id}">`;
}

function timeHtml(ts: string): Html {
  const iso = new Date(Number(ts) * 1000).toISOString();
  return html`<time datetime="${iso}">${iso.slice(11, 16)} UTC</time>`;
}

function namesOf({ users, conversations }: Workspace): Names {
  return (id) => users.get(id)?.name ?? conversations.find(id)?.name ?? id;
}
