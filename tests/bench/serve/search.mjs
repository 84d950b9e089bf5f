// Search as you type, with many people at once: the distribution of `/api/search`, as clients and as the server see it.
//
//     node tests/bench/serve/search.mjs ARCHIVE      a folder with site.toml and content/; nothing is written to it
//     KB_BIN=target/release/kb  KB_READERS=50  KB_SECONDS=20
//
// Each reader has a connection of its own and types questions key by key, 80 to 200 ms apart, as people do; every key is one
// request. They begin within two seconds, as people do, and once more all in the same instant, as they never do: then every
// first answer waits for all others. Last, the same readers ask without a pause, which says how much the server can take
// rather than how it feels: with n requests waiting for c cores an answer takes n / c times its work. Client and server share
// the machine's cores.
import { Agent, get } from 'node:http';
import { resolve } from 'node:path';
import { serve } from '../../browser/harness.mjs';
import { numbers, questions } from '../../browser/questions.mjs';
import { metric, spread, until } from './figures.mjs';

const archive = process.argv[2] && resolve(process.argv[2]);
if (!archive) { console.error('usage: node search.mjs ARCHIVE'); process.exit(2); }
const READERS = Number(process.env.KB_READERS ?? 50), SECONDS = Number(process.env.KB_SECONDS ?? 20);
const ends = [], t = { after: (end) => ends.push(end) };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const { address } = await serve(t, archive);
await until(async () => (await (await fetch(`${address}/__kb/health`)).json()).settled);
const { incidents } = await (await fetch(`${address}/api/v1/incidents.json`)).json();
const random = numbers(5), some = Array.from({ length: 200 }, () => incidents[Math.floor(random() * incidents.length)]);
const texts = await Promise.all(some.slice(0, 60).map(async ({ slug }) => (await (await fetch(`${address}/incidents/${slug}.html`)).text()).replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, ' ')));
const values = { component: [...new Set(some.flatMap((one) => one.components))], severity: ['SEV1', 'SEV2'], id: some.map((one) => one.id ?? one.slug) };
const asked = questions(texts, values, 20);

/** Times of one request after the other on one connection: until the whole answer is there. */
async function reader(seed, end, { within, rest }, times) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 }), next = numbers(seed);
  await pause(next() * within);
  const ask = (q) => new Promise((done, failed) => {
    const begun = performance.now();
    get(`${address}/api/search?${new URLSearchParams({ q, limit: 7, offset: 0, typing: 1 })}`, { agent }, (answer) => {
      if (answer.statusCode !== 200) failed(new Error(`${answer.statusCode} for ${q}`));
      answer.resume().on('end', () => done(times.push(performance.now() - begun)));
    }).on('error', failed);
  });
  while (performance.now() < end) {
    const { q } = asked[Math.floor(next() * asked.length)];
    for (let keys = 1; keys <= Math.min(q.length, 40) && performance.now() < end; keys += 1) {
      await ask(q.slice(0, keys));
      if (rest) await pause(80 + next() * 120);
    }
  }
  agent.destroy();
}

/** What share of answers the server had ready within each bound, between two readings of its figures. */
function server(before, after) {
  const name = 'kb_request_duration_seconds', count = after[`${name}_count`] - before[`${name}_count`];
  const bounds = Object.keys(after).filter((key) => key.startsWith(`${name}_bucket`) && !key.includes('Inf'));
  const within = bounds.map((key) => [Number(key.match(/le="([^"]+)"/)[1]) * 1000, (after[key] - before[key]) / count]);
  return `  the server's own: ${within.map(([bound, share]) => `≤ ${bound} ms ${(100 * share).toFixed(2)} %`).join(', ')}`;
}

const ways = { typing: { within: 2000, rest: true }, 'typing, at once': { within: 0, rest: true }, 'without a pause': { within: 0, rest: false } };
for (const [day, [name, way]] of Object.entries(ways).entries()) {
  const times = [], before = await metric(address), begun = performance.now(), end = begun + SECONDS * 1000;
  await Promise.all(Array.from({ length: READERS }, (_, n) => reader(n + 1 + 1000 * day, end, way, times)));
  console.log(`${spread(`${READERS} ${name}`, times)}   ${(times.length / SECONDS).toFixed(0)} a second`);
  console.log(server(before, await metric(address)));
}
for (const end of ends) await end();
