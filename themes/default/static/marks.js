"use strict";
// A page that a search led to: its words are marked, buttons and the keys n and p go from mark to mark, Escape takes the
// marks away, and the address forgets them. Loaded only where an address asks for marks.
(() => {
  const { make, fill, say, kept } = window.kbFind, words = document.getElementById("kb-say").dataset, main = document.getElementById("main");
  const plain = new URL(location.href), wanted = plain.searchParams.get("h") ?? "";
  plain.searchParams.delete("h");
  history.replaceState(history.state, "", plain);
  const escaped = wanted.split(" ").filter(Boolean).map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  if (!escaped.length || !window.Highlight || !CSS.highlights) return;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "giu"), ranges = [];
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (texts.nextNode() && ranges.length < 500) {
    for (const found of texts.currentNode.data.matchAll(pattern)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, found.index);
      range.setEnd(texts.currentNode, found.index + found[0].length);
      ranges.push(range);
    }
  }
  if (!ranges.length) return;
  CSS.highlights.set("kb", new Highlight(...ranges));

  // The first step leads to the first mark at or after the place the hit named.
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const after = place ? ranges.findIndex((range) => place.contains(range.startContainer) || place.compareDocumentPosition(range.startContainer) & Node.DOCUMENT_POSITION_FOLLOWING) : 0;
  let at = Math.max(0, after) - 1;
  const count = make("span", { class: "none" }, fill(words.marks, ranges.length));
  const step = (by) => {
    at = (Math.max(at, by < 0 ? 0 : -1) + by + ranges.length) % ranges.length;
    const range = ranges[at], parent = range.startContainer.parentElement;
    for (let box = parent; box; box = box.parentElement) if (box.matches("details:not([open])")) box.open = true;
    CSS.highlights.set("kb-now", new Highlight(range));
    const box = range.getBoundingClientRect(), calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: box.top + scrollY - innerHeight / 3, behavior: calm ? "auto" : "smooth" });
    count.textContent = fill(words.mark, at + 1, ranges.length);
    say(count.textContent);
  };
  const button = (text, act) => {
    const node = make("button", { type: "button", class: "small" }, text);
    node.addEventListener("click", act);
    return node;
  };
  const bar = make("div", { class: "marks", role: "group", "aria-label": words.marked }, count,
    button(words.back, () => step(-1)), button(words.on, () => step(1)), button(words.unmark, () => end()));
  const keys = (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    if (event.key === "Escape") end();
    else if ((event.key === "n" || event.key === "p") && kept("kb-keys") !== "off") step(event.key === "n" ? 1 : -1);
  };
  const end = () => {
    CSS.highlights.delete("kb");
    CSS.highlights.delete("kb-now");
    if (bar.contains(document.activeElement)) main.focus({ preventScroll: true });
    bar.remove();
    document.removeEventListener("keydown", keys);
  };
  document.addEventListener("keydown", keys);
  main.append(bar);
})();
