// What a search costs in a browser, in bytes and time, cold and warm; beside Pagefind where an index of it is named.
//
//     node tests/browser/bench.mjs SITE [PAGEFIND]     SITE as kb built it, PAGEFIND as `pagefind --output-path` wrote it
//     KB_RUNS=20                                       questions of each kind
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { close, open } from './harness.mjs';
import { host } from './host.mjs';
import { numbers } from './questions.mjs';

const [site, pagefind] = process.argv.slice(2).map((one) => resolve(one));
if (!site) { console.error('usage: node bench.mjs SITE [PAGEFIND]'); process.exit(2); }
const RUNS = Number(process.env.KB_RUNS ?? 20), FIRST = 10;
const ends = [], t = { after: (end) => ends.push(end) };
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

/** Questions of each kind from the texts of the site, the same for both. */
function questions() {
  const { incidents } = JSON.parse(readFileSync(join(site, 'api/v1/incidents.json'), 'utf8'));
  const next = numbers(3), one = (list) => list[Math.floor(next() * list.length)];
  const words = () => (readFileSync(join(site, one(incidents).url ?? `incidents/${one(incidents).slug}.html`), 'utf8').match(/<main[^]*<\/main>/)?.[0] ?? '').replace(/<[^>]*>/g, ' ').match(/[a-z]{4,}/gi) ?? [];
  const row = (n) => { const all = words(), at = Math.floor(next() * (all.length - n)); return all.slice(at, at + n); };
  const kinds = { 'one word': () => row(1)[0], 'three words': () => { const all = words(); return [one(all), one(all), one(all)].join(' '); }, phrase: () => `"${row(2).join(' ')}"` };
  return Object.fromEntries(Object.entries(kinds).map(([kind, make]) => [kind, Array.from({ length: RUNS }, make)]));
}

const engines = {
  kb: { page: 'search.html',
    ask: (q, typing) => window.kbFind.find(q, { limit: typing ? 7 : 10, typing, passages: !typing }) },
  pagefind: { page: 'blank.html',
    ask: async (q, typing) => {
      window.pf ??= await import('/pagefind/pagefind.js');
      const found = await window.pf.search(q);
      return Promise.all((found?.results ?? []).slice(0, typing ? 0 : 10).map((one) => one.data()));
    } },
};

async function measure(name, { page: path, ask }, address, sent, asked) {
  const run = async (page, q, typing = false) => {
    sent.length = 0;
    const time = await page.evaluate(`(async () => { const start = performance.now(); await (${ask})(${JSON.stringify(q)}, ${typing}); return performance.now() - start; })()`);
    return { time, bytes: sent.reduce((sum, [, bytes]) => sum + bytes, 0), files: sent.length };
  };
  const fresh = async () => { const page = await open({ after: () => {} }, {}); await page.goto(`${address}/${path}`); await page.waitForLoadState('load'); return page; };
  const told = (kind, all) => console.log(`${name.padEnd(9)} ${kind.padEnd(28)} ${(median(all.map((one) => one.bytes)) / 1024).toFixed(0).padStart(6)} KB ${median(all.map((one) => one.time)).toFixed(1).padStart(8)} ms ${String(median(all.map((one) => one.files))).padStart(4)} files`);
  for (const [kind, all] of Object.entries(asked)) {
    const cold = [], second = [], warm = [];
    for (const [at, q] of all.entries()) {
      const page = await fresh();
      cold.push(await run(page, q));
      second.push(await run(page, all[(at + 1) % all.length]));
      warm.push(await run(page, q));
      await page.context().close();
    }
    told(`${kind}, cold`, cold);
    told(`${kind}, another`, second);
    told(`${kind}, again`, warm);
  }
  const typed = [];
  for (const q of asked['three words'].map((one) => one.split(' ').slice(0, 2).join(' '))) {
    const page = await fresh();
    const keys = [];
    for (let length = 3; length <= q.length; length += 1) keys.push(await run(page, q.slice(0, length), true));
    keys.push(await run(page, q));
    typed.push({ time: median(keys.map((one) => one.time)), bytes: keys.reduce((sum, one) => sum + one.bytes, 0), files: keys.reduce((sum, one) => sum + one.files, 0) });
    await page.context().close();
  }
  told('two words, key by key', typed);
}

const asked = questions();
const { address, sent } = await host(t, site, { compress: true, policy: '', also: pagefind ? { pagefind } : {}, texts: { 'blank.html': '<!doctype html><title>blank</title>' } });
console.log(`medians of ${RUNS} questions of each kind, first ${FIRST} results with passages; key by key: sum of bytes, median time of a key`);
await measure('kb', engines.kb, address, sent, asked);
if (pagefind) await measure('pagefind', engines.pagefind, address, sent, asked);
await close();
for (const end of ends) await end();
