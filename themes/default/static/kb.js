"use strict";
// What the pages cannot do by themselves: theme button, copying, live search, filters. All of it is extra.
(() => {
  const doc = document, $ = (id) => doc.getElementById(id);
  const meta = (name) => doc.querySelector(`meta[name="${name}"]`)?.content;
  const root = meta("kb-root") ?? "", live = meta("kb-live"), status = $("kb-say"), words = status.dataset;
  const fill = (pattern, n, m, x) => pattern.replace("{n}", n).replace("{m}", m).replace("{x}", x);
  let quiet;
  const say = (text) => { clearTimeout(quiet); quiet = setTimeout(() => { status.textContent = text; }, 30); };
  const make = (tag, attributes, ...children) => {
    const node = doc.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  };

  // Theme: auto, light, dark; the button says which.
  const button = $("kb-theme"), themes = ["auto", "light", "dark"];
  const stored = () => { try { return localStorage.getItem("kb-theme") ?? "auto"; } catch { return "auto"; } };
  const show = (theme) => { button.textContent = button.dataset[theme]; };
  button.hidden = false;
  show(stored());
  button.addEventListener("click", () => {
    const theme = themes[(themes.indexOf(stored()) + 1) % 3];
    try { localStorage.setItem("kb-theme", theme); } catch { /* this page only */ }
    if (theme === "auto") delete doc.documentElement.dataset.theme; else doc.documentElement.dataset.theme = theme;
    show(theme);
  });

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

  // Search. Served sites ask the server; others use `kbSearch` if the index brought it along.
  const find = (query, limit) => {
    if (live) return fetch(`${live}?q=${encodeURIComponent(query)}&limit=${limit}`).then((answer) => answer.json());
    return window.kbSearch ? window.kbSearch(query, limit) : null;
  };
  const marked = (pieces) => pieces.map(([text, hit]) => (hit ? make("mark", {}, text) : text));
  const levels = words.levels.split("|"), rank = (level) => Math.min(4, levels.indexOf(level) + 1 || 4);
  const line = (hit) => [hit.date, ...(hit.components ?? [])].filter(Boolean).join(" · ");
  const link = (hit) => hit.url + (hit.passage?.anchor ? `#${hit.passage.anchor}` : "");
  const parts = (hit, title) => [
    make("div", {}, hit.severity ? make("span", { class: `sev sev${rank(hit.severity)}` }, hit.severity) : null, " ", title),
    make("p", { class: "meta" }, line(hit)),
    hit.fix ? make("p", {}, make("b", {}, words.fixed), " ", hit.fix) : null,
    hit.passage ? make("p", {}, hit.passage.place ? `${hit.passage.place}: ` : null, ...marked(hit.passage.runs)) : null,
  ];
  const counted = (total) => fill(total === 1 ? words.one : total ? words.some : words.none, total);
  // Where nothing has all words, those that have some are listed, and said to be that.
  const told = (answer) => [!answer.total && answer.partial ? `${words.most} ${counted(answer.partial)}` : counted(answer.total), ...(answer.missing ?? []).map((word) => words.missing.replace("{x}", word)),
    ...(answer.instead ?? []).map((one) => words.instead.replace("{x}", one.used.join(", ")))].join(" ");

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
  const look = () => {
    const query = field.value.trim(), mine = ++asked;
    if (!query) { close(); say(""); return; }
    const answer = find(query, 7);
    answer?.then((found) => {
      if (mine !== asked) return;
      list.replaceChildren(...found.hits.map((hit, at) => {
        const option = make("li", { role: "option", id: `kb-hit-${at}`, "aria-selected": "false" }, ...parts(hit, make("strong", {}, hit.title)));
        option.addEventListener("mousedown", (event) => { event.preventDefault(); go(link(hit)); });
        option.dataset.url = link(hit);
        return option;
      }));
      chosen = -1;
      field.removeAttribute("aria-activedescendant");
      pop.hidden = !found.hits.length;
      field.setAttribute("aria-expanded", String(!pop.hidden));
      say(told(found));
    }).catch(() => { close(); say(words.broken); });
  };
  if (live || window.kbSearch) {
    for (const [name, value] of [["role", "combobox"], ["aria-controls", "kb-hits"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) field.setAttribute(name, value);
    let wait;
    field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(look, 60); });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { if (pop.hidden) look(); else choose(chosen + (chosen < 0 && step < 0 ? 0 : step)); event.preventDefault(); }
      else if (event.key === "Enter" && chosen >= 0) { go(list.children[chosen].dataset.url); event.preventDefault(); }
      else if (event.key === "Escape" && !pop.hidden) { close(); event.preventDefault(); }
    });
  }
  field.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) field.blur(); });
  doc.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const palette = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (event.isComposing || !(slash || palette)) return;
    field.focus();
    field.select();
    event.preventDefault();
  });

  // The search page, where results were not rendered by a server.
  const form = $("kb-full"), results = $("kb-results"), query = new URLSearchParams(location.search).get("q");
  if (form && query && !live && window.kbSearch) {
    form.elements.q.value = query;
    window.kbSearch(query, 50).then((found) => {
      results.replaceChildren(make("h2", {}, counted(found.total)), make("ul", { class: "list" }, ...found.hits.map((hit) =>
        make("li", { "data-hit": hit.slug }, ...parts(hit, make("a", { href: root + link(hit) }, hit.title))))));
      say(told(found));
    }, () => say(words.broken));
  }
  // An unknown address: its last part is a good first question.
  if (doc.body.querySelector("main > h1") && field && !doc.querySelector("nav.menu [aria-current]") && meta("robots") && !form) {
    const last = decodeURIComponent(location.pathname.split("/").pop() ?? "").replace(/\.html?$/, "").replace(/[-_]+/g, " ");
    if (last && last !== "404") field.value = last;
  }

  // Tables of actions: sorting and filters, kept in the address.
  const table = $("kb-rows"), filter = $("kb-filter"), tally = $("kb-count");
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  const value = (row, at) => row.cells[at].dataset.v ?? row.cells[at].textContent.trim();
  heads.forEach((head, at) => {
    const sort = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(sort);
    sort.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      rows.sort((a, b) => {
        const x = value(a, at), y = value(b, at);
        if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
        return (Number.isNaN(x - y) ? x.localeCompare(y) : x - y) * (up ? 1 : -1);
      });
      body.append(...rows);
      say(words[up ? "up" : "down"].replace("{x}", sort.textContent));
    });
  });
  const keep = () => {
    const asked = new URLSearchParams([...new FormData(filter)].filter(([, wanted]) => wanted));
    let shown = 0;
    for (const row of rows) {
      const fits = [...asked].every(([key, wanted]) => (key === "text"
        ? row.textContent.toLowerCase().includes(wanted.toLowerCase())
        : (row.dataset[key] ?? "").split("|").includes(wanted)));
      row.hidden = !fits;
      shown += fits;
    }
    tally.textContent = fill(words.rows, shown, rows.length);
    return asked.toString();
  };
  const restore = () => {
    const asked = new URLSearchParams(location.search);
    for (const control of filter.elements) control.value = asked.get(control.name) ?? "";
    keep();
  };
  filter.hidden = false;
  restore();
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", (event) => {
    const asked = keep(), change = event.target.tagName === "SELECT" ? "pushState" : "replaceState";
    history[change](null, "", asked ? `?${asked}` : location.pathname);
    say(tally.textContent);
  });
  addEventListener("popstate", restore);
})();
