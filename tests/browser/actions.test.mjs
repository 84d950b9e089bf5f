// The list of actions: what is chosen there is an address that can be sent to somebody.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import test, { after } from 'node:test';
import { accessible } from './checks.mjs';
import { build, close, open, sample } from './harness.mjs';

after(close);

const rows = (page) => page.locator('#kb-rows tbody tr:not(.group)');

test('filters, groups and the order of actions are kept in the address', async (t) => {
  const site = build(t, sample(t));
  const page = await open(t);
  const address = `${pathToFileURL(site).href}/actions.html`;
  await page.goto(address);
  const all = await rows(page).count();
  await page.locator('select[name=state]').selectOption('overdue');
  assert.match(page.url(), /\?state=overdue$/);
  const late = await rows(page).count();
  assert.ok(late > 0 && late < all, `${late} of ${all}`);
  assert.match(await page.locator('#kb-count').textContent(), new RegExp(`^${late} `));

  await page.getByRole('button', { name: 'Due' }).press('Enter');
  const due = page.getByRole('columnheader', { name: 'Due' });
  assert.equal(await due.getAttribute('aria-sort'), 'ascending');
  const dates = await rows(page).locator('td:nth-child(4)').allTextContents();
  assert.deepEqual(dates, [...dates].sort());
  await page.getByRole('button', { name: 'Due' }).press('Enter');
  assert.equal(await due.getAttribute('aria-sort'), 'descending');

  await page.locator('select[name=group]').selectOption('owner');
  const groups = await page.locator('#kb-rows tr.group').allTextContents();
  assert.ok(groups.length > 1);
  const counts = groups.map((group) => Number(/\((\d+)\)$/.exec(group)[1]));
  assert.equal(counts.reduce((sum, n) => sum + n, 0), await rows(page).count());
  await accessible(page);

  const shown = await rows(page).allTextContents();
  await page.goto(page.url());
  assert.deepEqual(await rows(page).allTextContents(), shown);
  await page.goBack();
  await page.goBack();
  assert.equal(await page.locator('#kb-rows tr.group').count(), 0);
  assert.equal(await page.locator('select[name=state]').inputValue(), 'overdue');
  assert.deepEqual(page.problems, []);
});

test('on paper the list is a table with heads, and names stay whole', async (t) => {
  const site = build(t, sample(t));
  const page = await open(t, { viewport: { width: 688, height: 1000 } });
  await page.emulateMedia({ media: 'print' });
  await page.goto(`${pathToFileURL(site).href}/actions.html`);
  await page.waitForFunction(() => document.querySelector('#kb-rows thead button'));
  const heads = await page.locator('#kb-rows thead th').evaluateAll((all) =>
    all.map((head) => {
      const words = document.createRange();
      words.selectNodeContents(head);
      return words.getBoundingClientRect().width;
    }));
  assert.ok(heads.length === 6 && heads.every((width) => width > 10), `${heads}`);
  assert.equal(await rows(page).first().evaluate((row) => getComputedStyle(row).display), 'table-row');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 688);
  // A column that breaks words is narrower than its longest one.
  const broken = await rows(page).locator('td:nth-child(3)').evaluateAll((all) => all.map((cell) => {
    const range = document.createRange();
    return [...cell.textContent.matchAll(/\p{L}+/gu)].filter((word) => {
      const node = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
      if (!node || word.index + word[0].length > node.length) return false;
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      return range.getClientRects().length > 1;
    }).map((word) => word[0]);
  }).flat());
  assert.deepEqual(broken, []);
});
