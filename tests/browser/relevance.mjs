// How often the right report comes first in the page, beside Pagefind over the same pages, in the same browser.
//
//     node tests/browser/relevance.mjs SITE CONTENT QUERIES.json PAGEFIND
//
// SITE is what kb built of CONTENT, QUERIES the judged questions of `tests/labels/README.md`, PAGEFIND what
// `pagefind --site SITE --glob "incidents/*.html" --output-path PAGEFIND` wrote. A question succeeds at k when a report with
// the best grade is among the first k, as in `evaluate search`. Pagefind finds pages that hold all words, and has no fields.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { close, open, run } from './harness.mjs';
import { host } from './host.mjs';

const [site, content, queries, pagefind] = process.argv.slice(2).map((one) => resolve(one));
if (!pagefind) { console.error('usage: node relevance.mjs SITE CONTENT QUERIES.json PAGEFIND'); process.exit(2); }
const ends = [], t = { after: (end) => ends.push(end) };

const documents = run('export', content, '--content', content, '--format', 'ndjson').trim().split('\n').map((line) => JSON.parse(line));
const pathOf = new Map(documents.map((one) => [one.slug, one.path]));
const slugIn = (url) => decodeURIComponent(/incidents\/([^/#?]+?)(?:\.html)?(?:[#?].*)?$/.exec(url)?.[1] ?? '');

const engines = {
  kb: { page: 'search.html', ask: async (q) => (await window.kbFind.find(q, { limit: 10, passages: false })).hits.map((hit) => `incidents/${hit.slug ?? hit.url.split('/').pop()}`) },
  pagefind: { page: 'blank.html', ask: async (q) => {
    window.pf ??= await import('/pagefind/pagefind.js');
    const found = await window.pf.search(q);
    return Promise.all((found?.results ?? []).slice(0, 10).map(async (one) => (await one.data()).url));
  } },
};

const { address } = await host(t, site, { policy: '', also: { pagefind }, texts: { 'blank.html': '<!doctype html><title>blank</title>' } });
const { queries: asked } = JSON.parse(readFileSync(queries, 'utf8'));
console.log(`${asked.length} questions over ${documents.length} reports`);
for (const [name, { page: path, ask }] of Object.entries(engines)) {
  const page = await open({ after: () => {} }, {});
  await page.goto(`${address}/${path}`);
  await page.waitForLoadState('load');
  const kinds = {};
  for (const { query, kind, relevant } of asked) {
    const urls = await page.evaluate(`(${ask})(${JSON.stringify(query)})`);
    const best = Math.max(...relevant.map((one) => one.grade));
    const right = new Set(relevant.filter((one) => one.grade === best).map((one) => one.path));
    const place = urls.findIndex((url) => right.has(pathOf.get(slugIn(url))));
    for (const of of [kind, 'all']) {
      const sum = kinds[of] ??= { asked: 0, first: 0, third: 0, none: 0 };
      sum.asked += 1;
      sum.first += place === 0;
      sum.third += place >= 0 && place < 3;
      sum.none += urls.length === 0;
    }
  }
  for (const [kind, { asked: n, first, third, none }] of Object.entries(kinds).sort()) {
    console.log(`${name.padEnd(9)} ${kind.padEnd(8)} n ${String(n).padStart(3)}  success@1 ${(first / n).toFixed(3)}  success@3 ${(third / n).toFixed(3)}  without an answer ${none}`);
  }
  await page.context().close();
}
await close();
for (const end of ends) await end();
