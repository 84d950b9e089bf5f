// Questions of every kind the query language knows, made from the words of an archive; the same ones every time.

/** Numbers between 0 and 1 from a seed (mulberry32). */
export function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * `count` questions of each kind about `texts`, plain texts of reports, with `values` to filter by:
 * `{ kind, q, typing? }`.
 */
export function questions(texts, values, count, seed = 7) {
  const next = numbers(seed);
  const one = (list) => list[Math.floor(next() * list.length)];
  const words = (text) => text.match(/[\p{L}\p{N}]+(?:[-_.:/][\p{L}\p{N}]+)*/gu) ?? [];
  const all = () => words(one(texts));
  const word = (least = 4) => one(all().filter((w) => w.length >= least && /^\p{L}+$/u.test(w)) ?? []) ?? 'pool';
  const some = (n) => { const from = all(); return Array.from({ length: n }, () => one(from) ?? 'pool'); };
  const row = (n) => { const from = all(), at = Math.floor(next() * Math.max(1, from.length - n)); return from.slice(at, at + n).join(' '); };
  const name = () => one(all().filter((w) => /[a-z][A-Z]|[-_.]/.test(w))) ?? 'NodeLost';
  const slip = (w) => { const at = 1 + Math.floor(next() * (w.length - 2)); return one([w.slice(0, at) + w.slice(at + 1), w.slice(0, at) + w[at + 1] + w[at] + w.slice(at + 2), `${w.slice(0, at)}x${w.slice(at)}`]); };
  const value = (facet) => one(values[facet] ?? ['none']);
  const facet = () => one(Object.keys(values));
  const quoted = (text) => (/\s/.test(text) ? `"${text}"` : text);
  const chosen = () => { const which = facet(); return `${which}:${quoted(value(which))}`; };
  const kinds = {
    word: () => word(),
    'any word': () => some(1)[0],
    'two words': () => some(2).join(' '),
    'three words': () => `${word()} ${word()} ${word()}`,
    'words in a row': () => row(4),
    phrase: () => `"${row(2 + Math.floor(next() * 3))}"`,
    'phrase and word': () => `"${row(2)}" ${word()}`,
    'open quotation': () => `"${row(3)}`,
    not: () => `${word()} -${word()}`,
    'only not': () => `-${word()} NOT "${row(2)}"`,
    or: () => `${word()} OR ${word()} OR ${row(2)}`,
    group: () => `(${word()} OR ${word()}) ${word()} -(${word()} ${word()})`,
    column: () => `${one(['title', 'fix', 'error', 'summary', 'headings', 'causes', 'actions', 'body', 'timeline'])}:${word()} ${word()}`,
    'column phrase': () => `${one(['title', 'summary', 'body', 'timeline'])}:"${row(2)}"`,
    filter: () => `${word()} ${chosen()}`,
    'filters alone': () => `${chosen()} ${chosen()}`,
    'not filtered': () => `${word()} -${chosen()} has:${one(['open', 'overdue', 'recurred', 'fix', 'timeline'])}`,
    'filter with a slip': () => `${word()} component:${slip(value('component').padEnd(4, 'x'))}`,
    dates: () => one([`${word()} after:2024-06`, `${word()} before:2023`, `date:2023-03..2024-02 ${word()}`, `year:>=2025 ${word()}`, 'after:soon pool']),
    id: () => `id:${value('id')}`,
    identifier: () => name(),
    'identifier in parts': () => name().replace(/[-_.]/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2'),
    boost: () => `${word()}^3 ${word()} "${row(2)}"^0.5`,
    star: () => `${word().slice(0, 4)}* ${word()}`,
    slip: () => slip(word(6)),
    'slip and word': () => `${slip(word(8))} ${word()}`,
    'unseen form': () => `${word().toLowerCase()}${one(['s', 'ing', 'ed', 'ly', 'ness'])} ${word()}`,
    accents: () => word().replace(/[aeou]/, (c) => ({ a: 'ä', e: 'é', o: 'ø', u: 'û' })[c]),
    'unknown words': () => `${word()} zebrafish qwxzy`,
    'typed so far': () => ({ q: word(5).slice(0, 3 + Math.floor(next() * 3)), typing: true }),
    'words typed so far': () => ({ q: `${word()} ${word(5).slice(0, 4)}`, typing: true }),
    'typed identifier': () => ({ q: name().slice(0, 6), typing: true }),
    'log line': () => `2026-03-14T10:00:01Z ERROR [${word()}] java.net.SocketTimeoutException: ${row(12)} conn=8f3a77b2c1 took ${Math.floor(next() * 9000)}ms`,
    trace: () => `${row(6)}\n  at ${name()} (${name()}:285)\n  503 from ${value('component')}\n  ECONNREFUSED ${row(60)}`.slice(0, 2000),
    signs: () => one(['x509: certificate', '-', '"', '()', 'a AND b', 'AND OR NOT', '((((pool', 'pool)', '+pool', 'title: pool', '', 'the of', '"to be"', 'http://x.example/a', 'C++ *']),
  };
  return Object.entries(kinds).flatMap(([kind, make]) => Array.from({ length: count }, () => {
    const made = make();
    return { kind, ...(typeof made === 'string' ? { q: made } : made) };
  }));
}
