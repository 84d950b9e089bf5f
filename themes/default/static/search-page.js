"use strict";
// The search page with scripts: results while typing, filters with counts, an address that holds all of it.
(() => {
  const $ = (id) => document.getElementById(id), { find, make, fill, say, about, link, told, root, can } = window.kbFind ?? {};
  if (!can) return;
  const form = $("kb-full"), field = form.elements.q, results = $("kb-results"), words = results.dataset, LIMIT = 20;
  const names = new Map(words.names.split("|").map((pair) => pair.split("=")));
  const named = (facet, value) => names.get(`${facet}.${value}`) ?? value;
  const everything = [...results.childNodes];
  let state, asked = 0, opened = false;

  // The address is the state: words, filters, order, place.
  const read = () => {
    const address = new URLSearchParams(location.search);
    const chosen = [...address].filter(([facet, value]) => names.has(facet) && value);
    state = { q: address.get("q") ?? "", chosen, newest: address.has("newest"), exact: address.has("exact"), offset: Number.parseInt(address.get("offset"), 10) || 0 };
  };
  const address = (change) => {
    const now = { ...state, offset: 0, ...change }, pairs = new URLSearchParams([["q", now.q], ...now.chosen]);
    for (const switched of ["newest", "exact"]) if (now[switched]) pairs.set(switched, 1);
    if (now.offset) pairs.set("offset", now.offset);
    return `?${pairs}`;
  };
  const go = (change, how = "pushState") => {
    history[how](null, "", address(change));
    state = { ...state, offset: 0, ...change };
    run(how === "replaceState");
  };

  const filters = (answer) => {
    const box = make("div", { class: "facets" }), panel = make("details", { class: "narrow" }, make("summary", {}, words.narrow), box);
    const fieldset = ([facet, values]) => make("fieldset", {}, make("legend", {}, names.get(facet)), ...values.slice(0, 12).map(([value, count]) => {
      const on = state.chosen.some(([one, other]) => one === facet && other === value), check = make("input", { type: "checkbox", ...(on ? { checked: "" } : {}) });
      check.addEventListener("change", () => toggle(facet, value));
      return make("label", {}, check, ` ${named(facet, value)} `, make("span", { class: "none" }, `(${count})`));
    }));
    const fillIn = async () => {
      opened = panel.open;
      if (!opened || box.hasChildNodes()) return;
      const offered = Object.entries(await answer.facets());
      box.replaceChildren(...[...names.keys()].flatMap((facet) => offered.filter(([one]) => one === facet)).map(fieldset));
    };
    panel.addEventListener("toggle", fillIn);
    panel.open = opened;
    return panel;
  };
  const toggle = (facet, value) => {
    const others = state.chosen.filter(([one, other]) => one !== facet || other !== value);
    go({ chosen: others.length < state.chosen.length ? others : [...others, [facet, value]] });
  };
  const chips = () => {
    if (!state.chosen.length) return null;
    const chip = ([facet, value]) => {
      const button = make("button", { type: "button", class: "small" }, `${names.get(facet)}: ${named(facet, value)} `,
        make("span", { "aria-hidden": "true" }, "×"), make("span", { class: "hide" }, `, ${words.drop}`));
      button.addEventListener("click", () => toggle(facet, value));
      return make("li", {}, button);
    };
    const clear = make("button", { type: "button", class: "small" }, words.clear);
    clear.addEventListener("click", () => go({ chosen: [] }));
    return make("ul", { class: "chips" }, ...state.chosen.map(chip), make("li", {}, clear));
  };
  const order = () => {
    const button = make("button", { type: "button", class: "small", "aria-pressed": String(state.newest) }, words.newest);
    button.addEventListener("click", () => go({ newest: !state.newest }));
    return button;
  };

  const said = (one) => (typeof one === "string" ? one : fill(words[one.kind], 0, names.get(one.facet) ?? one.facet, one.x) + (one.near ? ` ${fill(words.meant, 0, 0, one.near)}` : ""));
  const notes = (answer) => [
    ...answer.unread.map(said),
    ...answer.missing.map((word) => fill(words.missing, 0, 0, word)),
    answer.reduced.length ? fill(words.reduced, 0, 0, answer.reduced.join(", ")) : "",
    answer.lost?.size ? words.lost : "",
  ].filter(Boolean).map((text) => make("p", {}, text));
  const corrected = ({ instead }) => instead.map((one) => make("p", {}, `${fill(words.missing, 0, 0, one.typed)}. ${fill(words.instead, 0, 0, one.used.join(", "))} `,
    make("a", { href: address({ exact: true }) }, fill(words.exactly, 0, 0, one.typed))));
  // Nothing found: the same question with one word less, and everything there is.
  const ways = () => {
    const all = state.q.split(/\s+/).filter(Boolean), fewer = all.length > 1 && all.length < 7 ? all : [];
    return make("ul", {}, ...fewer.map((word, at) => make("li", {}, make("a", { href: address({ q: all.filter((_, n) => n !== at).join(" ") }) }, fill(words.without, 0, 0, word)))),
      make("li", {}, make("a", { href: root + words.list }, words.browse)));
  };
  const pages = ({ total, partial }) => {
    const all = total + partial, { offset } = state;
    if (all <= LIMIT) return null;
    const to = (place, rel, text) => make("a", { href: address({ offset: place }), rel }, text);
    return make("nav", { class: "pages", "aria-label": words.pages }, offset ? to(Math.max(0, offset - LIMIT), "prev", words.before) : null, " ",
      fill(words.page, Math.floor(offset / LIMIT) + 1, Math.ceil(all / LIMIT)), " ", offset + LIMIT < all ? to(offset + LIMIT, "next", words.after) : null);
  };
  const heading = ({ total, partial }) => {
    const some = partial ? fill(partial === 1 ? words.more1 : words.more, partial) : "";
    if (!total) return partial ? words.most : words.nothing;
    return [fill(total === 1 ? words.found1 : words.found, total), some].filter(Boolean).join(", ");
  };
  const show = (answer) => {
    const found = answer.hits.map((hit) => make("li", { "data-hit": hit.slug ?? hit.url.replace(/(?:\.html|\/)$/, "").split("/").pop() },
      make("h3", {}, make("a", { href: root + link(hit) }, hit.title)), ...about(hit)));
    results.replaceChildren(...[make("h2", { class: "hide" }, words.hits), make("p", { class: "lede" }, heading(answer)), ...corrected(answer), ...notes(answer), chips(),
      make("div", { class: "tools" }, filters(answer), order()), found.length ? make("ul", { class: "list" }, ...found) : ways(), pages(answer)].filter(Boolean));
    say(told(answer));
  };

  const run = (typing) => {
    const mine = ++asked;
    if (!state.q.trim() && !state.chosen.length) { results.replaceChildren(...everything); say(""); return; }
    results.setAttribute("aria-busy", "true");
    find(state.q, { ...state, limit: LIMIT, typing, correct: !state.exact }).then((answer) => { if (mine === asked) show(answer); })
      .catch(() => { if (mine === asked) { results.replaceChildren(make("p", {}, words.broken), ...everything); say(words.broken); } })
      .finally(() => results.removeAttribute("aria-busy"));
  };
  let wait;
  field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(() => go({ q: field.value, exact: false }, "replaceState"), 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(wait); go({ q: field.value, exact: false }); });
  addEventListener("popstate", () => { read(); field.value = state.q; run(); });
  read();
  field.value = state.q;
  if (state.q || state.chosen.length) run();
})();
