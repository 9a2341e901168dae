import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { RELEASES, type Stage, section, startStage } from './workspace.ts';

/** A browser takes its time on a busy machine. */
const PATIENCE_MS = 60_000;

const CHROMIUM = '/usr/bin/chromium';
const inBrowser = existsSync(CHROMIUM) ? describe : describe.skip;

inBrowser('in a browser', () => {
  let browser: Browser;
  let stage: Stage;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  }, PATIENCE_MS);
  afterAll(() => browser.close(), PATIENCE_MS);

  beforeEach(async () => {
    stage = await startStage();
    page = await browser.newPage();
    troubles.length = 0;
    page.on('pageerror', ({ message }) => troubles.push(message));
    page.on('console', (said) => said.type() === 'error' && troubles.push(said.text()));
    await page.goto(stage.slack.url);
  }, PATIENCE_MS);
  afterEach(async () => {
    await page.close();
    await stage.stop();
    expect(troubles).toEqual([]);
  }, PATIENCE_MS);

  const plain = (text: string) => ({ type: 'plain_text', text });

  test(
    'a message appears by itself, and its button is pressed once the question is answered',
    async () => {
      const { app, client } = stage;
      const confirm = {
        title: plain('Sure?'),
        text: plain('It lives.'),
        confirm: plain('Yes'),
        deny: plain('No'),
      };
      const button = { type: 'button', action_id: 'revoke', text: plain('Revoke'), confirm };
      await client.apiCall('chat.postMessage', {
        channel: RELEASES,
        blocks: [{ type: 'actions', elements: [button] }],
      });
      await page.getByRole('button', { name: 'Revoke' }).click();
      await page.getByRole('dialog', { name: 'Sure?' }).getByRole('button', { name: 'No' }).click();
      expect(app.asked).toEqual([]);
      app.answer(async ({ payload }) => {
        const { message_ts: ts } = payload['container'] as { message_ts: string };
        await client.chat.update({ channel: RELEASES, ts, text: 'revoked', blocks: [section('Revoked')] });
        return {};
      });
      await page.getByRole('button', { name: 'Revoke' }).click();
      await page.getByRole('dialog', { name: 'Sure?' }).getByRole('button', { name: 'Yes' }).click();
      await page.getByText('Revoked').waitFor();
      expect(app.asked).toHaveLength(1);
    },
    PATIENCE_MS,
  );

  test(
    'a form finds a role, follows the app’s change of the view, keeps what is typed, and is sent',
    async () => {
      const { app, client } = stage;
      const role = {
        type: 'input',
        block_id: 'role',
        dispatch_action: true,
        label: plain('Role'),
        element: { type: 'external_select', action_id: 'role', min_query_length: 0 },
      };
      const reason = {
        type: 'input',
        block_id: 'reason',
        label: plain('Reason'),
        element: { type: 'plain_text_input', action_id: 'reason' },
      };
      const typed = Promise.withResolvers<void>();
      const view = (...more: readonly object[]) => ({
        type: 'modal',
        title: plain('Borrow a role'),
        submit: plain('Ask'),
        blocks: [role, reason, ...more],
      });
      app.answer(async ({ door, fields, payload }) => {
        if (door.endsWith('commands')) {
          await client.apiCall('views.open', { trigger_id: fields['trigger_id'], view: view() });
        } else if (door.endsWith('options')) {
          const found = ['read-billing', 'update-app'].filter((name) =>
            name.includes(String(payload['value'])),
          );
          return { json: { options: found.map((value) => ({ text: plain(value), value })) } };
        } else if (payload['type'] === 'block_actions') {
          const { id } = payload['view'] as { id: string };
          await typed.promise;
          await client.apiCall('views.update', { view_id: id, view: view(section('Needs one approval')) });
        }
        return {};
      });
      await page.getByLabel('Acting as').selectOption('David');
      await page.getByRole('button', { name: 'Switch' }).click();
      await page.getByLabel('Slash command').fill('/drawbridge');
      await page.getByRole('button', { name: 'Send' }).click();
      const dialog = page.getByRole('dialog', { name: 'Borrow a role' });
      await dialog.getByLabel('Search Role').fill('upd');
      await dialog.getByLabel('Role', { exact: true }).selectOption('update-app');
      await dialog.getByLabel('Reason').fill('fix the banner');
      typed.resolve();
      await dialog.getByText('Needs one approval').waitFor();
      await dialog.getByRole('button', { name: 'Ask' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(app.asked.at(-1)?.payload).toMatchObject({
        type: 'view_submission',
        user: { id: 'U0DAVID' },
        view: {
          state: {
            values: {
              role: { role: { selected_option: { value: 'update-app' } } },
              reason: { reason: { value: 'fix the banner' } },
            },
          },
        },
      });
    },
    PATIENCE_MS,
  );
});
