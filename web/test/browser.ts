import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Result } from '../../src/model/index.ts';
import { renderHtml } from '../../src/reports/html.ts';

const TEMPLATE = new URL('../dist/index.html', import.meta.url);

/** What a page did that it should not have done. */
export interface Seen {
  readonly requests: string[];
  readonly errors: string[];
  readonly dialogs: string[];
}

export interface Opened {
  readonly page: Page;
  readonly seen: Seen;
}

/** Writes reports into a folder of their own and opens them in Chromium as files. */
export interface Desk {
  readonly open: (result: Result, hash?: string, options?: { width?: number; dark?: boolean }) => Promise<Opened>;
  readonly close: () => Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'fourproof-report-'));
  const template = readFileSync(TEMPLATE, 'utf8');
  const browser = await launch();
  let count = 0;
  return {
    async open(result, hash = '', { width = 1280, dark = false } = {}) {
      const file = join(folder, `report-${count++}.html`);
      writeFileSync(file, renderHtml(result, template));
      const page = await browser.newPage({
        viewport: { width, height: 800 },
        colorScheme: dark ? 'dark' : 'light',
      });
      const seen = watch(page);
      await page.goto(pathToFileURL(file).href + hash);
      await page.locator('#report').locator('h1, .failure').first().waitFor({ state: 'attached' });
      return { page, seen };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function watch(page: Page): Seen {
  const seen: Seen = { requests: [], errors: [], dialogs: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('pageerror', (error) => seen.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') seen.errors.push(message.text());
  });
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return seen;
}
