import type { Report } from '../../domain/report/report.ts';
import type { Highlight } from '../highlight.ts';
import { highlightsOf, SHOWN_FIRST } from '../highlights.ts';
import { summaryWords } from '../summary-words.ts';
import { section } from './common.ts';
import { type Html, html } from './html.ts';

const WEIGHT_WORDS = { act: 'Act now', look: 'Look into it', note: 'Could be less' } as const;

/** The report in one paragraph, and what matters most of it. */
export function summary(report: Report): Html {
  const found = highlightsOf(report);
  const rest = found.length - SHOWN_FIRST;
  return section(
    'summary',
    'In short',
    html`<p class="lead">${summaryWords(report)}</p>`,
    found.length === 0
      ? html`<p class="nothing">Nothing stands out: no use came round Drawbridge, and nothing lent was left unused.</p>`
      : html`<ol class="highlights">${found.slice(0, SHOWN_FIRST).map(highlight)}</ol>`,
    rest > 0
      ? html`<details class="more"><summary>What else stands out (${rest})</summary><ul>${found.slice(SHOWN_FIRST).map(further)}</ul></details>`
      : undefined,
  );
}

function highlight({ weight, sentence, next, section: id }: Highlight): Html {
  return html`<li class="highlight weighs-${weight}">
<p class="weight">${WEIGHT_WORDS[weight]}</p>
<p class="sentence">${sentence}</p>
<p class="next">${next} <a href="#${id}">See ${SECTION_WORDS[id]}</a></p>
</li>`;
}

function further({ sentence, next, section: id }: Highlight): Html {
  return html`<li>${sentence} ${next} <a href="#${id}">See ${SECTION_WORDS[id]}</a></li>`;
}

const SECTION_WORDS: Readonly<Record<Highlight['section'], string>> = {
  'out-of-band': 'what went round the side',
  standing: 'the standing access',
  changes: 'the changes',
  gaps: 'the gaps',
  roles: 'the roles',
  elevations: 'the elevations',
};
