import type { Narrower, Report, RoleReport } from '../../domain/report/report.ts';
import { counted, grouped, lengthWords, times } from '../words.ts';
import { countsOf, SEEN_WORDS } from './charts/permission-bars.ts';
import { section } from './common.ts';
import { type Html, html, typed } from './html.ts';
import { permissionsTable } from './permissions.ts';

const MOST_ROLES = 40;
const MOST_NAMES = 12;

/** Each role: what it may do, what was done, and the less that would have been enough. */
export function roles(report: Report): Html {
  const inOrder = report.roles.toSorted((one, other) => interest(other) - interest(one));
  const left = inOrder.length - MOST_ROLES;
  return section(
    'roles',
    'Roles',
    left > 0
      ? html`<p class="note">The ${MOST_ROLES} roles of ${grouped(inOrder.length)} with most to take away; <code>permissions.csv</code> has all.</p>`
      : undefined,
    inOrder.slice(0, MOST_ROLES).map(roleSection),
  );
}

/** Roles with a proposal first, then those lent most. */
function interest({ narrower, elevations }: RoleReport): number {
  return (narrower === undefined ? 0 : 1e9) + elevations;
}

function roleSection(role: RoleReport): Html {
  return html`<article class="role" aria-labelledby="role-${role.role}">
<h3 id="role-${role.role}">${role.role}</h3>
<p class="arn"><code>${role.arn}</code>${role.inCatalog ? undefined : html` <span class="aside">has left the catalog</span>`}</p>
<p>${roleWords(role)}</p>
${role.policiesUnknown === undefined ? undefined : html`<div class="alarm-box"><p><strong>Nothing is called unused here.</strong> The policies could not be read: ${typed(role.policiesUnknown)}</p></div>`}
${role.permissions.length > 0 ? permissionsTable(role) : undefined}
${role.unexpanded.length > 0 ? html`<p class="note">Not expanded, as their service is not known: ${codes(role.unexpanded)}</p>` : undefined}
${role.narrower && proposal(role.narrower, role)}
</article>`;
}

function roleWords(role: RoleReport): string {
  const counts = countsOf(role);
  const seen = SEEN.filter((as) => counts[as] > 0);
  if (seen.length === 0) return lentWords(role);
  const total = seen.reduce((sum, as) => sum + counts[as], 0);
  const words = seen.map((as) => `${grouped(counts[as])} ${SEEN_WORDS[as].toLowerCase()}`);
  return `${lentWords(role)} It grants ${counted(total, 'permission')}: ${words.join(', ')}.`;
}

const SEEN = ['used', 'denied-only', 'not-seen', 'not-observable'] as const;

function lentWords({ elevations, people, lent, permissions }: RoleReport): string {
  if (elevations > 0)
    return `Lent ${times(elevations)} to ${counted(people, 'person', 'people')} for ${lengthWords(lent)} in all.`;
  const wasUsed = permissions.some(({ seen }) => seen.as === 'used');
  return wasUsed
    ? 'It was not lent in this period, and was used all the same.'
    : 'It was not lent in this period.';
}

function proposal(narrower: Narrower, { role }: RoleReport): Html {
  const { actionsBefore, actionsAfter, proof, left, kept, conditional = [] } = narrower;
  return html`<h4>What would have been enough</h4>
<p>${counted(actionsAfter, 'action')} instead of ${grouped(actionsBefore)}. ${proofWords(proof)}</p>
${left.length > 0 ? html`<p>It leaves out ${codes(left)}, which nobody used.</p>` : undefined}
${kept.length > 0 ? html`<p>It keeps ${codes(kept)}, since nobody can see whether they are used.</p>` : undefined}
${conditional.length > 0 ? html`<p>The role has ${codes(conditional)} under conditions, which the policy does not repeat: keep those too.</p>` : undefined}
<div class="pastes">
<div><h5>Policy of the role</h5><pre role="group" tabindex="0" aria-label="Policy of ${role}"><code>${JSON.stringify(narrower.policy, null, 2)}</code></pre></div>
<div><h5>Scope in the access file</h5><pre role="group" tabindex="0" aria-label="Scope of ${role}"><code>${narrower.scope}</code></pre></div>
</div>`;
}

function proofWords({ events, matched }: Narrower['proof']): string {
  if (events === 0) return 'No call was allowed in this period that it could have broken.';
  if (events === matched)
    return `It would have broken nothing in this period: ${events === 1 ? 'the one allowed call matches' : `all ${grouped(events)} allowed calls match`} it.`;
  return `It would have broken ${counted(events - matched, 'call')} of ${grouped(events)} in this period: do not apply it as it is.`;
}

function codes(names: readonly string[]): Html {
  const shown = names.slice(0, MOST_NAMES);
  const left = names.length - shown.length;
  const parts = shown.map((name, index) => html`${index > 0 ? ', ' : ''}<code>${name}</code>`);
  return html`${parts}${left > 0 ? ` and ${grouped(left)} more` : ''}`;
}
