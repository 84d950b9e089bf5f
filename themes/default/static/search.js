"use strict";
// From a question to incidents: the same numbers in the same order as src/index does on a server. Every sum is rounded
// as the server rounds it, to 32 bits.
(() => {
  const { read, parse, isPaste, signatures, split, distance } = kbSearch.words, f = Math.fround;
  const SECOND = f(0.8), BESIDE = f(0.5), K1 = f(1.2), LEAST = f(1 / 3);
  const COMPLETIONS = 50, RARE_ENOUGH = 1000, SPELLINGS = 3, KEPT = 8, LOOKED_UP = 300, PASTED = 8192, LENGTH = 240, BEFORE = 60;
  const OFFERED = ["severity", "component", "year", "tag", "team", "family", "is", "has"];

  // Documents with scores: two lists beside each other, numbers ascending.
  const none = () => ({ documents: [], scores: [] });
  const bare = (documents) => ({ documents, scores: documents.map(() => 0) });
  const scaled = (found, by) => (by === 1 ? found : { documents: found.documents, scores: found.scores.map((score) => f(score * by)) });
  const walk = (a, b, left, right, middle) => {
    const out = none(), push = (document, score) => { out.documents.push(document); out.scores.push(score); };
    let i = 0, j = 0;
    while (i < a.documents.length || j < b.documents.length) {
      const x = a.documents[i] ?? Infinity, y = b.documents[j] ?? Infinity;
      if (x === y) { if (middle) push(x, middle(a.scores[i], b.scores[j])); i += 1; j += 1; }
      else if (x < y) { if (left) push(x, a.scores[i]); i += 1; }
      else { if (right) push(y, b.scores[j]); j += 1; }
    }
    return out;
  };
  const sum = (x, y) => f(x + y);
  const add = (a, b) => (a.documents.length ? b.documents.length ? walk(a, b, true, true, sum) : a : b);
  const best = (a, b) => (a.documents.length ? b.documents.length ? walk(a, b, true, true, Math.max) : a : b);
  const both = (a, b) => walk(a, b, false, false, sum);
  const without = (a, b) => walk(a, b, true, false, null);
  const only = (found, keep) => {
    const kept = found.documents.map((document, at) => [document, found.scores[at]]).filter(([document]) => keep(document));
    return { documents: kept.map(([document]) => document), scores: kept.map(([, score]) => score) };
  };
  const idf = (count, frequency) => f(Math.log(f(1 + f(f(Math.max(0, count - frequency) + 0.5) / f(frequency + 0.5)))));
  // The lengths that are told apart: up to four words exactly, then two for each doubling.
  const LENGTHS = Array.from({ length: 28 }, (_, at) => (at < 4 ? at + 1 : Math.round(2 ** ((at + 1) / 2))));

  const engine = (index) => {
    const { head, columns } = index, hidden = new Set(head.hidden), stops = new Set(head.stops);
    const everything = () => bare(Array.from({ length: head.n }, (_, n) => n).filter((n) => !hidden.has(n)));
    const weightOf = (each) => f(f(idf(head.n, each.count) * f(1 + K1)) * f(columns[each.column].weight));
    const gain = (column, weight, times, level) => f(f(weight * times) / f(times + f(K1 * f(0.25 + f(f(0.75 * LENGTHS[level]) / columns[column].mean)))));
    const inColumn = (each, column) => !column || columns[each.column].name === column;

    // Documents with a term, in one column or anywhere.
    const term = (entry, column) => {
      index.documents(entry);
      const out = none(), parts = entry.columns.filter((each) => inColumn(each, column)), weights = parts.map(weightOf);
      entry.documents.forEach((document, at) => {
        let score = null;
        parts.forEach((each, n) => {
          if (!each.times[at]) return;
          const more = gain(each.column, weights[n], each.times[at], each.lengths[at]);
          score = score === null ? more : f(score + more);
        });
        if (score !== null) { out.documents.push(document); out.scores.push(score); }
      });
      return out;
    };

    // Documents in which terms stand at these distances, [entry, offset].
    const phrase = async (terms, column) => {
      await Promise.all(terms.map(([entry]) => index.placed(entry)));
      return columns.map((_, n) => phraseIn(terms, n)).filter((_, n) => !column || columns[n].name === column).reduce(add, none());
    };
    const phraseIn = (terms, column) => {
      const members = terms.map(([entry, offset]) => ({ documents: entry.documents, each: entry.columns.find((each) => each.column === column), offset, at: 0 }));
      if (members.some(({ each }) => !each)) return none();
      const weight = members.reduce((all, { each }) => f(all + weightOf(each)), 0), out = none();
      const [rarest, ...others] = members.sort((a, b) => a.each.count - b.each.count);
      const reaches = (member, document) => {
        while (member.documents[member.at] < document) member.at += 1;
        return member.documents[member.at] === document && member.each.times[member.at];
      };
      rarest.documents.forEach((document, at) => {
        if (!rarest.each.times[at] || !others.every((member) => reaches(member, document))) return;
        const beside = (start) => others.every((member) => member.each.places[member.at].includes(start + member.offset));
        const times = rarest.each.places[at].filter((place) => place >= rarest.offset && beside(place - rarest.offset)).length;
        if (times) { out.documents.push(document); out.scores.push(gain(column, weight, times, rarest.each.lengths[at])); }
      });
      return out;
    };

    const completions = async (surface) => {
      const own = (await index.entry(surface)).term, found = [...await index.starting(surface)].filter((one) => one.term !== own);
      const counted = found.map((one) => [index.frequency(one), one]);
      return counted.sort((a, b) => b[0] - a[0] || (a[1].term < b[1].term ? -1 : 1)).slice(0, COMPLETIONS).map(([, one]) => one);
    };

    // Words a slip away: the fewest slips, then the most documents.
    const near = (typed, [word]) => {
      const letters = [...typed].length, budget = letters < 4 ? -1 : letters < 8 ? 1 : 2, sorted = (text) => [...text].sort().join();
      return letters > 4 || sorted(typed) === sorted(word) ? distance(typed, word, budget) : null;
    };
    const spellings = async (typed) => {
      if ([...typed].length < 4) return [];
      const found = (await index.spell()).map((one) => [near(typed, one), one]).filter(([slips]) => slips !== null);
      found.sort((a, b) => a[0] - b[0] || b[1][1] - a[1][1] || (a[1][0] < b[1][0] ? -1 : 1));
      const used = [];
      for (const [slips, [word]] of found) {
        if (slips !== found[0][0] || used.length === SPELLINGS) break;
        const entry = await index.entry(word);
        if (!used.some((one) => one.entry === entry)) used.push({ word, entry });
      }
      return used;
    };
    const synonyms = (surface) => Object.entries(head.synonyms).flatMap(([word, others]) => {
      const same = (one) => one.toLowerCase() === surface;
      if (same(word)) return others;
      return others.some(same) ? [word, ...others.filter((one) => !same(one))] : [];
    });

    const valuesOf = async (facet, value) => {
      const { values, aliases } = await index.filter(facet), wanted = value.toLowerCase(), digits = (name) => name.replace(/^\D+/, "");
      const exact = [...values.keys()].find((name) => name.toLowerCase() === wanted);
      const byDigits = () => facet === "severity" && /^\d*$/.test(wanted) && [...values.keys()].find((name) => digits(name) === wanted);
      return values.get(exact) ?? values.get(aliases.get(wanted)) ?? values.get(byDigits());
    };
    const nearest = (typed, names) => {
      const budget = Math.min(3, Math.max(1, Math.floor([...typed].length / 3)));
      const found = names.map((name) => [distance(typed, name, budget), name]).filter(([slips]) => slips !== null);
      return found.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))[0]?.[1];
    };

    // One question on its way: what is marked, missing, corrected.
    const evaluation = (correct) => {
      const told = { marks: new Set(), missing: [], instead: [], unread: [] };
      let negated = false;
      const mark = (entry) => { if (!negated && entry.surfaces.length) told.marks.add(entry); };
      const miss = (words) => { if (!negated && !told.missing.includes(words)) told.missing.push(words); };
      const isStop = (node) => { const { leaves } = read(node.words); return !node.quoted && leaves.length === 1 && stops.has(leaves[0][0]); };

      const ordered = async (leaves, node) => {
        const telling = leaves.filter(([surface]) => !stops.has(surface));
        const terms = await Promise.all(telling.map(async ([surface, position]) => [await index.entry(surface), position]));
        terms.forEach(([entry]) => mark(entry));
        if (terms.length > 1) return node.prefix ? openPhrase(terms, leaves, node.column) : phrase(terms, node.column);
        if (terms.length) return term(terms[0][0], node.column);
        let all = everything();
        for (const [surface] of leaves) all = both(all, term(await index.entry(surface), node.column));
        return all;
      };
      const openPhrase = async (terms, leaves, column) => {
        const [last, position] = leaves.at(-1), before = terms.slice(0, -1);
        let found = await phrase(terms, column);
        for (const entry of await completions(last)) {
          const more = await phrase([...before, [entry, position]], column);
          if (more.documents.length) { mark(entry); found = best(found, more); }
        }
        return found;
      };
      const spelled = async (surface, column) => {
        const used = correct && !negated ? await spellings(surface) : [];
        if (!used.length) { miss(surface); return none(); }
        let found = none();
        for (const { entry } of used) { found = best(found, term(entry, column)); mark(entry); }
        told.instead.push({ typed: surface, used: used.map(({ word }) => word) });
        return scaled(found, SECOND);
      };
      const word = async (surface, node) => {
        const entry = await index.entry(surface);
        let found = term(entry, node.column);
        mark(entry);
        for (const one of node.prefix ? await completions(surface) : []) { found = best(found, term(one, node.column)); mark(one); }
        for (const other of synonyms(surface)) {
          const plain = { column: node.column, quoted: true };
          found = best(found, scaled(await ordered(read(other).leaves, plain), SECOND));
        }
        return found.documents.length || index.frequency(entry) ? found : spelled(surface, node.column);
      };
      const text = async (node) => {
        const { leaves, whole } = read(node.words);
        let found = none();
        if (leaves.length === 1) found = await word(leaves[0][0], node);
        else if (leaves.length && whole && !node.quoted) {
          const parts = await ordered(leaves, node), entry = await index.entry(whole);
          found = best(term(entry, node.column), parts);
          mark(entry);
        } else if (leaves.length) found = await ordered(leaves, node);
        if (!found.documents.length && leaves.length > 1) miss(node.words);
        return scaled(found, node.boost);
      };

      const between = async (from, to) => {
        const dates = await index.dates(), inside = (date) => date !== null && (from === null || from <= date) && (to === null || date <= to);
        return dates.flatMap((date, number) => (inside(date) ? [number] : []));
      };
      const filter = async (node) => {
        if (node.filter === "dates") return bare(await between(node.from, node.to));
        if (node.filter === "id") return bare((await index.filter("id")).values.get(node.value.toLowerCase()) ?? []);
        const known = head.filters.includes(node.facet) ? await valuesOf(node.facet, node.value) : undefined;
        if (!known && !negated) {
          const names = head.filters.includes(node.facet) ? [...(await index.filter(node.facet)).values.keys()] : [];
          told.unread.push({ kind: "value", facet: node.facet, x: node.value, near: nearest(node.value, names) });
        }
        return bare(known ?? []);
      };

      // Half a point more where neighbouring words of the question, unless frequent, stand side by side; stop words leave a gap.
      const sideBySide = async (children) => {
        const found = [];
        let last = null;
        for (const child of children) {
          const leaves = child.words === undefined ? null : read(child.words).leaves;
          if (!leaves) last = null;
          if (!leaves?.length) continue;
          if (isStop(child)) { if (last) last.gap += 1; continue; }
          const [first] = leaves[0], [end] = leaves.at(-1);
          if (last && !stops.has(first)) {
            const pair = [[last.entry, 0], [await index.entry(first), last.gap]];
            if (pair.every(([one]) => index.frequency(one) <= RARE_ENOUGH)) found.push(scaled(await phrase(pair, child.column), BESIDE));
          }
          last = stops.has(end) ? null : { entry: await index.entry(end), gap: 1 };
        }
        return found;
      };
      const parts = async (children) => {
        const out = { wanted: [], within: null, unwanted: [], beside: [] };
        const telling = children.some((child) => child.words !== undefined && !isStop(child));
        const narrow = (found) => { out.within = out.within ? both(out.within, found) : found; };
        for (const child of children) {
          if (child.not) {
            const outside = negated;
            negated = true;
            out.unwanted.push(await node(child.not));
            negated = outside;
          } else if (child.filter) narrow(await filter(child));
          else if (child.or?.every((one) => one.filter)) narrow(await node(child));
          else if (child.words === undefined) out.wanted.push({ words: "", found: await node(child), required: true });
          else if (!telling || !isStop(child)) out.wanted.push({ words: child.words, found: await text(child), required: child.quoted || child.column !== undefined });
        }
        out.beside = await sideBySide(children);
        return out;
      };
      const node = async (one) => {
        if (one.words !== undefined) return text(one);
        if (one.filter) return filter(one);
        if (!one.or) return whole(await parts(one.and ?? [one]));
        let any = none();
        for (const child of one.or) any = add(any, await node(child));
        return any;
      };
      return { told, text, parts };
    };

    const filtered = (parts, found) => parts.unwanted.reduce(without, parts.within ? both(found, parts.within) : found);
    const nearer = (parts, found) => parts.beside.reduce((all, beside) => add(all, both(bare(all.documents), beside)), found);
    const whole = (parts) => {
      if (!parts.wanted.length) return filtered(parts, everything());
      const [rarest, ...others] = parts.wanted.map(({ found }) => found).sort((a, b) => a.documents.length - b.documents.length);
      const common = bare(others.reduce(both, rarest).documents);
      return filtered(parts, nearer(parts, parts.wanted.reduce((all, { found }) => both(all, found), common)));
    };

    // Incidents that lack some of the words count by the share of the question's weight they cover.
    const ranked = (parts) => {
      const scores = parts.wanted.reduce((all, { found }) => add(all, found), none());
      const strict = parts.wanted.filter(({ required }) => required).reduce((left, { found }) => { const has = new Set(found.documents); return only(left, (one) => has.has(one)); }, scores);
      const found = filtered(parts, nearer(parts, strict.documents.length ? strict : scores)), covered = new Float32Array(head.n);
      let all = 0;
      for (const { found: { documents } } of parts.wanted) {
        const weight = documents.length ? idf(head.n, documents.length) : 0;
        all = f(all + weight);
        for (const document of documents) covered[document] += weight;
      }
      const share = (document) => f(covered[document] / all), kept = only(found, (document) => share(document) >= LEAST);
      return { documents: kept.documents, scores: kept.scores.map((score, at) => f(score * share(kept.documents[at]))) };
    };
    const byWords = async (text, typing, evaluated) => {
      const { root, unread } = parse(text, typing), parts = await evaluated.parts(root.and ?? [root]), all = whole(parts);
      evaluated.told.unread.unshift(...unread);
      if (parts.wanted.length < 2) return { ranked: all, whole: all, words: [] };
      const words = parts.wanted.filter((one) => one.words).map((one) => [one.words, new Set(one.found.documents)]);
      return { ranked: ranked(parts), whole: all, words };
    };

    // A paste is reduced to its signatures and rarest words, of which two must match.
    const reduced = async (text) => {
      const start = decoder.decode(new TextEncoder().encode(text).slice(0, PASTED)).replace(/\ufffd$/, ""), kept = [], covered = new Set(), words = [];
      const leaves = read(start).leaves;
      await Promise.all(leaves.slice(0, LOOKED_UP).map(([surface]) => index.entry(surface)));
      for (const one of signatures(start)) {
        const found = await Promise.all(read(one).leaves.map(([surface]) => index.entry(surface)));
        if (kept.length === KEPT || !found.every((entry) => index.frequency(entry))) continue;
        found.forEach((entry) => covered.add(entry.term));
        kept.push(one);
      }
      for (const [place, [surface]] of leaves.entries()) {
        if (!/\p{Alphabetic}/u.test(surface) || [...surface].length < 2 || stops.has(surface) || words.length === LOOKED_UP) continue;
        const entry = await index.entry(surface);
        if (!covered.has(entry.term) && index.frequency(entry)) words.push([index.frequency(entry), place, surface]);
        covered.add(entry.term);
      }
      words.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      return [...kept, ...words.map(([, , surface]) => surface)].slice(0, KEPT);
    };
    const byPaste = async (text, evaluated) => {
      const words = await reduced(text), wanted = [];
      for (const one of words) wanted.push(await evaluated.text({ words: one, quoted: false, prefix: false, boost: 1 }));
      evaluated.told.missing.length = 0;
      const least = Math.min(2, wanted.length), counts = new Uint8Array(head.n);
      wanted.forEach(({ documents }) => documents.forEach((document) => { counts[document] += 1; }));
      const all = only(wanted.reduce(add, none()), (document) => counts[document] >= least);
      return { ranked: all, whole: all, words: [], reduced: words };
    };

    // What the chosen filters leave; those of the facet `but` are passed over.
    const chosenOf = async (found, chosen, but) => {
      let left = found;
      for (const facet of new Set(chosen.map(([facet]) => facet).filter((facet) => facet !== but))) {
        const any = new Set();
        for (const [, value] of chosen.filter(([one]) => one === facet)) (await valuesOf(facet, value) ?? []).forEach((one) => any.add(one));
        left = only(left, (one) => any.has(one));
      }
      return left;
    };
    const facets = async (found, chosen) => {
      const out = {};
      for (const facet of OFFERED.filter((one) => head.filters.includes(one))) {
        const inside = new Set((await chosenOf(found, chosen, facet)).documents), { values } = await index.filter(facet);
        const counted = [...values].map(([value, documents]) => [value, documents.filter((one) => inside.has(one)).length]).filter(([, count]) => count);
        counted.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
        if (counted.length) out[facet] = counted;
      }
      return out;
    };

    const search = async (text, { limit = 10, offset = 0, typing = false, correct = true, chosen = [], newest = false } = {}) => {
      const evaluated = evaluation(correct), { told } = evaluated;
      const found = isPaste(text) ? await byPaste(text, evaluated) : await byWords(text, typing, evaluated);
      const visible = (list) => chosenOf(hidden.size ? only(list, (one) => !hidden.has(one)) : list, chosen);
      const left = await visible(found.ranked), all = await visible(found.whole), has = new Set(found.whole.documents);
      const order = left.documents.map((document, at) => [document, left.scores[at]]);
      order.sort((a, b) => (newest ? has.has(b[0]) - has.has(a[0]) : b[1] - a[1]) || b[0] - a[0]);
      const hits = order.slice(offset, offset + limit).map(([number, score]) => ({
        number, score, lacks: has.has(number) ? [] : found.words.filter(([, documents]) => !documents.has(number)).map(([words]) => words) }));
      return { ...told, total: all.documents.length, partial: left.documents.length - all.documents.length, hits, reduced: found.reduced ?? [], lost: index.lost,
        facets: () => facets(found.whole.documents.length ? found.whole : found.ranked, chosen) };
    };
    return { search };
  };
  const decoder = new TextDecoder();

  // The forms of the marked terms, each with its term and how much that tells.
  const marksOf = (index, entries) => {
    const weights = new Map();
    for (const entry of entries) {
      const weight = f(Math.log(f(1 + f(index.head.n / f(1 + index.frequency(entry))))));
      for (const surface of entry.surfaces) weights.set(surface, [entry, weight]);
    }
    return weights;
  };
  const placesOf = (text, weights) => split(text).flatMap((word) => {
    const [entry, weight] = weights.get(word.text.toLowerCase()) ?? [];
    return entry ? [{ start: word.start, end: word.end, position: word.position, entry, weight }] : [];
  });
  // Different words count once each, rare ones more, neighbours half again.
  const worth = (places) => {
    const seen = new Set();
    return places.reduce((all, place, at) => {
      if (seen.has(place.entry)) return all;
      seen.add(place.entry);
      const before = places[at - 1], beside = before && before.entry !== place.entry && place.position === before.position + 1;
      const more = f(all + place.weight);
      return beside ? f(more + f(place.weight / 2)) : more;
    }, 0);
  };
  const stretch = (text, anchor) => {
    const wished = anchor <= BEFORE * 2 ? 0 : anchor - BEFORE, space = text.slice(wished, anchor).search(/\s/);
    const start = wished && space >= 0 ? wished + space + 1 : wished, end = start + LENGTH;
    if (end >= text.length) return [start, text.length];
    const back = text.slice(anchor, end).match(/^.*\s/s);
    return [start, back ? anchor + back[0].length - 1 : end];
  };
  // The stretch with the most marked words, as [text, marked].
  const cut = (text, places) => {
    let densest = 0, most = -1;
    places.forEach((place, at) => {
      const beyond = places.findIndex(({ end }, n) => n >= at && end > place.start + LENGTH - BEFORE);
      const value = worth(places.slice(at, beyond < 0 ? undefined : beyond));
      if (value > most) { most = value; densest = at; }
    });
    const [start, end] = stretch(text, places[densest]?.start ?? 0), runs = start ? [["… ", false]] : [];
    const push = (from, to, marked) => {
      if (from < to && marked && runs.at(-1)?.[1]) runs.at(-1)[0] += text.slice(from, to);
      else if (from < to) runs.push([text.slice(from, to).replace(/\s+/g, " "), marked]);
    };
    let at = start;
    for (const place of places.filter((one) => one.start >= start && one.end <= end)) {
      if (place.start < at) continue;
      push(at, place.start, false);
      push(place.start, place.end, true);
      at = place.end;
    }
    push(at, at + text.slice(at, end).trimEnd().length, false);
    return end < text.trimEnd().length ? [...runs, [" …", false]] : runs;
  };
  const passage = (sections, weights) => {
    let most = 0, found = null;
    for (const [place, anchor, ...texts] of sections) {
      for (const text of texts) {
        const places = placesOf(text, weights), value = worth(places);
        if (value > most) { most = value; found = { place, anchor, text, places }; }
      }
    }
    return found && { place: found.place, anchor: found.anchor, runs: cut(found.text, found.places) };
  };

  const shown = ([url, title, date, severity, components, open_actions]) => ({ url, title, date, severity, components, open_actions });

  // The search of the site below `base`; `script` loads a script, for `file:`. After a deploy the index is read anew, once.
  kbSearch.start = (base, script) => {
    let index, opened;
    const begin = () => { opened ??= kbSearch.open(base, script).then((one) => { index = one; return engine(one); }); return opened; };
    const steadily = async (work) => {
      try { return await work(await begin()); } catch (error) {
        opened = undefined;
        if (error !== kbSearch.STALE) throw error;
        return work(await begin());
      }
    };
    const filled = async (found, { passages = true }) => {
      const weights = passages && marksOf(index, found.marks);
      const hits = await Promise.all(found.hits.map(async (hit) => {
        const [row, sections, fix] = (passages && await index.text(hit.number)) || [await index.row(hit.number)];
        return row ? { ...hit, ...shown(row), fix, passage: sections && weights.size ? passage(sections, weights) : null } : null;
      }));
      return { ...found, hits: hits.filter(Boolean), most_words: !found.total && found.partial > 0 };
    };
    return {
      open: () => steadily(() => {}),
      search: (text, options = {}) => steadily(async (one) => filled(await one.search(text, options), options)),
    };
  };
})();
