// A long day of `kb serve`: random edits, searches, readers and pages that come and go; then memory and truth are looked at.
//
//     node tests/bench/serve/soak.mjs ARCHIVE [MINUTES]      30 minutes unless said; the archive is copied first
//     KB_BIN=target/release/kb  KB_SEED=1                    the program, and which day it is
//
// Fails where an answer is neither found nor missing, where the memory of the last fifth of the time is more than a quarter
// over that of the second fifth, or where at the end one byte differs: pages from those of a server that was started anew,
// everything that is the same in a preview and a build from the files of a clean build.
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, scratch, serve } from '../../browser/harness.mjs';
import { numbers } from '../../browser/questions.mjs';
import { metric, spread, until } from './figures.mjs';

const archive = process.argv[2] && resolve(process.argv[2]), minutes = Number(process.argv[3] ?? 30);
if (!archive) { console.error('usage: node soak.mjs ARCHIVE [MINUTES]'); process.exit(2); }
const random = numbers(Number(process.env.KB_SEED ?? 1)), below = (n) => Math.floor(random() * n), one = (list) => list[below(list.length)];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const ends = [], t = { after: (end) => ends.push(end) };

const folder = join(scratch(t), 'archive'), content = join(folder, 'content');
cpSync(archive, folder, { recursive: true });
const settings = readFileSync(join(folder, 'site.toml'), 'utf8');
const documents = () => readdirSync(content, { recursive: true }).filter((name) => name.endsWith('.md')).sort();
const { address, pid } = await serve(t, folder);
await until(async () => (await (await fetch(`${address}/__kb/health`)).json()).settled);

let over = false, edits = 0, streams = 0, again = 0;
const wrong = [], searching = [], reading = [], memory = [];
async function ask(path, times) {
  // As browsers do: a connection that was closed while the request was on its way is replaced once.
  const get = () => fetch(address + path), begun = performance.now();
  const answer = await get().catch(() => { again += 1; return get(); });
  const text = await answer.text();
  times?.push(performance.now() - begun);
  if (![200, 404].includes(answer.status)) wrong.push(`${answer.status} ${path} ${text.slice(0, 100)}`);
  return text;
}

// ---- edits ----------------------------------------------------------------------------------------------------------
const broken = new Map();
const put = (name, text) => { mkdirSync(dirname(join(content, name)), { recursive: true }); writeFileSync(join(content, name), text); };
const text = (name) => readFileSync(join(content, name), 'utf8');
const words = ['disk', 'queue', 'full', 'retry', 'certificate', 'pool', 'expired', 'node', 'slow', 'lock'];
const sentence = () => `${Array.from({ length: 12 }, () => one(words)).join(' ')}.`;
const kinds = {
  body: (name) => put(name, `${text(name).split('\n\nAdded: ')[0]}\n\nAdded: ${sentence()}\n`),
  moved: (name) => { writeFileSync(join(content, `${name}.new~`), `${text(name)}\n${sentence()}\n`); renameSync(join(content, `${name}.new~`), join(content, name)); },
  title: (name) => put(name, text(name).replace(/^(title: |# )(.*)$/m, (_, mark) => `${mark}${sentence()}`)),
  create: () => put(`soak/${below(40)}.md`, `# ${sentence()}\n\n${sentence()}\n\n## Action items\n\n- [ ] ${sentence()}\n`),
  remove: () => { const name = `soak/${below(40)}.md`; if (documents().includes(name)) unlinkSync(join(content, name)); },
  rename: () => { const from = one(documents().filter((name) => name.startsWith('soak/'))); if (from && !broken.has(from)) renameSync(join(content, from), join(content, `soak/${below(40)}.md`)); },
  break: (name) => { broken.set(name, text(name)); put(name, '---\ndate: 2026-99-99\n---\n# Broken\n'); },
  mend: () => { for (const [name, good] of broken) put(name, good); broken.clear(); },
  picture: () => put(`soak/${below(5)}.png`, Buffer.from(`89504e470d0a1a0a0000000d4948445200000${100 + below(800)}00000009080200000000000000`, 'hex')),
  burst: () => { for (let n = 0; n < 100; n += 1) put(`soak/${below(40)}.md`, `# ${sentence()}\n\n${sentence()}\n`); },
};
const often = ['body', 'body', 'body', 'body', 'moved', 'moved', 'title', 'title', 'create', 'create', 'remove', 'rename', 'break', 'mend', 'mend', 'picture'];
async function editor() {
  while (!over) {
    const rare = random();
    if (rare < 0.005) writeFileSync(join(folder, 'site.toml'), settings.replace(/^title = .*$/m, `title = "Soak ${below(1000)}"`));
    else if (rare < 0.01) { renameSync(content, `${content}.away`); await pause(below(900)); renameSync(`${content}.away`, content); }
    else if (rare < 0.02) kinds.burst();
    else kinds[one(often)](one(documents().filter((name) => !broken.has(name))));
    edits += 1;
    await pause(100 + below(400));
  }
}

// ---- readers --------------------------------------------------------------------------------------------------------
async function searcher() {
  while (!over) {
    const typed = one(words).slice(0, 2 + below(5));
    await ask(`/api/search?${new URLSearchParams({ q: random() < 0.5 ? typed : `${one(words)} ${typed}`, typing: 1, limit: 8 })}`, searching);
    await pause(50 + below(150));
  }
}
async function reader(pages) {
  while (!over) { await ask(`/${one(pages)}`, reading); await pause(30 + below(100)); }
}
async function listener(pages) {
  while (!over) {
    const gone = new AbortController();
    const stream = fetch(`${address}/__kb/events?page=/${one(pages)}`, { signal: gone.signal });
    stream.then((answer) => answer.text()).catch(() => {});
    streams += 1;
    await pause(below(4000));
    gone.abort();
  }
}
async function sampler() {
  for (let n = 0; !over; n += 1) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8'), value = (key) => Number(status.match(new RegExp(`${key}:\\s+(\\d+)`))[1]);
    memory.push(value('VmRSS') / 1024);
    if (n % 12 === 0) console.log(`${String(Math.round(n * 5)).padStart(5)} s  ${memory.at(-1).toFixed(0)} MiB  ${value('Threads')} threads  ${readdirSync(`/proc/${pid}/fd`).length} files  ${edits} edits  ${searching.length} searches  ${wrong.length} wrong`);
    await pause(5000);
  }
}

const { incidents } = JSON.parse(await ask('/api/v1/incidents.json'));
const pages = ['index.html', 'actions.html', 'stats.html', 'incidents/index.html', 'feed.xml', ...incidents.map(({ slug }) => `incidents/${slug}.html`)];
const all = [editor(), sampler(), ...Array.from({ length: 4 }, () => [searcher(), reader(pages), listener(pages)]).flat()];
await pause(minutes * 60_000);
over = true;
await Promise.all(all);
kinds.mend();

// ---- the end --------------------------------------------------------------------------------------------------------
await pause(3000);
await until(async () => (await (await fetch(`${address}/__kb/health`)).json()).settled);
const clean = build(t, folder), fresh = await serve(t, folder);
await until(async () => (await (await fetch(`${fresh.address}/__kb/health`)).json()).settled);
const bare = (text) => text.replace(/<script src="\/__kb\/dev\.js" data-generation="\d+"><\/script>/, '');
const files = readdirSync(clean, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name).slice(clean.length + 1));
let same = 0, built = 0;
for (const file of files.filter((name) => !/^(_headers|search\/|files\/|assets\/)/.test(name) && !name.startsWith('.'))) {
  const [now, wanted] = [bare(await ask(`/${file}`)), bare(await (await fetch(`${fresh.address}/${file}`)).text())];
  if (now !== wanted) wrong.push(`${file} differs from that of a server started anew`); else same += 1;
  if (file.endsWith('.html')) continue;
  if (now !== readFileSync(join(clean, file), 'utf8')) wrong.push(`${file} differs from that of a clean build`); else built += 1;
}
const figures = await metric(address), resident = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
// Both have made every page now, so that neither keeps more of them than the other.
console.log(`memory after it all ${resident(pid).toFixed(0)} MiB, of the server started anew ${resident(fresh.pid).toFixed(0)} MiB`);
const fifth = (n) => { const part = memory.slice(Math.floor(memory.length * n / 5), Math.ceil(memory.length * (n + 1) / 5)).sort((a, b) => a - b); return part[Math.floor(part.length / 2)]; };
console.log(`memory by fifths: ${[0, 1, 2, 3, 4].map((n) => `${fifth(n).toFixed(0)} MiB`).join(', ')}; ${edits} edits, ${streams} streams, ${again} requests sent again, ${figures.kb_clients} still listening`);
console.log(spread('searches', searching));
console.log(spread('pages', reading));
console.log(`${same} of ${same + wrong.length} files as from a server started anew, ${built} of them as from a clean build (pages of a preview differ from built ones)`);
if (fifth(4) > fifth(1) * 1.25) wrong.push('memory grew');
for (const line of wrong.slice(0, 20)) console.log(`WRONG ${line}`);
for (const end of ends) await end();
rmSync(folder, { recursive: true, force: true });
process.exit(wrong.length ? 1 : 0);
