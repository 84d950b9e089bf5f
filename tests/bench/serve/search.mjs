// Search as you type, with many people at once: the distribution of `/api/search`, as clients and as the server see it.
//
//     node tests/bench/serve/search.mjs ARCHIVE      a folder with site.toml and content/; nothing is written to it
//     KB_BIN=target/release/kb  KB_READERS=50  KB_SECONDS=20
//
// Each reader has a connection of its own and types questions key by key, 80 to 200 ms apart, as people do; every key is one
// request. They begin within two seconds, as people do, and once more all in the same instant, as they never do: then every
// first answer waits for all others. Last, the same readers ask without a pause, which says how much the server can take
// rather than how it feels: with n requests waiting for c cores an answer takes n / c times its work.
//
// Client and server share the machine's cores, so the client does as little as it can while it is timed: the requests are
// put together beforehand and written to bare sockets, and of an answer no more is looked at than where it ends. What it
// still takes, and how long it and the server had to wait for a core, is told beside: the latter is time that a machine with
// nothing else to do would not have taken.
import { readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { serve } from '../../browser/harness.mjs';
import { numbers, questions } from '../../browser/questions.mjs';
import { metric, spread, until } from './figures.mjs';

const archive = process.argv[2] && resolve(process.argv[2]);
if (!archive) { console.error('usage: node search.mjs ARCHIVE'); process.exit(2); }
const READERS = Number(process.env.KB_READERS ?? 50), SECONDS = Number(process.env.KB_SECONDS ?? 20);
const ends = [], t = { after: (end) => ends.push(end) };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const { address, pid } = await serve(t, archive);
await until(async () => (await (await fetch(`${address}/__kb/health`)).json()).settled);
const { incidents } = await (await fetch(`${address}/api/v1/incidents.json`)).json();
const random = numbers(5), some = Array.from({ length: 200 }, () => incidents[Math.floor(random() * incidents.length)]);
const texts = await Promise.all(some.slice(0, 60).map(async ({ slug }) => (await (await fetch(`${address}/incidents/${slug}.html`)).text()).replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, ' ')));
const values = { component: [...new Set(some.flatMap((one) => one.components))], severity: ['SEV1', 'SEV2'], id: some.map((one) => one.id ?? one.slug) };
const asked = questions(texts, values, 20);

const { host, hostname, port } = new URL(address);
const request = (q) => `GET /api/search?${new URLSearchParams({ q, limit: 7, offset: 0, typing: 1 })} HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: gzip\r\n\r\n`;
/** Each question as it is typed, key by key. */
const typed = asked.map(({ q }) => Array.from({ length: Math.min(q.length, 40) }, (_, n) => Buffer.from(request(q.slice(0, n + 1)))));

/** A connection that stays; asks for one thing at a time and resolves when the whole answer is there. */
async function connection() {
  const socket = connect(Number(port), hostname).setNoDelay(true);
  await new Promise((done, failed) => socket.once('connect', done).once('error', failed));
  let begun, missing, done, failed;
  socket.on('data', (piece) => {
    if (missing === undefined) {
      const end = piece.indexOf('\r\n\r\n'), head = piece.toString('latin1', 0, end), length = head.match(/\r\ncontent-length: (\d+)/i);
      if (end < 0 || !head.startsWith('HTTP/1.1 200 ') || !length) return failed(new Error(head));
      missing = end + 4 + Number(length[1]);
    }
    missing -= piece.length;
    if (missing <= 0) done(performance.now() - begun);
  }).on('error', (error) => failed?.(error)).on('close', () => failed?.(new Error('the connection was closed')));
  const ask = (bytes) => new Promise((resolve, reject) => {
    [done, failed, missing] = [resolve, reject, undefined];
    begun = performance.now();
    socket.write(bytes);
  });
  return { ask, end: () => { failed = undefined; socket.destroy(); } };
}

/** Times of one request after the other on one connection: until the whole answer is there. */
async function reader(seed, end, { within, rest }, times) {
  const next = numbers(seed), { ask, end: leave } = await connection();
  await pause(next() * within);
  while (performance.now() < end) {
    for (const key of typed[Math.floor(next() * typed.length)]) {
      if (performance.now() >= end) break;
      times.push(await ask(key));
      if (rest) await pause(80 + next() * 120);
    }
  }
  leave();
}

/** Milliseconds that each thread of a process ran, and that it was ready and waited for a core. */
function cores(pid) {
  return new Map(readdirSync(`/proc/${pid}/task`).map((thread) => {
    try { return [thread, readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ').map((ns) => Number(ns) / 1e6)]; } catch { return [thread, [0, 0]]; }
  }));
}

/** The same between two readings, of all threads that are there at the second. */
function between(before, after) {
  const sum = (what) => [...after].reduce((all, [thread, now]) => all + now[what] - (before.get(thread)?.[what] ?? 0), 0);
  return [sum(0), sum(1)];
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
  let cost = [];
  // Just before the end: threads take their figures with them.
  const looked = pause(SECONDS * 1000 - 200).then(() => { cost = [process.pid, pid].map(cores); });
  const at = [process.pid, pid].map(cores);
  await Promise.all([looked, ...Array.from({ length: READERS }, (_, n) => reader(n + 1 + 1000 * day, end, way, times))]);
  console.log(`${spread(`${READERS} ${name}`, times)}   ${(times.length / SECONDS).toFixed(0)} a second`);
  console.log(server(before, await metric(address)));
  const [[ran, waited], [own, delayed]] = [1, 0].map((n) => between(at[n], cost[n]).map((ms) => (ms / times.length).toFixed(2)));
  console.log(`  for each answer the server ran ${ran} ms and waited ${waited} ms for a core, the client ran ${own} ms and waited ${delayed} ms`);
}
for (const end of ends) await end();
