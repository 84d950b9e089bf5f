"use strict";
// Words and questions: what a text is made of, what a reader's words ask for. The same rules as src/index/words.rs,
// grammar.rs, dates.rs, long.rs and signature.rs; tests/search-vectors.json holds both to them.
(() => {
  const LONGEST = 63, MOST_RUNS = 8, DEEPEST = 16, MOST_UNITS = 64, SPACE = "\\p{White_Space}";
  const CJK = /[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{323af}]/u;
  const upper = (c) => /\p{Uppercase}/u.test(c), lower = (c) => /\p{Lowercase}/u.test(c);
  const size = (text) => (/^[\0-\x7f]*$/.test(text) ? text.length : new TextEncoder().encode(text).length);

  // The humps of an identifier: NodeLost, OOMKilled, VMs.
  const humps = (run) => {
    const chars = [...run], parts = [];
    let part = "", count = 0;
    chars.forEach((c, at) => {
      const next = chars[at + 1], before = chars[at - 1];
      const plural = next === "s" && at + 2 === chars.length;
      const follows = next !== undefined && lower(next) && !plural;
      if (count > 1 && upper(c) && (lower(before) || ((upper(before) || /\p{N}/u.test(before)) && follows))) {
        parts.push(part);
        part = "";
        count = 0;
      }
      part += c;
      count += 1;
    });
    return [...parts, part];
  };

  // Stretches of one script; CJK ones as overlapping pairs.
  const pairs = (run) => {
    const stretches = [];
    for (const c of run) {
      const last = stretches.at(-1), cjk = CJK.test(c);
      if (last?.cjk === cjk) last.chars.push(c); else stretches.push({ cjk, chars: [c] });
    }
    const parts = [];
    let at = 0;
    for (const { cjk, chars } of stretches) {
      const paired = cjk && chars.length > 1;
      if (paired) chars.slice(1).forEach((c, n) => { parts.push([at, chars[n] + c]); at += chars[n].length; });
      else parts.push([at, chars.join("")]);
      at += paired ? chars.at(-1).length : chars.join("").length;
    }
    return parts;
  };

  // Every word of a text: { text, start, end, position, whole }; a whole comes before its parts.
  const split = (text) => {
    const words = [], chain = [];
    let position = 0;
    const word = (text, start, end, whole) => { if (size(text) <= LONGEST) words.push({ text, start, end, position, whole }); };
    const leaf = (text, start) => { word(text, start, start + text.length, false); position += 1; };
    const flush = () => {
      const cjk = chain.some((run) => CJK.test(run.text));
      if (chain.length > 1 && !cjk && /^\p{Alphabetic}/u.test(chain[0].text)) word(chain.map((run) => run.text).join(""), chain[0].start, chain.at(-1).end, true);
      for (const { text, start, end } of chain) {
        if (CJK.test(text)) pairs(text).forEach(([at, part]) => leaf(part, start + at));
        else if (/^..*\p{Uppercase}/su.test(text) && /\p{Lowercase}/u.test(text)) {
          const parts = humps(text);
          let at = start;
          if (parts.length > 1) word(text, start, end, true);
          for (const part of parts) { leaf(part, at); at += part.length; }
        } else leaf(text, start);
      }
      chain.length = 0;
    };
    for (const { 0: run, index: start } of text.matchAll(/[\p{Alphabetic}\p{N}]+/gu)) {
      const last = chain.at(-1);
      if (last && (chain.length === MOST_RUNS || !/^(?:[_.-]|::)$/.test(text.slice(last.end, start)))) flush();
      chain.push({ text: run, start, end: start + run.length });
    }
    flush();
    return words;
  };

  // The words of a piece of a question: leaves as [surface, position], and the identifier they make together.
  const read = (text) => {
    const words = split(text), leaves = words.filter((word) => !word.whole);
    const whole = words.find((word) => word.whole && word.start === leaves[0]?.start && word.end === leaves.at(-1).end);
    return { leaves: leaves.map((word) => [word.text.toLowerCase(), word.position]), whole: whole?.text.toLowerCase() };
  };

  const fold = (word) => (/^[\0-\x7f]*$/.test(word) ? word : word.normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[ßæœøđðłþıħĸŋſ]/g, (c) => ({ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ħ: "h", ĸ: "q", ŋ: "n", ſ: "s" }[c])));

  // Days, counted from the year 0; null where there is no such day.
  const day = (year, month, date) => {
    const time = new Date(0);
    time.setUTCFullYear(year, month - 1, date);
    return time.getUTCMonth() === month - 1 && time.getUTCDate() === date ? time / 864e5 + 719528 : null;
  };
  const lastOf = (year, month) => [31, 30, 29, 28].map((date) => day(year, month, date)).find((one) => one !== null);
  const period = (text) => {
    const [, year, month, date] = text.trim().match(/^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/) ?? [];
    if (!year) return null;
    if (!month) return [day(+year, 1, 1), day(+year, 12, 31)];
    const first = day(+year, +month, +(date ?? 1));
    if (first === null) return null;
    return [first, date ? first : lastOf(+year, +month)];
  };
  const range = (text) => {
    const [, from, to] = text.trim().match(/^(.*?)\.\.(.*)$/s) ?? [];
    if (from !== undefined) {
      const first = from ? period(from) : [null], last = to ? period(to) : [null, null];
      return first && last && (from || to) ? [first[0], last[1]] : null;
    }
    const [, sign, rest] = text.trim().match(/^([<>]=?)?(.*)$/s), found = period(rest);
    if (!found) return null;
    return { ">=": [found[0], null], "<=": [null, found[1]], ">": [found[1] + 1, null], "<": [null, found[0] - 1] }[sign] ?? found;
  };

  const COLUMNS = ["title", "fix", "error", "summary", "headings", "causes", "actions", "body", "timeline"];
  const FACETS = ["severity", "component", "year", "tag", "owner", "team", "family", "status", "is", "has"];
  const field = (name) => {
    const plain = { since: "after", until: "before", kind: "is" }[name] ?? name;
    if (["id", "date", "after", "before"].includes(plain)) return { kind: plain };
    const singular = name.replace(/s$/, "");
    const facet = FACETS.find((one) => (["is", "has", "status"].includes(one) ? one === plain : one === name || one === singular));
    if (facet) return { kind: facet === "year" ? "date" : "facet", name: facet };
    const column = COLUMNS.find((one) => one === name || one === `${name}s`);
    return column && { kind: "column", name: column };
  };
  const boost = (digits) => (/^[\d.]+$/.test(digits) && !Number.isNaN(+digits) ? Math.fround(Math.min(10, Math.max(0.1, +digits))) : null);

  // The query language: a tree of { and }, { or }, { not }, { words, … } and { filter, … }, and what could not be read.
  const parse = (text, typing) => {
    let at = 0, depth = 0, units = 0;
    const unread = [];
    const see = (pattern) => { const sticky = new RegExp(pattern, "yu"); sticky.lastIndex = at; return sticky.exec(text); };
    const take = (pattern) => { const found = see(pattern); at += found?.[0].length ?? 0; return found; };
    const space = () => take(`${SPACE}*`), operator = (word) => take(`${word}(?=[(]|${SPACE}|$)`);
    const joined = (nodes, how) => (nodes.length > 1 ? { [how]: nodes } : nodes[0]);

    const or = () => {
      const any = [];
      do { const one = and(); if (one) any.push(one); space(); } while (operator("OR"));
      return joined(any, "or");
    };
    const and = () => {
      const all = [], known = new Set();
      for (;;) {
        space();
        if (at >= text.length || (text[at] === ")" && depth) || see(`OR(?=[(]|${SPACE}|$)`)) return joined(all, "and");
        if (operator("AND")) continue;
        const one = unit(), name = JSON.stringify(one);
        if (one && !known.has(name)) { known.add(name); all.push(one); }
      }
    };
    const unit = () => {
      let positive = true;
      for (;;) {
        space();
        if (operator("NOT")) positive = !positive;
        else {
          const sign = take(`[-+](?!${SPACE}|$)`)?.[0];
          if (!sign) break;
          if (sign === "-") positive = !positive;
        }
      }
      const node = text[at] === "(" ? group() : words();
      return node && !positive ? { not: node } : node;
    };
    const group = () => {
      at += 1;
      if (depth === DEEPEST) return undefined;
      depth += 1;
      const inner = or();
      depth -= 1;
      space();
      take("[)]");
      return inner;
    };
    const word = () => {
      let open = 0, end = at;
      for (; end < text.length; end += 1) {
        const c = text[end];
        if (c === "(") open += 1;
        else if (c === ")" && open) open -= 1;
        else if ((c === ")" && depth) || c === '"' || /\p{White_Space}/u.test(c)) break;
      }
      const found = text.slice(at, end);
      at = end + (found ? 0 : String.fromCodePoint(text.codePointAt(end) ?? 0).length);
      return found;
    };
    const words = () => {
      const start = at, name = see("([A-Za-z]+):(?!//)")?.[1], known = name && field(name.toLowerCase());
      if (known) at += name.length + 1;
      const quoted = Boolean(take('"')), node = { words: "", quoted, prefix: false, boost: 1 };
      if (quoted) {
        node.words = take('[^"]*')[0];
        take('"');
        node.prefix = Boolean(take("[*]"));
        const times = see("\\^([\\d.]*)"), count = times && boost(times[1]);
        if (count) { node.boost = count; at += times[0].length; }
      } else {
        const found = word(), [, before, digits] = found.match(/^(.+)\^([^^]*)$/s) ?? [], count = before && boost(digits);
        node.words = count ? before : found;
        node.boost = count || 1;
        const long = CJK.test(node.words) ? 2 : 3, tail = [...node.words.match(/[\p{Alphabetic}\p{N}]*$/u)[0]].length;
        node.prefix = node.words.endsWith("*") || Boolean(typing && !known && at >= text.length && tail >= long);
      }
      units += 1;
      if (units === MOST_UNITS + 1) unread.push({ kind: "many", x: MOST_UNITS });
      return units > MOST_UNITS ? undefined : meaning(known, node, text.slice(start, at).trimEnd());
    };
    const meaning = (known, node, written) => {
      const empty = !/[\p{Alphabetic}\p{N}]/u.test(node.words);
      if (!known) return empty ? undefined : node;
      if (empty) { unread.push({ kind: "empty", x: written }); return undefined; }
      const value = (one) => ({ filter: "value", facet: known.name, value: one }), dates = (from, to) => ({ filter: "dates", from, to });
      if (known.kind === "column") return { ...node, column: known.name };
      if (known.kind === "id") return { filter: "id", value: node.words };
      if (known.kind === "facet") return node.quoted ? value(node.words.trim()) : joined(node.words.split(",").filter(Boolean).map(value), "or");
      const found = known.kind === "date" ? range(node.words) : period(node.words);
      if (!found) { unread.push({ kind: "date", x: written }); return undefined; }
      return { date: () => dates(...found), after: () => dates(found[0], null), before: () => dates(null, found[0] - 1) }[known.kind]();
    };

    const parts = [];
    while (at < text.length) {
      const part = or();
      if (part) parts.push(part);
      take("[)]");
    }
    return { root: parts.length === 1 ? parts[0] : { and: parts }, unread };
  };

  // A paste has several lines, or more than twelve words where a quotation counts as one.
  const isPaste = (text) => text.trim().includes("\n") || (text.match(/"[^"]*(?:"|$)|[^"\p{White_Space}][^\p{White_Space}]*/gu) ?? []).length > 12;

  // Signatures of a log or a stack trace, in the order the server takes them.
  const ERRNO = new RegExp(`^E(?:${"ACCES ADDRINUSE ADDRNOTAVAIL AGAIN BADF BUSY CHILD CONNABORTED CONNREFUSED CONNRESET DEADLK DQUOT EXIST FAULT FBIG HOSTUNREACH INTR INVAL IO ISDIR MFILE MSGSIZE NETUNREACH NFILE NOENT NOMEM NOSPC NOTCONN NOTFOUND PERM PIPE ROFS STALE TIMEDOUT".replaceAll(" ", "|")})$`);
  const kindOf = (word, last, text) => {
    const camel = word.whole && word.end - word.start === word.text.length && /^\p{Alphabetic}/u.test(word.text) && lower(word.text) && upper(word.text);
    if (camel && /(?:Error|Exception|Failure|Fault|Panic|Timeout)$/.test(word.text)) return [0, text];
    if (camel && size(word.text) >= 6 && /(?:Killed|BackOff|Lost|Evicted|Exceeded|Refused|NotReady|Pressure)$/.test(word.text)) return [3, text];
    if (!word.whole && ERRNO.test(word.text)) return [1, text];
    if (/^[\dA-Z]{5}$/.test(word.text) && /^sqlstate$/i.test(last)) return [2, text];
    return /^[45]\d\d$/.test(word.text) && /^http$/i.test(last) ? [4, `HTTP ${word.text}`] : null;
  };
  const services = (text) => {
    const words = text.split(/\p{White_Space}+/u).filter(Boolean).slice(0, 20000), found = [];
    words.forEach((link, at) => {
      const status = (words[at - 1] ?? "").replace(/^[^A-Za-z\d]+|[^A-Za-z\d]+$/g, "").replace(/s+$/, "");
      const service = (words[at + 1] ?? "").replace(/^[^\p{Alphabetic}\p{N}]+|[^\p{Alphabetic}\p{N}]+$/gu, "");
      if (/^[45]\d\d$/.test(status) && /^(?:from|on|in|by)$/.test(link) && size(service) > 2 && !/^(?:\d|(?:the|all|any|our|its|this|that)$)/.test(service)) found.push([4, `HTTP ${status} ${service.toLowerCase()}`]);
    });
    return found;
  };
  const signatures = (text) => {
    let within = 0, last = "";
    const found = services(text);
    for (const word of split(text)) {
      if (!word.whole && word.start < within) continue;
      if (word.whole) within = Math.max(within, word.end);
      const one = kindOf(word, last, text.slice(word.start, word.end));
      if (one) found.push(one);
      last = word.text;
    }
    const order = (a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : Number(a[1] > b[1]));
    return [...new Set(found.sort(order).map(([, one]) => one))];
  };

  // How many slips apart two words are, swaps of neighbours counting one; null above the budget.
  const distance = (one, other, budget) => {
    const a = [...one.toLowerCase()].slice(0, 64), b = [...other.toLowerCase()].slice(0, 64);
    if (Math.abs(a.length - b.length) > budget) return null;
    let older = [], old = b.map((_, at) => at);
    old.push(b.length);
    a.forEach((x, i) => {
      const next = [i + 1];
      b.forEach((y, j) => {
        let best = Math.min(old[j] + (x === y ? 0 : 1), old[j + 1] + 1, next[j] + 1);
        if (i && j && x === b[j - 1] && a[i - 1] === y) best = Math.min(best, older[j - 1] + 1);
        next.push(best);
      });
      [older, old] = [old, next];
    });
    return old.at(-1) <= budget ? old.at(-1) : null;
  };

  (globalThis.kbSearch ??= {}).words = { split, read, fold, parse, isPaste, signatures, distance };
})();
