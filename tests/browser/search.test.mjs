// Search on a published site, as readers meet it: by keyboard, from disk, below a path, on hosts of every kind.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { accessible, valid } from './checks.mjs';
import { build, close, open, sample, scratch } from './harness.mjs';
import { host } from './host.mjs';

after(close);

const hits = (page) => page.locator('[data-hit]').evaluateAll((all) => all.map((one) => one.dataset.hit));
const status = (page) => page.locator('#kb-say').textContent();
const search = async (page, home, query) => {
  await page.goto(`${home}/search.html?q=${encodeURIComponent(query)}`);
  await page.locator('[data-hit]').first().waitFor();
  return hits(page);
};

test('by keyboard: the field opens, results are announced, an arrow and Enter lead to the marked place', async (t) => {
  const { address, sent } = await host(t, build(t, sample(t)));
  const page = await open(t);
  for (const [from, key, query, land] of [
    ['index.html', '/', 'certificate exp', /pm2024-035\.html#/],
    ['statistics.html', 'Control+k', 'OOMKilled', /incidents\/.*#/],
    ['incidents/pm2024-035.html', '/', 'connection slots reserved', /incidents\/.*#/],
  ]) {
    await page.goto(`${address}/${from === 'statistics.html' ? 'stats.html' : from}`);
    assert.ok(!sent.some(([path]) => path.startsWith('search/')), 'the index was fetched before anybody searched');
    await page.keyboard.press(key);
    const field = page.getByRole('combobox');
    assert.equal(await field.evaluate((one) => one === document.activeElement), true, key);
    await page.keyboard.type(query, { delay: 15 });
    await page.getByRole('option').first().waitFor();
    await page.waitForFunction(() => /\d+ incidents? found/.test(document.getElementById('kb-say').textContent));
    assert.equal(await field.getAttribute('aria-expanded'), 'true');
    assert.equal(await field.getAttribute('aria-controls'), await page.getByRole('listbox').getAttribute('id'));
    await page.locator('[role=option] mark').first().waitFor();
    assert.equal(await page.locator('[aria-selected=true]').count(), 0, 'nothing is chosen for the reader');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    const chosen = page.locator(`#${await field.getAttribute('aria-activedescendant')}`);
    assert.equal(await chosen.getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Enter');
    await page.waitForURL(land);
    assert.ok(!page.url().includes('h='), 'the address forgets the words');
    assert.ok(await page.evaluate(() => CSS.highlights.get('kb').size) > 0, 'no word is marked');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => CSS.highlights.has('kb')), false);
    sent.length = 0;
  }
  await page.keyboard.press('/');
  await page.keyboard.type('pool');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('combobox').getAttribute('aria-expanded'), 'false');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\.html\?q=pool/);
  assert.equal(await page.locator('#kb-words').inputValue(), 'pool');
  assert.deepEqual(page.problems, []);
});

test('the address holds the whole state: words, filters, order, back and forth', async (t) => {
  const { address } = await host(t, build(t, sample(t)));
  const page = await open(t);
  const all = await search(page, address, 'connection pool');
  await page.locator('.narrow > summary').click();
  const first = page.locator('.facets label').first();
  const count = Number((await first.textContent()).match(/\((\d+)\)/)[1]);
  await first.click();
  await page.waitForURL(/severity=/);
  await page.waitForFunction((before) => document.querySelectorAll('[data-hit]').length !== before, all.length);
  const few = await hits(page);
  assert.match(await page.locator('main .lede').textContent(), new RegExp(`^${count} incidents?`));
  assert.ok(few.length < all.length && few.every((one) => all.includes(one)));
  await page.reload();
  await page.locator('[data-hit]').first().waitFor();
  assert.deepEqual(await hits(page), few);
  await page.goBack();
  await page.waitForFunction((before) => document.querySelectorAll('[data-hit]').length === before, all.length);
  assert.deepEqual(await hits(page), all);
  await page.getByRole('button', { name: 'Newest first' }).click();
  await page.waitForURL(/newest=1/);
  await page.locator('[aria-pressed=true]').waitFor();
  const dates = await page.locator('[data-hit] .meta').evaluateAll((all) => all.map((one) => one.textContent.match(/\d{4}-\d\d-\d\d/)[0]));
  const whole = dates.slice(0, Number((await page.locator('main .lede').textContent()).match(/\d+/)[0]));
  assert.deepEqual(whole, [...whole].sort().reverse());
  await page.locator('#kb-words').fill('certificate');
  await page.waitForURL(/q=certificate/);
  assert.deepEqual(page.problems, []);
});

test('what was not understood, not found or taken for another word is said', async (t) => {
  const { address } = await host(t, build(t, sample(t)));
  const page = await open(t);
  const said = async (query) => {
    await page.goto(`${address}/search.html?q=${encodeURIComponent(query)}`);
    await page.locator('#kb-results > .lede').waitFor();
    return page.locator('#kb-results').innerText();
  };
  assert.match(await said('after:soon pool'), /after:soon is no date/);
  assert.match(await said('component:postgers pool'), /postgers.*Did you mean postgres/s);
  assert.match(await said('zebrafish certificate'), /Not found: zebrafish/);
  assert.match(await said('certifcate'), /Searched for certificate instead[^]*Search for certifcate all the same/);
  await page.getByRole('link', { name: /all the same/ }).click();
  await page.waitForURL(/exact=1/);
  await page.getByText('Nothing found').waitFor();
  assert.match(await said('qqq zzzz'), /Nothing found[^]*Search without qqq[^]*All incidents/);
  assert.match(await said('FATAL: remaining connection slots are reserved\n  at pg.connect (client.js:285)'), /Read as a log/);
  assert.match(await said('<img src=x onerror=alert(1)> "$&" certificate'), /certificate/i);
  assert.deepEqual(page.problems, []);
});

test('from disk, with no server at all', async (t) => {
  const site = build(t, sample(t));
  const page = await open(t);
  const found = await search(page, pathToFileURL(site).href, '"connection slots" severity:1,2');
  assert.ok(found.length > 0);
  await page.goto(`${pathToFileURL(site).href}/index.html`);
  await page.keyboard.press('/');
  await page.keyboard.type('certificate exp');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/file:.*incidents\/.*#/);
  assert.deepEqual(page.problems, []);
});

test('below a path, on hosts that compress, that do not, and that say so of files compressed already', async (t) => {
  const site = build(t, sample(t), '--audience', 'public');
  const page = await open(t);
  const found = [];
  for (const options of [{}, { compress: true }, { encoded: true }, { prefix: '/team/pm', compress: true }]) {
    const { address } = await host(t, site, options);
    found.push(await search(page, address, 'connection pool'));
    await page.locator('main mark').first().waitFor();
  }
  assert.ok(found[0].length > 0);
  for (const one of found) assert.deepEqual(one, found[0]);
  assert.deepEqual(page.problems, []);
});

test('a missing file is said, and search goes on with the rest', async (t) => {
  const site = build(t, sample(t));
  const { address, state } = await host(t, site);
  const page = await open(t);
  const all = await search(page, address, 'certificate');
  const shards = readdirSync(join(site, 'search')).filter((name) => /^t\d+\.kbs$/.test(name));
  assert.ok(shards.length > 2, `only ${shards.length} files of terms`);
  state.lost = (path) => /search\/[pf]\d+\.kbs/.test(path);
  assert.deepEqual((await search(page, address, 'certificate')).sort(), [...all].sort(), 'without texts the rows are there');
  assert.match(await page.locator('#kb-results').innerText(), /could not be loaded/);
  assert.match(await status(page), /could not be loaded/);
  state.lost = (path) => /search\/index\.kbs/.test(path);
  await page.goto(`${address}/search.html?q=certificate`);
  await page.getByText('Search could not be reached.').first().waitFor();
  assert.ok(await page.locator('main .list li').count() > 10, 'all incidents are listed instead');
});

test('a file that is cut short does not hang the page', async (t) => {
  const { address } = await host(t, build(t, sample(t)));
  const page = await open(t);
  await page.route(/search\/t\d+\.kbs/, async (route) => {
    const answer = await route.fetch();
    const { gunzipSync, gzipSync } = await import('node:zlib');
    const whole = gunzipSync(await answer.body());
    await route.fulfill({ response: answer, body: gzipSync(whole.subarray(0, Math.floor(whole.length / 3))) });
  });
  await page.goto(`${address}/search.html?q=certificate`);
  await page.getByText('could not be loaded').first().waitFor();
});

test('after a deploy the page reads the new index, once', async (t) => {
  const folder = sample(t);
  const { address, state, sent } = await host(t, build(t, folder));
  const page = await open(t);
  await search(page, address, 'certificate');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(folder, 'content/2026-11-01-new.md'), '---\ntitle: A zebrafish bit the cable\ndate: 2026-11-01\n---\n# A zebrafish bit the cable\n\nThe zebrafish bit through the connection.\n');
  state.root = build(t, folder);
  sent.length = 0;
  await page.locator('#kb-words').fill('zebrafish bit');
  await page.locator('[data-hit]').first().waitFor();
  await page.waitForFunction(() => /zebrafish/i.test(document.querySelector('[data-hit] h3')?.textContent ?? ''));
  assert.ok(sent.filter(([path]) => path === 'search/index.kbs').length <= 3, 'the index was read again and again');
});

test('no barrier in the palette and on the page, with results, filters and nothing found', async (t) => {
  const { address } = await host(t, build(t, sample(t)));
  const page = await open(t);
  await search(page, address, 'connection pool severity:1,2');
  await page.locator('.narrow > summary').click();
  await page.locator('.facets label').first().click();
  await page.locator('.chips button').first().waitFor();
  await page.locator('.facets input').first().waitFor();
  await valid(`<!doctype html>${await page.evaluate(() => document.documentElement.outerHTML)}`.replace(/ checked=""| hidden=""/g, ''), 'search.html with results');
  await accessible(page);
  await page.goto(`${address}/search.html?q=qqqq+zzzz`);
  await page.getByText('Nothing found').waitFor();
  await accessible(page, { widths: [390] });
  await page.goto(`${address}/index.html`);
  await page.keyboard.press('/');
  await page.keyboard.type('certificate');
  await page.locator('[role=option] mark').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await accessible(page);
  assert.deepEqual(page.problems, []);
});

test('without scripts the page lists every incident, grouped', async (t) => {
  const site = build(t, sample(t));
  const page = await open(t, { javaScriptEnabled: false });
  await page.goto(`${pathToFileURL(site).href}/search.html?q=pool`);
  const listed = await page.locator('main .list a').evaluateAll((all) => all.map((one) => one.href.split('/').pop()));
  const pages = readdirSync(join(site, 'incidents')).filter((name) => name.endsWith('.html') && name !== 'index.html');
  const { readFileSync } = await import('node:fs');
  const reports = pages.filter((name) => !readFileSync(join(site, 'incidents', name), 'utf8').includes('http-equiv="refresh"'));
  assert.deepEqual([...new Set(listed)].sort(), reports.sort());
  assert.ok(await page.locator('main h3').allTextContents().then((all) => all.length > 2 && all.every((one) => /^\d{4}$/.test(one))), 'they are grouped by year');
  await page.getByText('needs JavaScript').waitFor();
});

test('no searching where it is switched off', async (t) => {
  const folder = scratch(t);
  const { mkdirSync, writeFileSync } = await import('node:fs');
  mkdirSync(join(folder, 'content'));
  writeFileSync(join(folder, 'site.toml'), '[search]\nenable = false\n');
  writeFileSync(join(folder, 'content/a.md'), '# A disk was full\n\nNo space left.\n');
  const site = build(t, folder);
  assert.ok(!readdirSync(site).includes('search'));
  const page = await open(t);
  await page.goto(`${pathToFileURL(site).href}/search.html?q=disk`);
  assert.ok(await page.getByText('A disk was full').first().isVisible());
  assert.deepEqual(page.problems, []);
});
