// What helps readers beside the answers: every incident without scripts, the way from mark to mark, the last questions,
// the browser's own search, and single keys that can be switched off.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { accessible, valid } from './checks.mjs';
import { build, close, kb, open, sample, scratch } from './harness.mjs';
import { host } from './host.mjs';

after(close);

const said = (page, text) => page.waitForFunction((wanted) => document.getElementById('kb-say').textContent.includes(wanted), text);

test('without scripts the search page leads to every incident of a large site, also to those without a date', async (t) => {
  const folder = scratch(t);
  execFileSync(join(dirname(kb), 'examples/generate'), ['700', folder], { stdio: 'ignore' });
  writeFileSync(join(folder, 'content/undated.md'), '# A crane stood still\n\nNobody wrote down when.\n');
  const site = build(t, folder), page = await open(t, { javaScriptEnabled: false });
  const wanted = JSON.parse(readFileSync(join(site, 'api/v1/incidents.json'), 'utf8')).incidents.map((one) => one.slug).sort();
  assert.ok(wanted.length > 600, `only ${wanted.length}`);
  const listed = () => page.locator('main .list a').evaluateAll((all) => all.map((one) => one.href.split('/').pop().replace('.html', '')));
  const start = `${pathToFileURL(site).href}/search.html`, found = new Set(), seen = new Set();
  await page.goto(start);
  (await listed()).forEach((one) => found.add(one));
  assert.ok(found.has('undated'), 'what has no date is on no page of a year, so it must be here');
  assert.ok(found.size < wanted.length, 'the page holds everything: this site is too small to show anything');
  const years = await page.locator('main nav').first().locator('a').evaluateAll((all) => all.map((one) => one.href));
  for (let way = [...years], next; (next = way.shift());) {
    if (seen.has(next)) continue;
    seen.add(next);
    await page.goto(next);
    (await listed()).forEach((one) => found.add(one));
    way.push(...await page.locator('main .pages a').evaluateAll((all) => all.map((one) => one.href)));
  }
  assert.deepEqual(wanted.filter((one) => !found.has(one)), []);
});

test('from a hit the reader goes from mark to mark, by keys and by buttons', async (t) => {
  const { address } = await host(t, build(t, sample(t)));
  const page = await open(t);
  await page.goto(`${address}/incidents/pm2024-035.html?h=certificate`);
  const bar = page.getByRole('group', { name: 'Marked words' });
  await bar.waitFor();
  assert.ok(!page.url().includes('h='), 'the address forgets the words');
  const all = Number((await bar.textContent()).match(/^(\d+) marked/)[1]);
  assert.ok(all > 2, `${all} marks`);
  const now = () => page.evaluate(() => [...CSS.highlights.get('kb-now')].map((range) => range.toString().toLowerCase()));
  await page.keyboard.press('n');
  await said(page, `Mark 1 of ${all}`);
  assert.deepEqual(await now(), ['certificate']);
  await page.keyboard.press('p');
  await said(page, `Mark ${all} of ${all}`);
  await page.waitForFunction(() => { const box = [...CSS.highlights.get('kb-now')][0].getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
  await bar.getByRole('button', { name: 'Next mark' }).click();
  await said(page, `Mark 1 of ${all}`);
  await valid(`<!doctype html>${await page.evaluate(() => document.documentElement.outerHTML)}`.replace(/ hidden=""/g, ''), 'a page with marks');
  await accessible(page);
  await bar.getByRole('button', { name: 'Remove marks' }).click();
  assert.equal(await bar.count(), 0);
  assert.equal(await page.evaluate(() => CSS.highlights.has('kb') || CSS.highlights.has('kb-now')), false);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'the focus is not lost with the button');
  // With a place in the address the first step leads to the first mark there.
  await page.goto(`${address}/incidents/pm2024-035.html?h=certificate#action-items`);
  await bar.waitFor();
  await page.keyboard.press('n');
  await page.waitForFunction(() => /Mark \d+ of/.test(document.getElementById('kb-say').textContent));
  assert.ok(await page.evaluate(() => {
    const place = document.getElementById('action-items'), [range] = CSS.highlights.get('kb-now');
    return place.contains(range.startContainer) || Boolean(place.compareDocumentPosition(range.startContainer) & Node.DOCUMENT_POSITION_FOLLOWING);
  }));
  assert.deepEqual(page.problems, []);
});

test('the last questions are offered again, and forgotten on request; a public site keeps none', async (t) => {
  const folder = sample(t), { address } = await host(t, build(t, folder));
  const page = await open(t);
  const ask = async (from, query) => {
    await page.goto(`${from}/index.html`);
    await page.keyboard.press('/');
    await page.keyboard.type(query);
    await page.keyboard.press('Enter');
    await page.waitForURL(/search\.html/);
  };
  for (const query of ['certificate', 'pool', 'disk', 'node lost', 'certificate', 'queue', 'timeout']) await ask(address, query);
  await page.goto(`${address}/index.html`);
  await page.keyboard.press('/');
  const options = page.getByRole('option');
  assert.deepEqual(await options.allTextContents(), ['timeout', 'queue', 'certificate', 'node lost', 'disk', 'Forget these searches']);
  await accessible(page, { widths: [390, 1440] });
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('[role=option] mark').first().waitFor();
  assert.equal(await page.getByRole('combobox').inputValue(), 'certificate');
  await page.getByRole('combobox').fill('');
  await page.getByRole('option', { name: 'Forget these searches' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await said(page, 'Searches forgotten');
  await page.reload();
  await page.keyboard.press('/');
  assert.equal(await options.count(), 0);
  const open_site = await host(t, build(t, folder, '--audience', 'public'));
  await ask(open_site.address, 'certificate');
  assert.equal(await page.evaluate(() => localStorage.getItem('kb-recent')), null);
  assert.deepEqual(page.problems, []);
});

test('single keys can be switched off, and stay so', async (t) => {
  const { address } = await host(t, build(t, sample(t)));
  const page = await open(t);
  const focused = () => page.evaluate(() => document.activeElement?.id);
  await page.goto(`${address}/index.html`);
  await page.getByRole('button', { name: 'Single keys (/ n p): on' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Single keys (/ n p): off' }).waitFor();
  await page.keyboard.press('/');
  assert.notEqual(await focused(), 'kb-q');
  await page.keyboard.press('Control+k');
  assert.equal(await focused(), 'kb-q', 'a chord is no single key');
  await page.goto(`${address}/incidents/pm2024-035.html?h=certificate`);
  await page.getByRole('group', { name: 'Marked words' }).waitFor();
  await page.keyboard.press('n');
  assert.equal(await page.evaluate(() => CSS.highlights.has('kb-now')), false);
});

test('browsers are told how to search the site, where its address is known', async (t) => {
  const folder = sample(t), settings = readFileSync(join(folder, 'site.toml'), 'utf8').replace(/^base_url.*\n/gm, '');
  writeFileSync(join(folder, 'site.toml'), settings);
  assert.ok(!existsSync(join(build(t, folder), 'opensearch.xml')));
  writeFileSync(join(folder, 'site.toml'), `base_url = "https://pm.example/team/"\n${settings}`);
  const site = build(t, folder), page = await open(t);
  await page.goto(`${pathToFileURL(site).href}/stats.html`);
  const link = page.locator('link[rel=search]');
  assert.equal(await link.getAttribute('type'), 'application/opensearchdescription+xml');
  assert.equal(await link.evaluate((one) => one.href), `${pathToFileURL(site).href}/opensearch.xml`);
  await page.goto('about:blank');
  const told = await page.evaluate((xml) => {
    const doc = new DOMParser().parseFromString(xml, 'application/xml'), text = (tag) => doc.getElementsByTagName(tag)[0]?.textContent;
    return { root: doc.documentElement.namespaceURI, name: text('ShortName'), description: text('Description'), template: doc.getElementsByTagName('Url')[0].getAttribute('template') };
  }, readFileSync(join(site, 'opensearch.xml'), 'utf8'));
  assert.equal(told.root, 'http://a9.com/-/spec/opensearch/1.1/');
  assert.equal(told.template, 'https://pm.example/team/search.html?q={searchTerms}');
  assert.ok(told.name.length > 0 && told.name.length <= 16 && told.description);
});
