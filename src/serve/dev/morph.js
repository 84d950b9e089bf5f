// ---- bringing a new version in -----------------------------------------------------------------------------------
//
// Three versions of every node are held against each other: as it was sent, as it is sent now, and as it stands in the
// page. What was sent alike is left alone, whatever the reader or another script made of it: opened details, sorted rows,
// words in a field. `stands` says which node in the page was made from which node that was sent.

const stands = new WeakMap();

/** Notes that `sent` and all below it stand in the page as `node`, which was made of the same. */
function pair(sent, node) {
  stands.set(sent, node);
  const below = [...node.childNodes];
  [...sent.childNodes].forEach((child, at) => below[at] && pair(child, below[at]));
}

/** Notes that `now`, sent just as `before` was, stands where that one stands. */
function inherit(before, now) {
  const node = stands.get(before);
  if (node) stands.set(now, node);
  before.childNodes.forEach((child, at) => inherit(child, now.childNodes[at]));
}

/** Makes the node that stands for `before` into what is sent `now`. */
function morph(before, now) {
  const node = stands.get(before);
  if (!node || before.isEqualNode(now)) return inherit(before, now);
  stands.set(now, node);
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (before.nodeValue !== now.nodeValue) node.nodeValue = now.nodeValue;
    return;
  }
  attributes(node, before, now);
  const kept = align([...before.childNodes], [...now.childNodes]);
  const stay = new Set(kept.values());
  for (const child of before.childNodes) if (!stay.has(child)) stands.get(child)?.remove();
  let last = null;
  for (const child of now.childNodes) {
    const old = kept.get(child);
    const there = old && stands.get(old);
    if (there?.parentNode === node) {
      morph(old, child);
      last = there;
    } else {
      const made = document.importNode(child, true);
      pair(child, made);
      node.insertBefore(made, last ? last.nextSibling : node.firstChild);
      last = made;
    }
  }
}

function attributes(node, before, now) {
  for (const { name } of [...before.attributes]) if (!now.hasAttribute(name)) node.removeAttribute(name);
  for (const { name, value } of now.attributes) {
    const safe = !name.startsWith("on") && name !== "srcdoc";
    if (safe && before.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

/** For each of `now` that goes on from one of `before`: which one, in order. */
function align(before, now) {
  const kept = new Map();
  let [start, end] = [0, 0];
  const same = (a, b) => a && b && a.isEqualNode(b);
  while (start < before.length && start < now.length && same(before[start], now[start])) {
    kept.set(now[start], before[start]);
    start += 1;
  }
  const rest = Math.min(before.length, now.length) - start;
  while (end < rest && same(before[before.length - 1 - end], now[now.length - 1 - end])) {
    kept.set(now[now.length - 1 - end], before[before.length - 1 - end]);
    end += 1;
  }
  gap(before.slice(start, before.length - end), now.slice(start, now.length - end), kept);
  return kept;
}

/** Pairs what is left between equal beginnings and ends: what has the same id or text first, then what is alike. */
function gap(before, now, kept) {
  // Empty lines are all alike: they say nothing of where they belong.
  const blank = (node) => node.nodeType === Node.TEXT_NODE && !node.nodeValue.trim();
  const key = (node) => `${node.nodeName} ${node.id || node.textContent}`;
  const places = new Map();
  before.forEach((node, at) => blank(node) || places.set(key(node), [...(places.get(key(node)) ?? []), at]));
  const place = (node) => (blank(node) ? undefined : places.get(key(node))?.shift());
  const anchors = rising(now.map((node, n) => [n, place(node)]).filter(([, at]) => at !== undefined));
  let [n, at] = [0, 0];
  for (const [next, there] of [...anchors, [now.length, before.length]]) {
    between(before.slice(at, there), now.slice(n, next), kept);
    if (next < now.length) kept.set(now[next], before[there]);
    [n, at] = [next + 1, there + 1];
  }
}

/** Pairs what has the same name, in order. */
function between(before, now, kept) {
  let at = 0;
  for (const node of now) {
    const found = before.findIndex((one, n) => n >= at && one.nodeName === node.nodeName && one.id === node.id);
    if (found < 0) continue;
    kept.set(node, before[found]);
    at = found + 1;
  }
}

/** The most of `pairs` whose second numbers rise as their first do. */
function rising(pairs) {
  const ends = [], earlier = [];
  pairs.forEach(([, at], n) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]][1] < at) low = middle + 1;
      else high = middle;
    }
    earlier[n] = low > 0 ? ends[low - 1] : -1;
    ends[low] = n;
  });
  const row = [];
  for (let n = ends.at(-1) ?? -1; n >= 0; n = earlier[n]) row.unshift(pairs[n]);
  return row;
}

/** The passage near the top of the window: one that is looked at, not what lies between two. */
function looked() {
  const passages = "p, li, tr, pre, dt, dd, figure, blockquote, summary, h1, h2, h3, h4, h5, h6";
  for (let y = Math.min(120, innerHeight / 3); y < innerHeight; y += 8) {
    const passage = document.elementFromPoint(innerWidth / 2, y)?.closest(passages);
    if (passage?.closest("main") && !passage.closest(".kb-dev")) return passage;
  }
  return null;
}

/** Does `change` and keeps what the reader looks at where it is, and what has the focus in focus. */
function steadily(change) {
  const held = scrollY > 0 ? looked() : null;
  const top = held?.getBoundingClientRect().top;
  const focused = document.activeElement?.id;
  change();
  if (held?.isConnected) scrollBy(0, held.getBoundingClientRect().top - top);
  if (focused && document.activeElement?.id !== focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}
