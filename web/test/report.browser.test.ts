import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './browser.ts';
import { poorContrasts } from './contrast.ts';
import { hostileResult, sampleOfTwoProducts, sampleResult, sampleWithFindings } from './sample-result.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await desk.close();
});

describe('the lanes', () => {
  it('stand in their order with now and guard apart', async () => {
    const { page, seen } = await desk.open(sampleResult());
    expect(await page.locator('#report .lane h2').allInnerTexts()).toEqual(['Code', 'Container', 'Cluster', 'Cloud']);
    const row = page.locator('.row', { hasText: 'Insecure Dockerfiles' });
    expect(await row.locator('.side').allInnerTexts()).toEqual(['Now mitigated', 'Guard open']);
    expect(await page.locator('.headline').innerText()).toBe(
      'No. 3 of 15 threats are open. 10 more could not be decided.',
    );
    expect((await page.locator('.count').allInnerTexts()).map((text) => text.trim())).toEqual([
      '3 open',
      '10 unknown',
      '1 mitigated',
      '1 not applicable',
    ]);
    expect(await page.locator('.meta').innerText()).toContain('2026-11-20 09:30 UTC');
    expect(await page.title()).toBe('shop · fourproof: 3 open, 10 unknown, 1 mitigated');
    expect(seen.errors).toEqual([]);
  });

  it('say that nothing is proven when there is no verdict', async () => {
    const { page } = await desk.open({ ...sampleResult(), verdicts: [] });
    expect(await page.locator('.headline').innerText()).toContain('Nothing was judged.');
    expect(await page.locator('.nothing').innerText()).toContain('nothing is proven');
  });
});

describe('the evidence', () => {
  it('opens from a deep link, with excerpt, path, input, grants and replay', async () => {
    const { page } = await desk.open(sampleResult(), '#/container/mutable-images');
    const evidence = page.locator('.evidence');
    expect(await evidence.locator('h2').innerText()).toContain('Mutable images');
    const finding = evidence.locator('.finding').first();
    expect(await finding.locator('mark').allInnerTexts()).toEqual(['aws-actions/configure-aws-credentials@v4']);
    expect(await finding.locator('.trace li').count()).toBe(3);
    expect(await finding.locator('.command code').innerText()).toBe('fourproof replay 7c20b8e94d11');
    expect(await evidence.locator('.gap').first().innerText()).toContain('unresolved-value');
  });

  it('opens the finding that a link names, for the product that it names', async () => {
    const { page } = await desk.open(
      sampleOfTwoProducts(),
      '#/code/leaked-secrets?product=back+office&finding=5d0f6612ab90',
    );
    expect(await page.locator('.evidence .tag').first().innerText()).toBe('back office');
    expect(await page.locator('.decision').innerText()).toContain('notifier team');
  });

  it('shows a proof with scope, method and witnesses', async () => {
    const { page } = await desk.open(sampleResult(), '#/code/leaked-secrets');
    const proof = await page.locator('.proof').first().innerText();
    expect(proof).toContain('18,412 files and git objects');
    expect(proof).toContain('1 finding is dismissed');
  });

  it('copies the command that is seen', async () => {
    const { page } = await desk.open(sampleResult(), '#/container/mutable-images');
    await page.locator('.finding .copy').first().click();
    await page.locator('.finding .copy', { hasText: 'Copied' }).waitFor();
    await page.locator('input[type=search]').focus();
    await page.keyboard.press('Control+v');
    expect(await page.locator('input[type=search]').inputValue()).toBe('fourproof replay 7c20b8e94d11');
  });

  it('shows a thousand findings step by step', async () => {
    const { page } = await desk.open(sampleWithFindings(1000), '#/container/mutable-images');
    expect(await page.locator('.finding').count()).toBe(25);
    await page.getByRole('button', { name: 'Show 50 more findings' }).click();
    expect(await page.locator('.finding').count()).toBe(75);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Reference number 25');
    await page.locator('input[type=search]').fill('number 777');
    await page.locator('.finding', { hasText: 'number 777' }).waitFor();
    expect(await page.locator('.finding').count()).toBe(1);
  });
});

describe('the filter', () => {
  it('narrows by status, layer and text, and is cleared', async () => {
    const { page } = await desk.open(sampleResult());
    const rows = page.locator('.row');
    await page.locator('.chip[data-status=open]').click();
    expect(await rows.count()).toBe(3);
    await page.locator('.chip[data-layer=container]').click();
    expect(await rows.count()).toBe(2);
    await page.locator('input[type=search]').fill('configure-aws');
    await page.getByText('1 of 15 threats').waitFor();
    expect(await rows.count()).toBe(1);
    await page.getByRole('button', { name: 'Clear filter' }).click();
    expect(await rows.count()).toBe(15);
  });

  it('narrows by product, also from the address', async () => {
    const { page } = await desk.open(sampleOfTwoProducts(), '#/?product=back+office');
    await page.getByText('12 of 27 threats').waitFor();
    await page.locator('select').selectOption('shop');
    await page.getByText('15 of 27 threats').waitFor();
    expect(await page.evaluate(() => location.hash)).toBe('#/?product=shop');
  });
});

describe('the keyboard', () => {
  it('walks the rows with arrows, reads with Enter, returns with Escape', async () => {
    const { page } = await desk.open(sampleResult());
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.matches('input[type=search]'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.locator('.evidence h2', { hasText: 'Request forgery' }).waitFor();
    expect(await page.locator('.row:focus').innerText()).toContain('Request forgery');
    expect(await page.locator('.row:focus').evaluate((row) => getComputedStyle(row).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'evidence-title');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.matches('.row'));
    expect(await page.locator('.evidence').count()).toBe(0);
    expect(await page.locator('.row:focus').innerText()).toContain('Request forgery');
    await page.keyboard.press('End');
    expect(await page.locator('.row:focus').innerText()).toContain('Unmanaged keys');
  });

  it('reaches the list with one tab stop and opens findings', async () => {
    const { page } = await desk.open(sampleResult(), '#/container/mutable-images');
    expect(await page.locator('.row[tabindex="0"]').count()).toBe(1);
    const second = page.locator('.finding summary').nth(1);
    await second.focus();
    await page.keyboard.press('Enter');
    await page.locator('.finding .decision').waitFor();
    expect(await page.locator('.finding .decision').innerText()).toContain('Accepted.');
  });
});

describe('hostile text', () => {
  it('stays text, and nothing leaves the page', async () => {
    const { page, seen } = await desk.open(hostileResult(), '#/container/mutable-images');
    expect(await page.locator('h1').innerText()).toContain('</script><script>alert(1)</script>');
    expect(await page.locator('h1').innerText()).toContain('⟨U+202E⟩');
    expect(await page.locator('#report img, #report script, #report [onload]').count()).toBe(0);
    expect(seen.dialogs).toEqual([]);
    expect(seen.errors).toEqual([]);
    expect(seen.requests.every((url) => url.startsWith('file:'))).toBe(true);
    expect(seen.requests).toHaveLength(1);
  });

  it('could not run even if it became markup', async () => {
    const { page, seen } = await desk.open(sampleResult());
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.ran = "yes"';
      document.body.append(script);
      return document.documentElement.dataset['ran'];
    });
    expect(ran).toBeUndefined();
    expect(seen.errors.join(' ')).toContain('Content Security Policy');
  });
});

describe('light, dark, narrow and paper', () => {
  it.each([false, true])('has contrast AA everywhere, dark: %s', async (dark) => {
    for (const hash of [
      '',
      '#/container/mutable-images',
      '#/code/leaked-secrets',
      '#/container/insecure-dockerfiles',
    ]) {
      const { page } = await desk.open(sampleResult(), hash, { dark });
      expect(await poorContrasts(page)).toEqual([]);
    }
  });

  it('switches the theme and keeps to it', async () => {
    const { page } = await desk.open(sampleResult(), '', { dark: true });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe('rgb(16, 17, 20)');
    await page.getByRole('button', { name: 'Light theme' }).click();
    await page.getByRole('button', { name: 'Dark theme' }).waitFor();
    // The button is drawn before the effect that sets the theme has run.
    await expect.poll(ground).toBe('rgb(255, 255, 255)');
  });

  it('fits 360 pixels, as list and as evidence', async () => {
    const { page } = await desk.open(sampleOfTwoProducts(), '', { width: 360 });
    const overflows = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(await overflows()).toBe(false);
    await page.locator('.row', { hasText: 'Injection' }).click();
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.lane').first().isVisible()).toBe(false);
    expect(await overflows()).toBe(false);
    await page.getByRole('button', { name: 'All threats' }).click();
    expect(await page.locator('.lane').first().isVisible()).toBe(true);
  });

  it('prints every threat opened, without controls, on white', async () => {
    const { page } = await desk.open(sampleResult(), '', { dark: true });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.locator('#print .evidence').first().waitFor();
    expect(await page.locator('#print .evidence').count()).toBe(15);
    expect(await page.locator('#print .finding[open]').count()).toBe(5);
    expect(await page.locator('button:visible, input:visible, select:visible').count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(await poorContrasts(page)).toEqual([]);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
  });

  it('prints a thousand findings, the first fifty whole, and says so', async () => {
    const { page } = await desk.open(sampleWithFindings(1000));
    await page.emulateMedia({ media: 'print' });
    await page.locator('#print .evidence').first().waitFor();
    const control = page.locator('#print .control', { hasText: 'Reference number 999' });
    expect(await control.locator('.finding').count()).toBe(1000);
    expect(await control.locator('.finding[open]').count()).toBe(50);
    expect(await control.locator('.note').innerText()).toContain('The first 50 findings are printed whole');
  });
});
