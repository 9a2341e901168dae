import type { Sha256 } from '../../domain/hash.ts';
import type { Report } from '../../domain/report/report.ts';
import { periodInUtc, periodWords } from '../words.ts';
import { approvalTimes } from './charts/approval-times.ts';
import { patterns } from './charts/patterns.ts';
import { permissionBars } from './charts/permission-bars.ts';
import { timeline } from './charts/timeline.ts';
import { section } from './common.ts';
import { elevations } from './elevations.ts';
import { changes, outOfBand, standingAccess } from './findings.ts';
import { further } from './further.ts';
import { blindness, gaps } from './gaps.ts';
import { type Html, html } from './html.ts';
import { numbers } from './numbers.ts';
import { roles } from './roles.ts';
import { STYLE } from './style.ts';
import { summary } from './summary.ts';

const CONTENTS = [
  ['summary', 'In short'],
  ['numbers', 'In numbers'],
  ['charts', 'At a glance'],
  ['out-of-band', 'Round the side'],
  ['standing', 'Standing access'],
  ['changes', 'Changes'],
  ['gaps', 'Gaps'],
  ['roles', 'Roles'],
  ['elevations', 'Elevations'],
  ['further', 'Further'],
] as const;

/**
 * The report as one page that needs nothing else: no script, no request, no style but its own. What anybody wrote is text,
 * and should markup ever come through, the policy of the page lets nothing run or load.
 */
export function reportPage(report: Report, sha256: Sha256): string {
  const title = `Access report, ${periodWords(report.period)}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(sha256)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
${patterns()}
<a class="skip" href="#summary">Skip to the summary</a>
<header><p class="brand">Drawbridge</p><h1>Access report</h1><p class="period">${periodInUtc(report.period)}</p></header>
<nav aria-label="Contents"><ul>${CONTENTS.map(([id, words]) => html`<li><a href="#${id}">${words}</a></li>`)}</ul></nav>
<main>
${blindness(report)}
${[summary(report), numbers(report), charts(report), outOfBand(report), standingAccess(report)]}
${[changes(report), gaps(report), roles(report), elevations(report), further(report)]}
</main>
<footer><p>Access file <code>${report.accessVersion}</code>. Catalogue of actions ${report.catalogueVersion}. The same data is in <code>report.json</code> and the CSV files beside this page; <code>manifest.json</code> has their hashes.</p></footer>
</body>
</html>
`.html;
}

/** Only the one style of the page counts, by its hash; everything else is refused. */
function policyOf(sha256: Sha256): string {
  const digest = Buffer.from(sha256(STYLE), 'hex').toString('base64');
  return `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
}

function charts(report: Report): Html | undefined {
  const all = [timeline(report), permissionBars(report), approvalTimes(report)].filter(
    (chart) => chart !== undefined,
  );
  return section(
    'charts',
    'At a glance',
    all.length > 0
      ? html`<div class="charts">${all}</div>`
      : html`<p class="nothing">There is nothing to draw.</p>`,
  );
}
