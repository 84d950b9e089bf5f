// Every kind of page of the sample site, for colleagues and for customers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { accessible, staysHome, valid } from './checks.mjs';
import { build, close, open, sample } from './harness.mjs';
import { deadLinks, files } from './links.mjs';

after(close);

for (const audience of ['internal', 'public']) {
  test(`the ${audience} site: every page is valid HTML and every link leads somewhere`, async (t) => {
    const site = build(t, sample(t), '--audience', audience);
    assert.deepEqual(deadLinks(site), []);
    const pages = files(site).filter((file) => file.endsWith('.html'));
    assert.ok(pages.length > 20, `only ${pages.length} pages`);
    const titles = new Map();
    for (const page of pages) {
      const html = readFileSync(join(site, page), 'utf8');
      await valid(html, page);
      if (html.includes('http-equiv="refresh"')) continue;
      const title = html.match(/<title>([^<]*)<\/title>/)?.[1];
      assert.ok(title, `${page} has no title`);
      assert.ok(!titles.has(title), `${page} and ${titles.get(title)} are both called ${title}`);
      titles.set(title, page);
    }
  });

  test(`the ${audience} site has no barrier, in light and dark, on phone, tablet and desk, from disk`, async (t) => {
    const site = build(t, sample(t), '--audience', audience);
    const one = (folder) => files(join(site, folder)).filter((file) => file.endsWith('.html') && file !== 'index.html').map((file) => join(folder, file));
    const some = (folder, n) => one(folder).filter((_, place, all) => place % Math.max(1, Math.floor(all.length / n)) === 0);
    // The page for addresses that lead nowhere is shown by servers alone, from any depth, so its links name the host.
    const top = files(site).filter((file) => file.endsWith('.html') && !file.includes('/') && file !== '404.html');
    const pages = [...top, 'incidents/index.html', ...some('incidents', 6), 'components/index.html', ...some('components', 1), ...some('tags', 1)];
    const page = await open(t);
    const home = pathToFileURL(site).href;
    await staysHome(page, 'file:', async () => {
      for (const path of pages) {
        await page.goto(`${home}/${path}`);
        await accessible(page);
      }
    });
    assert.deepEqual(page.problems, []);
  });
}

test('all text is there without scripts', async (t) => {
  const site = build(t, sample(t));
  const home = pathToFileURL(site).href;
  const withScripts = await open(t);
  const without = await open(t, { javaScriptEnabled: false });
  const path = files(join(site, 'incidents')).find((file) => file !== 'index.html' && file.endsWith('.html'));
  for (const page of ['index.html', `incidents/${path}`, 'actions.html', 'search.html']) {
    await withScripts.goto(`${home}/${page}`);
    await without.goto(`${home}/${page}`);
    const words = (of) => of.locator('main').evaluate((main) => {
      const copy = main.cloneNode(true);
      copy.querySelectorAll('[data-enhanced],[hidden],script').forEach((one) => one.remove());
      // Scripts order rows anew; the blanks between them are no text.
      return copy.textContent.replace(/\s+/g, '');
    });
    assert.equal(await words(without), await words(withScripts), page);
  }
});

test('printed from a dark screen, text is dark and controls are gone', async (t) => {
  const site = build(t, sample(t));
  const path = files(join(site, 'incidents')).find((file) => file !== 'index.html' && file.endsWith('.html'));
  const page = await open(t, { colorScheme: 'dark' });
  await page.goto(`${pathToFileURL(site).href}/incidents/${path}`);
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => {
    const luminance = (color) => color.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
    const shown = (selector) => [...document.querySelectorAll(selector)].some((one) => one.getClientRects().length > 0);
    return { ink: luminance(getComputedStyle(document.querySelector('main p, main li')).color), menu: shown('header nav, header form, aside nav') };
  });
  assert.ok(seen.ink < 90, `ink has lightness ${seen.ink}`);
  assert.equal(seen.menu, false);
});

test('every kind of page fits a sheet of A4, and nothing is printed that wants to be pressed', async (t) => {
  const site = build(t, sample(t));
  const page = await open(t, { viewport: { width: 718, height: 1000 } });
  const one = (folder) => `${folder}/${files(join(site, folder)).find((file) => file !== 'index.html' && file.endsWith('.html'))}`;
  const pages = ['index.html', 'stats.html', 'actions.html', 'search.html', ...['incidents', 'families', 'components', 'tags', 'stats'].map(one)];
  for (const path of pages) {
    await page.goto(`${pathToFileURL(site).href}/${path}`);
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => {
      const stands = (control) => control.getBoundingClientRect().width > 1 && getComputedStyle(control).visibility !== 'hidden';
      const { scrollWidth, clientWidth } = document.documentElement;
      return { over: Math.max(0, scrollWidth - clientWidth), controls: [...document.querySelectorAll('button, input, select')].filter(stands).length };
    });
    assert.deepEqual(seen, { over: 0, controls: 0 }, path);
    await page.emulateMedia({ media: 'screen' });
  }
});

test('the first stop of the keyboard is a link to the content, and it works', async (t) => {
  const site = build(t, sample(t));
  const page = await open(t);
  await page.goto(`${pathToFileURL(site).href}/index.html`);
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('href') ?? ''), /#main$/);
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
});

test('the colour scheme can be chosen and is remembered', async (t) => {
  const site = build(t, sample(t));
  const page = await open(t, { colorScheme: 'light' });
  await page.goto(`${pathToFileURL(site).href}/index.html`);
  const button = page.getByRole('button', { name: /theme/i });
  const chosen = () => page.evaluate(() => document.documentElement.dataset.theme ?? 'auto');
  const before = await chosen();
  await button.press('Enter');
  const after = await chosen();
  assert.notEqual(after, before);
  await page.reload();
  assert.equal(await chosen(), after);
});
