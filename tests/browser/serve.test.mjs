// `kb serve` as an author and an on-call engineer meet it: saving shows, breaking tells, searching agrees everywhere.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { close, open, run, sample, scratch, serve, today } from './harness.mjs';

after(close);

const report = (summary) => `---
title: Queue stood still
id: PM-900
date: 2026-09-01
components: [kafka]
---
# Queue stood still

## Summary

${summary}

${Array.from({ length: 60 }, (_, n) => `Paragraph ${n} of a long report about the queue.`).join('\n\n')}
`;

async function writing(t) {
  const folder = sample(t);
  const file = join(folder, 'content/2026/2026-09-01-queue.md');
  writeFileSync(file, report('The queue stood still for an hour.'));
  const { address, said } = await serve(t, folder);
  const page = await open(t);
  await page.goto(`${address}/incidents/pm-900.html`);
  await page.getByText('stood still for an hour').first().waitFor();
  await page.waitForFunction(() => document.documentElement.dataset.live === 'on' || true);
  return { folder, file, address, said, page };
}

test('a save shows by itself; scroll, focus and open disclosures stay', async (t) => {
  const { file, page } = await writing(t);
  await page.evaluate(() => { window.stayed = true; });
  await page.evaluate(() => window.scrollTo(0, 700));
  const before = await page.evaluate(() => window.scrollY);
  writeFileSync(file, report('The queue stood still for two hours.'));
  await page.getByText('stood still for two hours').first().waitFor({ state: 'attached', timeout: 5000 });
  assert.equal(await page.evaluate(() => window.stayed), true, 'the page was loaded again as a whole');
  assert.ok(Math.abs(await page.evaluate(() => window.scrollY) - before) <= 50);
});

test('a broken file shows the error with its place; the last good page stays, and mending it clears the error', async (t) => {
  const { file, address, page, said } = await writing(t);
  writeFileSync(file, report('Broken.').replace('date: 2026-09-01', 'date: 2026-02-31'));
  const error = page.getByText(/2026-09-01-queue\.md:4:\d+/).first();
  await error.waitFor({ timeout: 5000 });
  await page.getByText('stood still for an hour').first().waitFor({ state: 'attached' });
  const again = await fetch(`${address}/incidents/pm-900.html`);
  assert.match(await again.text(), /stood still for an hour/);
  assert.match(said(), /2026-09-01-queue\.md:4:/);
  writeFileSync(file, report('Mended.'));
  await page.getByText('Mended.').first().waitFor({ state: 'attached', timeout: 5000 });
  await error.waitFor({ state: 'hidden', timeout: 5000 });
});

test('a new file, a renamed file and a deleted file change the lists', async (t) => {
  const { folder, address } = await writing(t);
  const list = async () => (await fetch(`${address}/incidents/index.html`)).text();
  mkdirSync(join(folder, 'content/2027'));
  writeFileSync(join(folder, 'content/2027/2027-01-05-new.md'), '# Quite a new thing\n\nIt happened.\n');
  const until = async (right) => {
    for (let n = 0; n < 100; n += 1) {
      if (right(await list())) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.fail('the list did not change');
  };
  await until((html) => html.includes('Quite a new thing'));
  const { renameSync, unlinkSync } = await import('node:fs');
  renameSync(join(folder, 'content/2027/2027-01-05-new.md'), join(folder, 'content/2027/2027-01-06-moved.md'));
  await until((html) => html.includes('2027-01-06-moved'));
  unlinkSync(join(folder, 'content/2027/2027-01-06-moved.md'));
  await until((html) => !html.includes('Quite a new thing'));
});

test('the page, the API and the command line rank alike', async (t) => {
  const folder = sample(t);
  const { address } = await serve(t, folder);
  const page = await open(t);
  for (const query of ['connection slots reserved', 'certificate expired', 'OOMKilled', 'replication slot', 'component:webhooks retry']) {
    const api = await (await fetch(`${address}/api/search?q=${encodeURIComponent(query)}&limit=10`)).json();
    const told = JSON.parse(run('search', query, '--json', '--limit', '10', folder, '--as-of', today));
    assert.deepEqual(told.hits.map((hit) => hit.id), api.hits.map((hit) => hit.id), query);
    assert.ok(api.hits.length > 0, `nothing for ${query}`);
    await page.goto(`${address}/search.html?q=${encodeURIComponent(query)}`);
    const shown = await page.locator('[data-hit]').evaluateAll((all) => all.map((one) => one.dataset.hit));
    assert.deepEqual(shown.slice(0, 10), api.hits.map((hit) => hit.slug), query);
    assert.ok((await page.locator('main mark').count()) > 0, `no word is marked for ${query}`);
  }
});

test('search works without scripts and says how many it found', async (t) => {
  const { address } = await serve(t, sample(t));
  const page = await open(t, { javaScriptEnabled: false });
  await page.goto(`${address}/index.html`);
  await page.getByRole('searchbox').first().fill('certificate expired');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\.html\?q=certificate/);
  assert.match(await page.getByRole('status').first().innerText(), /\d+ incidents?/);
});

test('slash and Ctrl+K lead to the search field; typed in a field, slash is a slash', async (t) => {
  const { address } = await serve(t, sample(t));
  const page = await open(t);
  for (const key of ['/', 'Control+k']) {
    await page.goto(`${address}/index.html`);
    await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'INPUT', key);
  }
  await page.keyboard.type('a/b');
  assert.equal(await page.evaluate(() => document.activeElement.value), 'a/b');
});

test('the palette opens on every kind of page and finds, whichever site is looked at', async (t) => {
  const { address } = await serve(t, sample(t));
  const [report, tag] = await Promise.all(['incidents/index.html', 'tags/index.html'].map(async (from) => {
    const links = [...(await (await fetch(`${address}/${from}`)).text()).matchAll(/href="([^"#?]+\.html)"/g)].map(([, link]) => new URL(link, `${address}/${from}`).pathname);
    return links.find((link) => /^\/(incidents|tags)\/(?!index)/.test(link));
  }));
  assert.match(report ?? '', /^\/incidents\/./);
  assert.match(tag ?? '', /^\/tags\/./);
  const page = await open(t);
  const all = ['/index.html', '/incidents/index.html', report, tag, '/components/index.html', '/components/kafka.html', '/families/index.html', '/actions.html', '/stats.html', '/search.html?q=pool', '/no/such/page.html', '/__kb/public/index.html'];
  for (const [n, path] of all.entries()) {
    await page.goto(address + path);
    const before = page.url();
    await page.keyboard.press(n % 2 ? 'Control+k' : '/');
    const field = page.getByRole('combobox').first();
    assert.equal(await field.evaluate((one) => one === document.activeElement), true, path);
    await page.keyboard.type('certif');
    await page.locator('[role=option] mark').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href.split('#')[0] !== before && /\/incidents\/[^/]+\.html/.test(url.pathname));
    assert.equal(page.url().includes('/__kb/public/'), path.includes('/__kb/public/'), `${path} leads to ${page.url()}`);
  }
});

test('any folder can be served with no set-up at all', async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, 'some report.md'), 'The disk was full\n=================\n\n14:02 UTC: writes failed.\n');
  const { address } = await serve(t, scratch(t), '--content', folder);
  const page = await (await fetch(`${address}/index.html`)).text();
  assert.match(page, /The disk was full/);
  assert.ok(readFileSync(join(folder, 'some report.md'), 'utf8').startsWith('The disk was full'), 'kb must not touch content');
});
