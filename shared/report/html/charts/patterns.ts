import { type Html, html } from '../html.ts';

/** The patterns of the charts, so that nothing is told by colour alone; once on the page. */
export function patterns(): Html {
  return html`<svg class="patterns" aria-hidden="true"><defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="1.5" x2="1.5" y1="0" y2="6"/></pattern>
<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="dots-ground" width="5" height="5"/><circle class="dot" cx="2.5" cy="2.5" r="1.1"/></pattern>
</defs></svg>`;
}
