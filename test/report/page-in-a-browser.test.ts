import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jest } from '@jest/globals';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import type { Report } from '../../shared/domain/report/report.ts';
import { reportPage } from '../../shared/report/html/page.ts';
import { aReport } from './a-report.ts';
import { hostileReports } from './busy-report.ts';

const CHROMIUM = '/usr/bin/chromium';
/** Skipped, visibly, where Chromium is not installed. */
const inBrowser = existsSync(CHROMIUM) ? test : test.skip;

jest.setTimeout(60_000);

let folder: string;
let browser: Browser | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-report-'));
  if (!existsSync(CHROMIUM)) return;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The page opened from a file, with what it asked for and what the browser complained of. */
async function opened(markup: string, options: BrowserContextOptions = {}) {
  if (browser === undefined) throw new Error('There is no browser.');
  const file = join(folder, 'report.html');
  writeFileSync(file, markup);
  const page = await browser.newPage(options);
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  await page.goto(pathToFileURL(file).href);
  return { page, requests, complaints };
}

async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run(document)')) as axe.AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

const REPORTS: readonly (readonly [what: string, report: Report])[] = [
  ['a week in which everything happened', aReport()],
  [
    'a week in which nothing happened',
    aReport({ elevations: [], roles: [], outOfBand: [], changes: [], gaps: [], unmapped: [], reopened: [] }),
  ],
];
const MEDIA = [
  ['light', { colorScheme: 'light', media: 'screen' }],
  ['dark', { colorScheme: 'dark', media: 'screen' }],
  ['printed', { colorScheme: 'dark', media: 'print' }],
] as const;

inBrowser.each(
  REPORTS.flatMap(([what, report]) => MEDIA.map(([name, media]) => [what, name, report, media] as const)),
)('axe finds nothing on %s, %s', async (_what, _name, report, media) => {
  const { page } = await opened(reportPage(report, sha256));
  await page.emulateMedia(media);
  expect(await violationsOn(page)).toEqual([]);
  await page.close();
});

inBrowser('axe finds nothing on a phone, where rows are cards', async () => {
  const { page } = await opened(reportPage(aReport(), sha256), { viewport: { width: 390, height: 900 } });
  expect(await violationsOn(page)).toEqual([]);
  await page.close();
});

inBrowser('the page asks for nothing but itself, and the browser has nothing to complain of', async () => {
  const { page, requests, complaints } = await opened(reportPage(aReport(), sha256));
  expect(requests).toEqual([page.url()]);
  expect(complaints).toEqual([]);
  await page.close();
});

const PLANTED = [
  ['a script', '<script>document.title = "taken"</script>', /script/],
  ['an event handler', '<img src="x" onerror="document.title = \'taken\'">', /img|image/i],
  ['a style', '<style>main { display: none }</style>', /style/],
  ['a style attribute', '<p style="position: fixed">over all</p>', /style/],
  ['an image from elsewhere', '<img src="https://evil.example/seen.png">', /evil\.example/],
] as const;

inBrowser.each(PLANTED)(
  '%s that got into the page would be blocked by its policy',
  async (_what, planted, complaint) => {
    const { page, complaints } = await opened(
      reportPage(aReport(), sha256).replace('<main>', `<main>${planted}`),
    );
    expect(complaints.join('\n')).toMatch(complaint);
    expect(complaints.join('\n')).toContain('Content Security Policy');
    expect(await page.title()).toMatch(/^Access report/);
    expect(await page.locator('main').isVisible()).toBe(true);
    await page.close();
  },
);

inBrowser.each(hostileReports.map(([text, report]) => [text.slice(0, 60), text, report] as const))(
  'what somebody wrote is shown as text, and the page stays whole: %j',
  async (_shown, text, report) => {
    const { page, complaints, requests } = await opened(reportPage(report, sha256), {
      viewport: { width: 390, height: 800 },
    });
    expect(complaints).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(await page.locator('img, script, a[href^="http"]').count()).toBe(0);
    expect(await page.locator('footer').isVisible()).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    const visible = text.slice(0, 12).replace('\u202e', '⟨U+202E⟩').replace('\ud800', '⟨U+D800⟩');
    expect(await page.locator('#elevations table').first().innerText()).toContain(visible);
    await page.close();
  },
);

const SORTED = '#elevations table:visible';

async function firstRow(page: Page): Promise<string> {
  return page.locator(`${SORTED} tbody tr`).first().innerText();
}

inBrowser('a table is sorted with the mouse', async () => {
  const { page } = await opened(reportPage(aReport(), sha256));
  expect(await firstRow(page)).toContain('22 Nov 2026, 14:00');
  await page.locator('#elevations').getByLabel('Person').click();
  expect(await firstRow(page)).toContain('david');
  await page.locator('#elevations').getByLabel('Calls').click();
  expect(await firstRow(page)).toContain('maria');
  expect(await page.locator(SORTED).count()).toBe(1);
  expect(await page.locator(`${SORTED} th[aria-sort=descending]`).innerText()).toBe('Calls');
  await page.close();
});

inBrowser('a table is sorted with the keyboard, and no other with it', async () => {
  const { page } = await opened(reportPage(aReport(), sha256));
  await page.locator('#elevations input:checked').focus();
  for (const _press of [1, 2, 3]) await page.keyboard.press('ArrowRight');
  expect(await page.locator(`${SORTED} th[aria-sort]`).innerText()).toBe('State');
  expect(await firstRow(page)).toContain('approved');
  expect(await page.locator('#out-of-band table:visible th[aria-sort]').innerText()).toBe('Time');
  await page.close();
});

inBrowser.each([1280, 390])(
  'at a width of %i nothing makes the page wider than the window',
  async (width) => {
    const { page } = await opened(reportPage(aReport(), sha256), { viewport: { width, height: 900 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.close();
  },
);

inBrowser(
  'on a phone nothing of a table lies beyond the edge, and each cell says which column it is',
  async () => {
    const { page } = await opened(reportPage(aReport(), sha256), { viewport: { width: 390, height: 900 } });
    expect(
      await page.evaluate(`[...document.querySelectorAll('.sortable .scroll')]
      .filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.ariaLabel)`),
    ).toEqual([]);
    const named = (await page.evaluate(`[...document.querySelectorAll('.sortable table')].map((table) => [
    [...table.querySelectorAll('th')].map((head) => head.innerText),
    [...table.querySelectorAll('tbody tr:first-child td')].map((cell) =>
      /^"([^"]*)"/.exec(getComputedStyle(cell, '::before').content)?.[1]),
  ])`)) as (readonly [heads: readonly string[], names: readonly string[]])[];
    expect(named.length).toBeGreaterThan(5);
    for (const [heads, names] of named) expect(names).toEqual(heads);
    await page.close();
  },
);

inBrowser('whoever uses the keyboard can skip to the summary at once, and goes on from there', async () => {
  const { page } = await opened(reportPage(aReport(), sha256));
  const focused = () => page.evaluate('document.activeElement.innerText');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the summary');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('See what went round the side');
  await page.close();
});

inBrowser('what is printed has the table heads again on each page, and no row in two', async () => {
  const { page } = await opened(reportPage(aReport(), sha256));
  await page.emulateMedia({ media: 'print' });
  const styleOf = (selector: string, property: string) =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`);
  expect(await styleOf('thead', 'display')).toBe('table-header-group');
  expect(await styleOf('tbody tr', 'break-inside')).toBe('avoid');
  expect(await page.locator('.sorts').first().isVisible()).toBe(false);
  expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
  await page.close();
});
