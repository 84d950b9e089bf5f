// At the author's side in `kb serve`: what stays when a page changes, what is told beside it, and what the public would see.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { close, open, sample, serve } from './harness.mjs';

after(close);
const limit = { timeout: 60_000 };

const draft = (words, more = '') => `---
title: Queue stood still again
id: PM-900
date: 2026-11-23
resolved: 2026-11-24 09:00
timezone: UTC
components: [kafka]
visibility: public
---
# Queue stood still again

## Summary

${words}

<!-- internal -->
Only colleagues read this.
<!-- /internal -->

## Details

<details id="more"><summary>More of it</summary>

A paragraph inside.

</details>

${Array.from({ length: 40 }, (_, n) => `Paragraph ${n} of a long report about the queue.`).join('\n\n')}

## Action items

- [ ] Alert on lag of the queue${more}
`;

async function writing(t, ...args) {
  const folder = sample(t), file = join(folder, 'content/2026/2026-11-23-queue.md');
  writeFileSync(file, draft('It stood still for an hour.'));
  const { address, said } = await serve(t, folder, ...args);
  const page = await open(t);
  await page.goto(`${address}/incidents/pm-900.html`);
  await page.locator('.kb-bar').waitFor({ timeout: 10_000 });
  await page.evaluate(() => { window.stayed = true; });
  return { folder, file, address, said, page };
}

/** Waits for `words` in the page, which must not have been loaded again. */
async function shows(page, words) {
  await page.locator('main').getByText(words).first().waitFor({ state: 'attached', timeout: 10_000 });
  assert.equal(await page.evaluate(() => window.stayed), true, 'the page was loaded again as a whole');
}

test('a save leaves disclosures open, the focus where it is, and what was typed in the search box', limit, async (t) => {
  const { file, page } = await writing(t);
  const state = () => page.evaluate(() => ({
    open: [...document.querySelectorAll('details')].filter((one) => one.open && !one.closest('.kb-dev')).length,
    focus: document.activeElement.id,
    typed: document.activeElement.value,
    marked: [document.activeElement.selectionStart, document.activeElement.selectionEnd],
    scroll: Math.round(scrollY),
  }));
  await page.evaluate(() => document.querySelectorAll('main details').forEach((one) => { one.open = true; }));
  await page.evaluate(() => window.scrollTo(0, 900));
  await page.keyboard.press('/');
  await page.keyboard.type('half a thought');
  await page.evaluate(() => document.activeElement.setSelectionRange(2, 6));
  const before = await state();
  assert.ok(before.open >= 1 && before.typed === 'half a thought', JSON.stringify(before));
  writeFileSync(file, draft('It stood still for two hours.'));
  await shows(page, 'for two hours');
  const { scroll, ...rest } = await state(), { scroll: was, ...wanted } = before;
  assert.deepEqual(rest, wanted);
  assert.ok(Math.abs(scroll - was) <= 60, `${scroll} after ${was}`);
});

test('what is read stays where it is while something above it grows', limit, async (t) => {
  const { file, page } = await writing(t);
  const line = page.getByText('Paragraph 20 of a long report');
  await line.evaluate((one) => one.scrollIntoView({ block: 'start' }));
  await page.evaluate(() => window.scrollBy(0, -60));
  const before = (await line.boundingBox()).y;
  writeFileSync(file, draft(Array.from({ length: 12 }, (_, n) => `Added line ${n}.`).join('\n\n')));
  await shows(page, 'Added line 11.');
  await page.waitForTimeout(500);
  const after = (await line.boundingBox()).y;
  assert.ok(Math.abs(after - before) <= 2, `${after} after ${before}`);
});

test('a passage that moves takes nothing of what stays with it', limit, async (t) => {
  const { file, page } = await writing(t);
  const passage = (n) => page.getByText(`Paragraph ${n} of a long report`);
  for (const n of [3, 20, 38]) await passage(n).evaluate((one, n) => { one.mark = n; }, n);
  const last = 'Paragraph 39 of a long report about the queue.';
  writeFileSync(file, draft(`It stood still.\n\n${last}`).replace(`${last}\n\n## Action`, '## Action'));
  await page.waitForFunction((last) => document.querySelector('main').textContent.split(last)[1]?.includes('Paragraph 0 of'), last, { timeout: 10_000 });
  for (const n of [3, 20, 38]) assert.equal(await passage(n).evaluate((one) => one.mark), n, `paragraph ${n} was made anew`);
});

test('a change elsewhere is a quiet note: nothing moves', limit, async (t) => {
  const { folder, page } = await writing(t);
  await page.evaluate(() => window.scrollTo(0, 600));
  const before = await page.evaluate(() => document.querySelector('main').innerHTML);
  const other = join(folder, 'content/2026/2026-02-11-portal-report-out-of-memory.md');
  writeFileSync(other, `${readFileSync(other, 'utf8')}\nA line more.\n`);
  const note = page.locator('.kb-note');
  await page.waitForFunction(() => /changed/.test(document.querySelector('.kb-note').textContent), null, { timeout: 10_000 });
  assert.match(await note.innerText(), /changed: incidents\/pm2026-003\.html/);
  assert.deepEqual(await page.evaluate(() => [scrollY, window.stayed]), [600, true]);
  assert.equal(await page.evaluate(() => document.querySelector('main').innerHTML), before);
  await page.waitForFunction(() => document.querySelector('.kb-note').textContent === '', null, { timeout: 10_000 });
});

test('styles come without a reload', limit, async (t) => {
  const { folder, page } = await writing(t);
  const settings = join(folder, 'site.toml'), text = readFileSync(settings, 'utf8');
  mkdirSync(join(folder, 'themes/mine/static'), { recursive: true });
  const style = (color) => writeFileSync(join(folder, 'themes/mine/static/kb.css'), `main { background: ${color} }\n`);
  style('rgb(1, 2, 3)');
  writeFileSync(settings, /^theme = /m.test(text) ? text.replace(/^theme = .*$/m, 'theme = "mine"') : `theme = "mine"\n${text}`);
  const colored = (color) => page.waitForFunction((wanted) => getComputedStyle(document.querySelector('main')).backgroundColor === wanted, color, { timeout: 10_000 });
  await colored('rgb(1, 2, 3)');
  style('rgb(4, 5, 6)');
  await colored('rgb(4, 5, 6)');
  await page.waitForFunction(() => document.querySelectorAll('link[rel~="stylesheet"][href*="/kb."]').length <= 1, null, { timeout: 10_000 });
  assert.equal(await page.evaluate(() => window.stayed), true);
});

test('findings stand beside their lines, and go when they are mended', limit, async (t) => {
  const { file, page } = await writing(t);
  const beside = page.locator('main .kb-beside');
  await beside.first().waitFor({ timeout: 10_000 });
  const item = page.locator('main li', { hasText: 'Alert on lag of the queue' });
  const about = item.locator('.kb-beside', { hasText: /owner/i }).first();
  assert.match(await about.innerText(), /^line \d+/);
  const line = draft('').split('\n').findIndex((text) => text.includes('Alert on lag')) + 1;
  assert.equal(await about.locator('a').getAttribute('href'), `vscode://file${file}:${line}:${(await about.locator('a').getAttribute('href')).split(':').at(-1)}`);
  assert.match(await page.locator('.kb-bar summary').innerText(), /warning/);
  writeFileSync(file, draft('It stood still for an hour.', ' (@ann, due 2026-12-20)'));
  await about.waitFor({ state: 'detached', timeout: 10_000 });
});

test('what a report of its severity must have and has not is told in the bar, and goes when it is written', limit, async (t) => {
  const { file, page } = await writing(t);
  const graded = (more) => draft('It stood still for an hour.', more).replace('components:', 'severity: SEV2\ncomponents:');
  writeFileSync(file, graded(''));
  const bar = page.locator('.kb-bar');
  await bar.locator('summary').click();
  const missing = (words) => bar.getByText(words).waitFor({ timeout: 10_000 });
  await missing(/no section on impact, timeline and root-cause/);
  writeFileSync(file, graded('\n\n## Root cause\n\nA broker had no room left.\n\n## Impact\n\nOrders came an hour late.\n'));
  await missing(/no section on timeline \[/);
});

test('the bar says what happened before, when the report is due, and leads to what the public sees', limit, async (t) => {
  const { address, page } = await writing(t);
  const bar = page.locator('.kb-bar');
  assert.match(await bar.locator('summary').innerText(), /due in|overdue by/);
  assert.ok(await bar.locator('time').getAttribute('datetime') === '2026-11-26T09:00:00Z');
  await bar.locator('summary').click();
  await bar.getByText('see what the public sees').click();
  await page.waitForURL(`${address}/__kb/public/incidents/pm-900.html`);
  await page.getByText('This is what the public sees').first().waitFor({ state: 'attached', timeout: 10_000 });
  const shown = await page.content();
  assert.ok(shown.includes('It stood still for an hour.') && !shown.includes('Only colleagues read this'));
  assert.equal(await page.locator('.kb-beside').count(), 0);
  // No page of the public's site leads into the one of colleagues.
  // Looked for and read in one step: the bar is drawn anew now and then, and a link that has just left it stands in nothing.
  const links = await page.evaluate(() => [...document.querySelectorAll('a[href]')].filter((one) => !one.closest('.kb-dev')).map((one) => one.href));
  const inside = links.filter((link) => link.startsWith(address) && !link.startsWith(`${address}/__kb/public/`));
  assert.deepEqual(inside, []);
});

test('a draft that looks like an earlier incident is told so beside it', limit, async (t) => {
  const { folder, file, page } = await writing(t);
  const earlier = readFileSync(join(folder, 'content/2026/2026-03-02-replication-slot-again.md'), 'utf8');
  writeFileSync(file, draft(earlier.replace(/^---[\s\S]*?---\n/, '').replace(/^#+ .*$/gm, '')));
  await page.waitForFunction(() => /earlier like it/.test(document.querySelector('.kb-bar summary').textContent), null, { timeout: 20_000 });
  await page.locator('.kb-bar summary').click();
  await page.locator('.kb-bar').getByText('Has this happened before?').waitFor({ timeout: 5000 });
  const links = () => page.locator('.kb-bar ul a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  for (let n = 0; n < 100 && !(await links()).includes('/incidents/pm2026-006.html'); n += 1) await page.waitForTimeout(100);
  assert.ok((await links()).includes('/incidents/pm2026-006.html'), (await links()).join(' '));
});

test('all errors are shown at once, each with a way into the editor, and the terminal tells the same', limit, async (t) => {
  const { folder, file, page, said } = await writing(t);
  writeFileSync(file, draft('Broken.').replace('date: 2026-11-23', 'date: 2026-02-31'));
  writeFileSync(join(folder, 'content/2026/2026-11-24-other.md'), '---\ntitle: [\n---\n# Other\n');
  const errors = page.locator('dialog.kb-errors[open] li');
  await page.waitForFunction(() => document.querySelectorAll('dialog.kb-errors li').length === 2, null, { timeout: 10_000 });
  for (const [name, line] of [['2026-11-23-queue.md', 4], ['2026-11-24-other.md', 2]]) {
    const error = errors.filter({ hasText: name });
    assert.match(await error.locator('a').getAttribute('href'), new RegExp(`^vscode://file/.*${name}:${line}:\\d+$`));
    for (let n = 0; n < 50 && !said().includes(`${name}:${line}:`); n += 1) await page.waitForTimeout(100);
    assert.match(said(), new RegExp(`${name}:${line}:`));
  }
  assert.match(await errors.filter({ hasText: 'queue.md' }).locator('pre').innerText(), /date: 2026-02-31\n +\^/);
  await page.getByText('It stood still for an hour.').first().waitFor({ state: 'attached' });
  assert.deepEqual(page.problems, []);
});

test('a page that was open while the server was away catches up', limit, async (t) => {
  const folder = sample(t), file = join(folder, 'content/2026/2026-11-23-queue.md'), ends = [];
  writeFileSync(file, draft('It stood still for an hour.'));
  const first = await serve({ after: (end) => ends.push(end) }, folder);
  const page = await open(t);
  await page.goto(`${first.address}/incidents/pm-900.html`);
  await page.locator('.kb-bar').waitFor({ timeout: 10_000 });
  for (const end of ends) await end();
  writeFileSync(file, draft('It stood still for a day.'));
  await serve(t, folder, '--port', new URL(first.address).port);
  await page.locator('main').getByText('for a day').first().waitFor({ state: 'attached', timeout: 15_000 });
});
