"use strict";
// What the pages cannot do by themselves: theme button, copying, live search, marks. All of it is extra.
(() => {
  const doc = document, $ = (id) => doc.getElementById(id);
  const meta = (name) => doc.querySelector(`meta[name="${name}"]`)?.content;
  const root = meta("kb-root") ?? "", live = meta("kb-live"), status = $("kb-say"), words = status.dataset;
  const fill = (pattern, n, m, x) => pattern.replace(/\{([nmx])\}/g, (_, name) => ({ n, m, x })[name] ?? "");
  let quiet;
  const say = (text) => { clearTimeout(quiet); quiet = setTimeout(() => { status.textContent = text; }, 30); };
  const make = (tag, attributes, ...children) => {
    const node = doc.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  };

  // What this browser remembers, where it may.
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* this page only */ } };

  doc.documentElement.dataset.js = "";

  // Theme: auto, light, dark; the button says which.
  const button = $("kb-theme"), themes = ["auto", "light", "dark"];
  const stored = () => kept("kb-theme") ?? "auto";
  const show = (theme) => { button.textContent = button.dataset[theme]; };
  button.hidden = false;
  show(stored());
  button.addEventListener("click", () => {
    const theme = themes[(themes.indexOf(stored()) + 1) % 3];
    keep("kb-theme", theme);
    if (theme === "auto") delete doc.documentElement.dataset.theme; else doc.documentElement.dataset.theme = theme;
    show(theme);
  });

  // Keys of a single letter can be switched off: who dictates presses them unawares.
  const letters = $("kb-keys"), on = () => kept("kb-keys") !== "off";
  const show_keys = () => { letters.textContent = letters.dataset[on() ? "on" : "off"]; };
  letters.hidden = false;
  show_keys();
  letters.addEventListener("click", () => { keep("kb-keys", on() ? "off" : "on"); show_keys(); });

  // Copying code and addresses.
  if (navigator.clipboard) {
    for (const pre of doc.querySelectorAll("main pre")) {
      const copy = make("button", { type: "button", "data-enhanced": "", class: "small" }, words.copy);
      copy.addEventListener("click", () => navigator.clipboard.writeText(pre.textContent).then(() => {
        copy.textContent = words.copied;
        say(words.copied);
        setTimeout(() => { copy.textContent = words.copy; }, 1500);
      }));
      pre.after(copy);
    }
    doc.addEventListener("click", (event) => {
      const anchor = event.target.closest?.("a.anchor");
      if (anchor) navigator.clipboard.writeText(anchor.href).then(() => say(words.link), () => {});
    });
  }

  // Search. A served site asks its server; any other brings its index and the scripts that read it, on first use. Scripts
  // pass a policy that knows only addresses of this site.
  const home = new URL(root || "./", location.href).href;
  const policy = window.trustedTypes?.createPolicy("kb", { createScriptURL: (url) => {
    if (new URL(url, location.href).href.startsWith(home)) return url;
    throw new TypeError(url);
  } });
  const script = (url) => new Promise((done, failed) => {
    const node = make("script");
    node.async = false;
    node.src = policy ? policy.createScriptURL(url) : url;
    node.addEventListener("load", done);
    node.addEventListener("error", () => failed(new Error(url)));
    doc.head.append(node);
  });
  const scripts = meta("kb-search")?.split(" ");
  let opening;
  const engine = () => {
    opening ??= Promise.all(scripts.map((url) => script(root + url))).then(() => kbSearch.start(root, script));
    opening.catch(() => { opening = undefined; });
    return opening;
  };
  const served = async (query, { limit, offset, typing, chosen = [], newest, correct = true }) => {
    const asked = new URLSearchParams([["q", query], ["limit", limit], ["offset", offset ?? 0], ...chosen]);
    for (const [name, wanted] of [["typing", typing], ["newest", newest], ["exact", !correct]]) if (wanted) asked.set(name, 1);
    const answer = await (await fetch(`${live}?${asked}`)).json();
    return { ...answer, facets: () => answer.facets };
  };
  const find = (query, options) => (live ? served(query, options) : engine().then((one) => one.search(query, options)));
  const marked = (pieces) => pieces.map(([text, hit]) => (hit ? make("mark", {}, text) : text));
  const levels = words.levels.split("|"), rank = (level) => Math.min(4, levels.indexOf(level) + 1 || 4);
  // The page a hit leads to marks the words that are marked here.
  const link = ({ url, passage }) => {
    const hits = [...new Set((passage?.runs ?? []).filter(([, hit]) => hit).map(([text]) => text.toLowerCase()))].slice(0, 8);
    return url + (hits.length ? `?h=${encodeURIComponent(hits.join(" "))}` : "") + (passage?.anchor ? `#${passage.anchor}` : "");
  };
  const about = (hit) => [
    make("p", { class: "meta" }, hit.severity ? make("span", { class: `sev sev${rank(hit.severity)}` }, hit.severity) : null, " ",
      ...[hit.date, ...(hit.components ?? []), hit.open_actions ? fill(words[hit.open_actions === 1 ? "open1" : "open"], hit.open_actions) : null]
        .filter(Boolean).map((text) => make("span", { class: "sep" }, text)).flatMap((node) => [node, " "])),
    hit.fix ? make("p", {}, make("b", {}, words.fixed), " ", hit.fix) : null,
    hit.passage ? make("p", { class: "snippet" }, hit.passage.place ? make("b", {}, `${hit.passage.place}: `) : null, ...marked(hit.passage.runs)) : null,
    hit.lacks?.length ? make("p", { class: "snippet" }, fill(words.lacks, 0, 0, hit.lacks.join(", "))) : null,
  ];
  const counted = (total) => fill(total === 1 ? words.one : total ? words.some : words.none, total);
  // Where nothing has all words, those that have some are listed, and said to be that.
  const told = (answer) => [!answer.total && answer.partial ? `${words.most} ${counted(answer.partial)}` : counted(answer.total),
    ...(answer.missing ?? []).map((word) => fill(words.missing, 0, 0, word)),
    ...(answer.instead ?? []).map((one) => `${fill(words.missing, 0, 0, one.typed)}. ${fill(words.instead, 0, 0, one.used.join(", "))}`),
    answer.lost?.size ? words.lost : ""].filter(Boolean).join(" ");
  window.kbFind = { find, make, fill, say, about, link, told, root, kept, can: Boolean(live || scripts) };

  const field = $("kb-q"), pop = $("kb-pop"), list = $("kb-hits");
  let chosen = -1, asked = 0;
  const close = () => {
    pop.hidden = true; chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (to) => {
    const options = list.children;
    if (!options.length) return;
    chosen = (to + options.length) % options.length;
    [...options].forEach((option, at) => option.setAttribute("aria-selected", at === chosen));
    field.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const go = (link) => {
    const target = new URL(root + link, location.href);
    if (target.pathname === location.pathname && !target.hash) {
      close();
      const title = doc.querySelector("h1");
      title.tabIndex = -1;
      title.focus();
    } else location.href = target.href;
  };
  const show_options = (all) => {
    list.replaceChildren(...all.map((content, at) => {
      const option = make("li", { role: "option", id: `kb-hit-${at}`, "aria-selected": "false" }, ...content);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); lead(at); });
      return option;
    }));
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    pop.hidden = !all.length;
    field.setAttribute("aria-expanded", String(!pop.hidden));
  };
  const show_hits = (found) => {
    const was = chosen;
    show_options(found.hits.map((hit) => [make("strong", {}, hit.title), ...about(hit)]));
    found.hits.forEach((hit, at) => { list.children[at].dataset.url = link(hit); });
    if (was >= 0 && found.again) choose(was);
  };
  // The place of a hit is known with its passage; whoever is faster waits for it.
  const straight = (at) => { remember(); go(list.children[at].dataset.url); };
  let lead = straight;
  // The last questions, kept by this browser alone, and an entry that forgets them; a public site keeps none.
  const recent = () => { try { return JSON.parse(kept("kb-recent")) ?? []; } catch { return []; } };
  const remember = (query = field.value.trim()) => {
    if (words.forget && query.length > 2 && query.length < 200) keep("kb-recent", JSON.stringify([query, ...recent().filter((one) => one !== query)].slice(0, 5)));
  };
  const show_recent = () => {
    close();
    const all = words.forget ? recent() : [];
    lead = (at) => {
      if (at < all.length) { field.value = all[at]; look(); return; }
      keep("kb-recent", "[]");
      close();
      say(words.forgotten);
    };
    if (all.length) show_options([...all, make("i", {}, words.forget)].map((one) => [one]));
  };
  // Titles at once; passages, which lie in further files, when the reader pauses.
  const look = () => {
    const query = field.value.trim(), mine = ++asked, options = { limit: 7, typing: !/\s$/.test(field.value) };
    if (!query) { say(""); show_recent(); return; }
    const current = (work) => (found) => { if (mine === asked) work(found); };
    find(query, { ...options, passages: false }).then(current((found) => {
      show_hits(found);
      say(told(found));
      const whole = () => find(query, options);
      lead = live ? straight : (at) => { remember(); whole().then((full) => go(link(full.hits[at]))).catch(() => straight(at)); };
      if (!live) setTimeout(current(() => whole().then(current((full) => show_hits({ ...full, again: true })))), 150);
    })).catch(current(() => { close(); say(words.broken); }));
  };
  if (live || scripts) {
    for (const [name, value] of [["role", "combobox"], ["aria-controls", "kb-hits"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) field.setAttribute(name, value);
    let wait;
    if (scripts) for (const event of ["focus", "pointerenter"]) field.addEventListener(event, () => engine().then((one) => one.open()).catch(() => {}), { once: true });
    field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(look, 60); });
    field.addEventListener("blur", close);
    field.addEventListener("focus", () => { if (!field.value.trim()) show_recent(); });
    for (const form of doc.querySelectorAll("form.search")) form.addEventListener("submit", () => remember(form.elements.q.value.trim()));
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { if (pop.hidden) look(); else choose(chosen + (chosen < 0 && step < 0 ? 0 : step)); event.preventDefault(); }
      else if (event.key === "Enter" && chosen >= 0) { lead(chosen); event.preventDefault(); }
      else if (event.key === "Escape" && !pop.hidden) { close(); event.preventDefault(); }
    });
  }
  field.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) field.blur(); });
  doc.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && on() && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const palette = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (event.isComposing || !(slash || palette)) return;
    field.focus();
    field.select();
    event.preventDefault();
  });

  if (new URLSearchParams(location.search).has("h")) script(root + words.marker).catch(() => {});
  // An unknown address: its last part is a good first question.
  if (doc.body.querySelector("main > h1") && field && !doc.querySelector("nav.menu [aria-current]") && meta("robots") && !$("kb-full")) {
    const last = decodeURIComponent(location.pathname.split("/").pop() ?? "").replace(/\.html?$/, "").replace(/[-_]+/g, " ");
    if (last && last !== "404") field.value = last;
  }
})();
