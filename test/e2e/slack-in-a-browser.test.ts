import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { pending } from './elevation.ts';

const CHROMIUM = '/usr/bin/chromium';
const inBrowser = existsSync(CHROMIUM) ? test : test.skip;

let sandbox: Sandbox;
let browser: Browser | undefined;
beforeAll(async () => {
  sandbox = await startSandbox({});
  if (!existsSync(CHROMIUM)) return;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sandbox.stop();
});

/** The page of the workspace, and what it complained of. */
async function opened(): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  if (browser === undefined) throw new Error('There is no browser.');
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // An offer of options that comes too late for its form is refused, and the page goes on: no complaint of the page.
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(sandbox.endpoints.slack);
  return { page, complaints };
}

async function actAs(page: Page, name: string): Promise<void> {
  await page.getByLabel('Acting as').selectOption({ label: name });
  await page.getByRole('button', { name: 'Switch' }).click();
}

// Skipped where Chromium is not installed.
inBrowser(
  'Ruth presses Approve on the card, David asks by the form and gives back from the direct message',
  async () => {
    await pending(sandbox);
    await sandbox.settle();
    const { page, complaints } = await opened();
    await actAs(page, 'Ruth');
    await page.getByRole('link', { name: 'production-access' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('You have approved update-app for david (1h).').first().waitFor();
    await sandbox.settle();
    await page.getByText('Approved: update-app for david').first().waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);

    await actAs(page, 'David');
    await page.getByLabel('Slash command').fill('/drawbridge');
    await page.getByRole('button', { name: 'Send' }).click();
    const form = page.getByRole('dialog', { name: 'Ask for a role' });
    await form.getByLabel('Search Role').fill('read-b');
    await form.getByLabel('Role', { exact: true }).selectOption({ label: 'read-billing' });
    await form.getByText('Up to 1h, by rule billing-for-an-hour').waitFor();
    await form.getByLabel('For how long').selectOption({ label: '30m' });
    await form.getByLabel('Reason').fill('Look at the costs');
    await form.getByRole('button', { name: 'Ask' }).click();
    await form.waitFor({ state: 'detached' });
    await sandbox.settle();
    await page.getByRole('link', { name: 'Drawbridge' }).click();
    await page.getByRole('button', { name: 'Return' }).last().click();
    await page.getByText('You have returned read-billing for david (30m).').first().waitFor();
    expect(complaints).toEqual([]);
  },
  60_000,
);
