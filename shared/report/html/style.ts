import { NARROW } from './narrow.ts';
import { MOST_ORDERS } from './sortable.ts';

const THEMES = `
:root{--page:#fafaf8;--card:#fff;--ink:#1b1f24;--soft:#59616b;--line:#e2e4e7;--track:#eceef1;--accent:#2f58c9;--act:#b3261e;--act-wash:#fdf1f0;--look:#855300;--look-wash:#fdf6e7;--good:#1c6b43}
@media screen and (prefers-color-scheme:dark){:root{--page:#131519;--card:#1b1e24;--ink:#e7e9ec;--soft:#a6aeb9;--line:#2f343d;--track:#2a2f37;--accent:#8eaefc;--act:#ff9d93;--act-wash:#2b1b1b;--look:#f1c26a;--look-wash:#2a2418;--good:#7fd3a5}}
`;

const TEXT = `
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:0 1.5rem 4rem;max-width:80rem;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
h1,h2,h3,h4,h5,p,ul,ol,dl,dd,figure{margin:0;padding:0}
h1{font-size:2.4rem;line-height:1.15;letter-spacing:-.02em;font-weight:650}
h2{font-size:1.45rem;letter-spacing:-.01em;font-weight:650;margin-bottom:1.1rem}
h3{font-size:1.1rem;font-weight:650}
h4{font-size:1rem;font-weight:650;margin:1.75rem 0 .35rem}
h5{font-size:.82rem;font-weight:600;color:var(--soft);margin-bottom:.4rem}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
code{overflow-wrap:anywhere}
header{padding:3.5rem 0 1.25rem}
.brand{color:var(--accent);font-weight:650;margin-bottom:.35rem}
.period{color:var(--soft);font-size:1.1rem;margin-top:.35rem}
nav{border-block:1px solid var(--line);margin-bottom:2.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;list-style:none;padding:.6rem 0;font-size:.92rem}
nav a{text-decoration:none;display:inline-block;padding:.2rem 0}
nav a:hover{text-decoration:underline}
section>h3{margin:2rem 0 .5rem}
section>h3+p{margin-bottom:.6rem}
section{margin-bottom:4rem;scroll-margin-top:1rem}
footer{border-top:1px solid var(--line);padding-top:1.25rem;color:var(--soft);font-size:.85rem}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem}
.aside,.note{color:var(--soft);font-size:.86em}
.note{margin-top:.6rem}
.nothing{color:var(--soft);border-left:3px solid var(--good);padding:.2rem 0 .2rem .9rem}
.mark.act{color:var(--act)}.mark.look{color:var(--look)}.mark.good{color:var(--accent)}.mark.plain{color:var(--soft)}
`;

const PARTS = `
.lead{font-size:1.22rem;line-height:1.6;max-width:62ch;margin-bottom:1.75rem}
.highlights{list-style:none;display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr))}
.highlight{background:var(--card);border:1px solid var(--line);border-top:3px solid var(--soft);border-radius:8px;padding:1rem 1.2rem 1.1rem}
.weighs-act{border-top-color:var(--act)}.weighs-look{border-top-color:var(--look)}
.weight{font-size:.82rem;font-weight:650;color:var(--soft)}
.weighs-act .weight{color:var(--act)}.weighs-look .weight{color:var(--look)}
.sentence{font-weight:600;line-height:1.4;margin:.25rem 0 .55rem;overflow-wrap:anywhere}
.next{font-size:.92rem;color:var(--soft)}
.more{margin-top:1.1rem}.more summary{cursor:pointer;color:var(--accent)}.more ul{padding:.6rem 0 0 1.2rem;max-width:75ch}.more li{margin-bottom:.45rem}
.alarm-box{background:var(--look-wash);border:1px solid var(--look);border-left-width:5px;border-radius:8px;padding:.8rem 1.1rem;margin-bottom:1.5rem;max-width:75ch;overflow-wrap:anywhere}
.alarm-box ul{padding:.3rem 0 .3rem 1.2rem}.alarm-box li{margin-bottom:.3rem}
.calm-box{border:1px solid var(--line);border-left:5px solid var(--soft);border-radius:8px;background:var(--card);padding:.8rem 1.1rem;margin-bottom:1.5rem;max-width:75ch;color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(11.5rem,50%),1fr));background:var(--card);border:1px solid var(--line);border-radius:8px;overflow:hidden}
.card{box-shadow:0 0 0 .5px var(--line);padding:1rem 1.1rem}
.card dt{font-size:.86rem;color:var(--soft)}
.card .value{font-size:1.75rem;font-weight:650;letter-spacing:-.02em;line-height:1.25}
.role{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.4rem 1.5rem 1.6rem;margin-bottom:1.5rem}
.arn{color:var(--soft);margin-bottom:.5rem}
.role>p{max-width:75ch}.role>p+p:not(.arn+p){margin-top:.4rem}
.pastes{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));margin-top:1rem}
.pastes>div{min-width:0}
pre{margin:0;padding:.9rem 1rem;background:var(--page);border:1px solid var(--line);border-radius:6px;overflow:auto;max-height:34rem;user-select:all;white-space:pre-wrap}
pre code{font-size:1em}
`;

const TABLES = `
.sorts{border:0;margin:0 0 .6rem;padding:0;display:flex;flex-wrap:wrap;gap:.35rem;align-items:center;font-size:.86rem}
.sorts legend{float:left;color:var(--soft);padding:0;margin-right:.5rem}
.sorts legend .aside{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.sorts label{display:inline-flex;align-items:center;gap:.35rem;border:1px solid var(--line);border-radius:99px;padding:.14rem .75rem;cursor:pointer;background:var(--card)}
.sorts label:has(:checked){border-color:var(--accent);color:var(--accent);font-weight:600}
.sorts label:has(:focus-visible){outline:2px solid var(--accent);outline-offset:2px}
.sorts input{appearance:none;width:.55rem;height:.55rem;margin:0;border-radius:50%;border:1.5px solid var(--soft);outline:none}
.sorts input:checked{background:var(--accent);border-color:var(--accent)}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:8px}
.role .scroll{margin-top:.2rem}
.role .sortable{margin-top:1.1rem}
table{border-collapse:collapse;width:100%;font-size:.88rem}
.sortable table:nth-of-type(n+2){display:none}
caption{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
th,td{text-align:left;vertical-align:top;padding:.5rem .65rem;border-bottom:1px solid var(--line)}
tbody tr:last-child td{border-bottom:0}
tbody tr:hover td{background:var(--page)}
th{font-weight:600;color:var(--soft);white-space:nowrap}
th[aria-sort]{color:var(--ink)}
th[aria-sort]::after{content:" \\2193" / ""}
th[aria-sort=ascending]::after{content:" \\2191" / ""}
.number{text-align:right}
.name,.name code,td time{white-space:nowrap}
td bdi{overflow-wrap:anywhere}
td:has(bdi):not(.name){min-width:14rem}
td:has(.mark):not(.name){min-width:11rem}
td.number .aside,.below{display:block}
.id{font-size:.74rem;white-space:nowrap}
td .id{display:block;color:var(--soft)}
`;

/** Which table shows: the one of the order that is chosen. Where a browser knows no :has(), the first. */
const SORTING = Array.from({ length: MOST_ORDERS }, (_, index) => {
  const chosen = `.sortable:has(.sorts label:nth-of-type(${index + 1}) input:checked)`;
  return `${chosen} table{display:none}\n${chosen} table:nth-of-type(${index + 1}){display:table}`;
}).join('\n');

const CHARTS = `
.charts{display:grid;gap:1.25rem;grid-template-columns:repeat(2,minmax(0,1fr))}
.chart{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.25rem 1.4rem 1.3rem;min-width:0}
.chart:first-child{grid-column:1/-1}
figcaption p{color:var(--soft);font-size:.9rem;margin:.1rem 0 .8rem}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.84rem;color:var(--soft);margin-bottom:.9rem}
.legend li{display:flex;align-items:center;gap:.4rem}
.key{width:14px;height:14px;border-radius:3px}
.bars{list-style:none;display:grid;gap:.8rem}
.bars li{display:grid;grid-template-columns:1fr auto;gap:.15rem .75rem;font-size:.9rem}
.bar-name{font-weight:600;overflow-wrap:anywhere}
.bar{grid-row:2;grid-column:1/-1;width:100%;height:16px;border-radius:3px;background:var(--track);outline:1px solid var(--soft);display:block}
.timeline,.columns{width:100%;display:block;overflow:visible}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--soft)}
svg .lane,svg .column-count{fill:var(--ink);font-weight:600}
.used{fill:var(--accent)}
.denied-only{fill:url(#hatch)}
.not-observable{fill:url(#dots)}
.not-seen,.track{fill:var(--track)}
.idle{fill:var(--card);stroke:var(--accent);stroke-width:1.5}
.alarm{fill:var(--act);stroke:var(--card);stroke-width:1}
.tick{stroke:var(--line)}
.hatch-line{stroke:var(--look);stroke-width:3}
.hatch-ground,.dots-ground{fill:var(--track)}
.dot{fill:var(--soft)}
.patterns{position:absolute;width:0;height:0}
@media (max-width:52rem){.charts{grid-template-columns:minmax(0,1fr)}}
@media (max-width:30rem){body{padding:0 1rem 3rem}h1{font-size:2rem}header{padding-top:2rem}.role,.chart{padding:1.1rem}.lead{font-size:1.1rem}.tick-words{font-size:10px}}
`;

const PRINT = `
@page{size:auto;margin:14mm}
@media print{
:root{--page:#fff}
html{font-size:11px}
body{max-width:none;padding:0;font-size:11px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
header{padding-top:0}nav,.skip,.sorts,.next a{display:none}
section{margin-bottom:2rem}
.highlights{grid-template-columns:repeat(3,1fr)}
.scroll{overflow:visible;border-radius:0;border-width:1px 0}
pre{max-height:none;overflow:visible}
thead{display:table-header-group}
tr,.card,.highlight,.chart,pre,.alarm-box,.calm-box{break-inside:avoid}
h2,h3,h4,h5,figcaption{break-after:avoid}
table{font-size:9px}th,td{padding:.3rem .4rem}
td code,td bdi{overflow-wrap:anywhere}td.name bdi{overflow-wrap:normal}
th,.name code,td.name{white-space:normal}
td .id{font-size:.8em;white-space:normal}
td:has(bdi):not(.name),td:has(.mark){min-width:0}
.role{border:0;padding:0}
.more::details-content{content-visibility:visible;display:block}
a{color:inherit;text-decoration:none}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;

/** The one style of the page: light, dark and print; its hash is in the page's policy. */
export const STYLE = `${THEMES}${TEXT}${PARTS}${TABLES}${SORTING}${NARROW}${CHARTS}${PRINT}`;
