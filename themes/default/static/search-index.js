"use strict";
// The index of a published site, file by file as questions need them; src/index/export/ says what is in which.
(() => {
  const { fold } = kbSearch.words, STALE = Symbol("stale"), decoder = new TextDecoder(), LEVELS = 28;

  // Numbers, words and lists from bytes; past the end is an error, so that a cut file cannot hang the page.
  const reader = (bytes, at = 0) => {
    const byte = () => { if (at >= bytes.length) throw new RangeError("cut"); return bytes[at++]; };
    const number = () => { let sum = 0, shift = 0, one; do { one = byte(); sum += (one & 0x7f) * 2 ** shift; shift += 7; } while (one & 0x80); return sum; };
    const take = (size) => { if (at + size > bytes.length) throw new RangeError("cut"); at += size; return bytes.subarray(at - size, at); };
    const list = (count, one) => { const all = []; for (let n = 0; n < count; n += 1) all.push(one(n)); return all; };
    const steps = (count) => { let sum = 0; return list(count, () => { sum += number(); return sum; }); };
    return { number, take, list, steps, at: () => at,
      word: (before) => { const same = number(); return before.slice(0, same) + decoder.decode(take(number())); },
      ascending: () => steps(number()) };
  };

  // Some hosts decompress by themselves, so the bytes are looked at.
  const inflate = async (bytes) => {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  // From `file:` nothing can be fetched; there a script brings a pack of files as text.
  const shelf = {}, packs = {};
  globalThis.kbShards = (files) => Object.assign(shelf, files);
  const scripted = async (base, script, name) => {
    const [, kind, number] = name.match(/^([a-z]+)(\d+)$/) ?? [], pack = kind ? `${kind}-${number >> 4}` : name;
    await (packs[pack] ??= script(`${base}search/offline/${pack}.js`));
    if (!shelf[name]) throw new Error(name);
    return Uint8Array.from(atob(shelf[name]), (c) => c.charCodeAt(0));
  };
  const fetched = async (base, name, mark) => {
    const response = await fetch(`${base}search/${name}.kbs${mark}`, mark ? {} : { cache: "no-cache" });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const load = async (base, script, name, mark) => {
    const once = () => (location.protocol === "file:" ? scripted(base, script, name) : fetched(base, name, mark));
    return inflate(await once().catch(once));
  };

  const readTerms = (bytes) => {
    const from = reader(bytes), found = new Map(), terms = new Map(), aliases = new Map(), all = [];
    let offset = from.number(), file = 0, last = "", start = 0;
    for (let count = from.number(); count; count -= 1) {
      const entry = { term: from.word(last), mask: from.number(), size: from.number() };
      const step = from.number();
      file += step;
      if (step && all.length) offset = 0;
      Object.assign(entry, { file, offset, length: from.number() });
      offset += entry.length;
      const others = from.number();
      entry.surfaces = from.list(others >> 1, () => from.word(entry.term));
      if (others & 1) entry.surfaces.push(entry.term);
      for (const surface of entry.surfaces) found.set(surface, entry);
      terms.set(entry.term, entry);
      all.push(entry);
      last = entry.term;
    }
    for (let count = from.number(); count; count -= 1) { const surface = from.word(""); aliases.set(surface, from.word(surface)); }
    start = from.at();
    for (const entry of all) { entry.bytes = bytes.subarray(start, start + entry.size); start += entry.size; }
    if (start > bytes.length) throw new RangeError("cut");
    return { found, terms, aliases };
  };

  const readFilter = (bytes) => {
    const from = reader(bytes), values = new Map();
    let last = "";
    for (let count = from.number(); count; count -= 1) { last = from.word(last); values.set(last, from.ascending()); }
    return { values, aliases: new Map(from.list(from.number(), () => [from.word(""), from.word("")])) };
  };

  const open = async (base, script) => {
    const first = await load(base, script, "index", ""), files = new Map(), parsed = new Map(), lost = new Set();
    const head = JSON.parse(decoder.decode(first.subarray(4))), mark = first.slice(0, 4).join();
    const columns = head.fields.map(([name, weight, words]) => ({ name, weight, mean: Math.fround(Math.fround(words) / Math.fround(head.n)) }));
    const moved = async () => {
      if (location.protocol === "file:") return false;
      const now = await load(base, script, "index", "").catch(() => first);
      return now.slice(0, 4).join() !== mark;
    };

    // A file of this index; null where it cannot be had, and then `lost` names it.
    const get = (name) => {
      if (!files.has(name)) {
        files.set(name, load(base, script, name, `?${head.gen}`).then((bytes) => {
          if (bytes.slice(0, 4).join() !== mark) throw STALE;
          return bytes.subarray(4);
        }).catch(async (error) => {
          if (error === STALE || await moved()) throw STALE;
          lost.add(name);
          return null;
        }));
      }
      return files.get(name);
    };
    // The same, read once; what is cut short counts as lost.
    const read = (name, how, none) => {
      if (!parsed.has(name)) {
        parsed.set(name, get(name).then((bytes) => {
          try { return bytes ? how(bytes) : none; } catch { lost.add(name); return none; }
        }));
      }
      return parsed.get(name);
    };

    const NOTHING = { found: new Map(), terms: new Map(), aliases: new Map() };
    const shardOf = (word) => {
      let low = 0, high = head.bounds.length;
      while (low < high) { const middle = (low + high) >> 1; if (head.bounds[middle] <= word) low = middle + 1; else high = middle; }
      return Math.max(0, low - 1);
    };
    const shard = (number) => read(`t${number}`, readTerms, NOTHING);
    const byTerm = async (term) => (await shard(shardOf(term))).terms.get(term);

    // The entry a word is found under, in whatever form; one without documents where there is none.
    const entries = new Map();
    const lookUp = async (surface) => {
      const { found, aliases } = await shard(shardOf(surface));
      const known = found.get(surface) ?? (aliases.has(surface) && await byTerm(aliases.get(surface)));
      if (known) return known;
      const folded = fold(surface);
      const forms = head.rules.filter(([ending]) => folded.length > ending.length && folded.endsWith(ending))
        .map(([ending, put]) => folded.slice(0, folded.length - ending.length) + put);
      for (const form of [folded, ...forms].sort((a, b) => b.length - a.length)) {
        const entry = await byTerm(form);
        if (entry) return entry;
      }
      return { term: folded, mask: 0, bytes: new Uint8Array([0]), surfaces: [], length: 0 };
    };
    const entry = (surface) => { if (!entries.has(surface)) entries.set(surface, lookUp(surface)); return entries.get(surface); };

    const starting = async (prefix) => {
      const found = new Set(), from = shardOf(prefix), to = shardOf(`${prefix}\uffff`);
      const shards = await Promise.all(Array.from({ length: to - from + 1 }, (_, n) => shard(from + n)));
      for (const { found: surfaces, aliases } of shards) {
        for (const [surface, one] of surfaces) if (surface.startsWith(prefix)) found.add(one);
        for (const [surface, term] of aliases) if (surface.startsWith(prefix)) { const one = await byTerm(term); if (one) found.add(one); }
      }
      return found;
    };

    // The documents of an entry, and for each column how often and how long.
    const documents = (one) => {
      if (one.documents) return one;
      const from = reader(one.bytes);
      one.documents = from.ascending();
      const own = columns.map((_, n) => n).filter((n) => one.mask & (1 << n));
      const within = own.length > 1 ? from.list(one.documents.length, from.number) : one.documents.map(() => 1);
      one.columns = own.map((column, bit) => {
        const both = within.map((bits) => (bits >> bit & 1 ? from.number() + LEVELS : 0));
        return { column, count: both.filter(Boolean).length, times: both.map((n) => Math.floor(n / LEVELS)), lengths: both.map((n) => n % LEVELS) };
      });
      return one;
    };
    const frequency = (one) => Math.max(0, ...documents(one).columns.map((each) => each.count));
    // For each column and document the places of the term.
    const placed = async (one) => {
      if (documents(one).placed) return one;
      const bytes = one.length ? await get(`p${one.file}`) : null, from = reader(bytes ?? new Uint8Array(), one.offset);
      try {
        for (const each of one.columns) each.places = bytes ? each.times.map((times) => from.steps(times)) : each.times.map(() => []);
      } catch { lost.add(`p${one.file}`); }
      one.placed = true;
      return one;
    };

    const filter = (name) => read(`x-${name}`, readFilter, { values: new Map(), aliases: new Map() });
    const dates = () => read("x-date", (bytes) => {
      const from = reader(bytes);
      let last = 0;
      return from.list(head.n, () => { const step = from.number(); if (!step) return null; last += step - 1; return last; });
    }, []);
    const spell = () => read("spell", (bytes) => {
      const from = reader(bytes), count = from.number();
      let last = "";
      const words = from.list(count, () => { last = from.word(last); return last; });
      return words.map((word) => [word, from.number()]);
    }, []);
    const json = (bytes) => JSON.parse(decoder.decode(bytes));
    const row = async (number) => (await read(`d${Math.floor(number / head.rows)}`, json, []))[number % head.rows];
    const text = async (number) => (await read(`f${Math.floor(number / head.frag)}`, json, []))[number % head.frag];

    return { head, columns, lost, entry, starting, documents, frequency, placed, filter, dates, spell, row, text };
  };

  Object.assign(kbSearch, { open, STALE });
})();
