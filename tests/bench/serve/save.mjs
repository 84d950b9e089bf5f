// From the save to the changed page, in a browser: the distribution, not only a median.
//
//     node tests/bench/serve/save.mjs ARCHIVE        a folder with site.toml and content/, copied before it is edited
//     KB_BIN=target/release/kb  KB_SAVES=120         the program, and how many saves of each kind
//
// Two kinds of edits: one in the text, which changes one page, and one in the title, which shows on many. Every second
// save is a plain write, the others are a new file moved over the old one, as most editors do it. Saves are a random
// moment apart, so that none falls into step with a clock. Time runs from just before the write until the new words
// stand in the document, both read from clocks that were held against each other.
import { cpSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { begin, close, open, scratch } from '../../browser/harness.mjs';
import { numbers } from '../../browser/questions.mjs';
import { metric, spread, stages, until } from './figures.mjs';

const archive = process.argv[2] && resolve(process.argv[2]);
if (!archive) { console.error('usage: node save.mjs ARCHIVE'); process.exit(2); }
const SAVES = Number(process.env.KB_SAVES ?? 120);
const ends = [], t = { after: (end) => ends.push(end) };
const random = numbers(11), pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Every Markdown file below `folder`, in order. */
const documents = (folder) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.md')).sort();

/** How far the page's clock is ahead of ours, by the quickest of a few questions. */
async function ahead(page) {
  let best = { took: Infinity, by: 0 };
  for (let n = 0; n < 20; n += 1) {
    const before = performance.timeOrigin + performance.now();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const took = performance.timeOrigin + performance.now() - before;
    if (took < best.took) best = { took, by: there - (before + took / 2) };
  }
  return best.by;
}

/** In the page: the time at which `words` come into the document, as a promise under `window.came`. */
function expect(words) {
  window.came = new Promise((tell) => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector('main').textContent.includes(words)) return;
      tell(performance.timeOrigin + performance.now());
      seen.disconnect();
    });
    seen.observe(document, { subtree: true, childList: true, characterData: true });
  });
}

async function saves(page, file, kind, edit) {
  const by = await ahead(page), all = [];
  for (let n = 0; n < SAVES; n += 1) {
    const words = `marker ${kind} ${n} end`, text = edit(words), moved = n % 2 === 1;
    await page.evaluate(expect, words);
    await pause(60 + random() * 200);
    const start = performance.timeOrigin + performance.now();
    writeFileSync(moved ? `${file}.new~` : file, text);
    if (moved) renameSync(`${file}.new~`, file);
    const late = pause(20_000).then(() => { throw new Error(`the save of \`${words}\` never showed`); });
    all.push(await Promise.race([page.evaluate(() => window.came), late]) - by - start);
    late.catch(() => {});
  }
  return all;
}

const folder = join(scratch(t), 'archive');
cpSync(archive, folder, { recursive: true });
const names = documents(join(folder, 'content')), name = names[Math.floor(names.length * 0.8)];
const file = join(folder, 'content', name), written = readFileSync(file, 'utf8');

const begun = performance.now();
const { address } = await begin(t, folder);
// As a browser asks: where the archive is large a page with the latest reports comes first, then one that tells everything.
const since = () => `${(performance.now() - begun).toFixed(0)} ms after the start`;
let first, text;
do {
  const answer = await fetch(`${address}/index.html`, { headers: { Accept: 'text/html' } });
  text = await answer.text();
  if (answer.status === 200) first ??= since();
  else await pause(10);
} while (!first || text.includes('kb is still reading'));
console.log(`${names.length} documents; first page ${first}, whole page ${since()}`);
await until(async () => (await (await fetch(`${address}/__kb/health`)).json()).settled !== false);
console.log(`everything there ${(performance.now() - begun).toFixed(0)} ms after the start`);

const { incidents } = await (await fetch(`${address}/api/v1/incidents.json`)).json();
const { slug } = incidents.find((one) => written.includes(one.title) && written.includes(one.date));
const page = await open(t);
await page.goto(`${address}/incidents/${slug}.html`);
await page.waitForLoadState('load');
await pause(500);
const body = await saves(page, file, 'body', (words) => `${written}\n\nLater addition: ${words}.\n`);
console.log(spread('text', body));
const titled = (words) => written.replace(/^(title: |# )(.*)$/m, (_, mark) => `${mark}Edited ${words}`);
console.log(spread('title', await saves(page, file, 'title', titled)));
for (const line of stages(await metric(address))) console.log(line);
await close();
for (const end of ends) await end();
