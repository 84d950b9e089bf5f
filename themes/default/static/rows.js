"use strict";
// The list of actions: filters, groups and sorting, all of them kept in the address, so that "my overdue ones" is a link.
(() => {
  const { make, fill, say } = window.kbFind, words = document.getElementById("kb-say").dataset;
  const table = document.getElementById("kb-rows"), filter = document.getElementById("kb-filter");
  if (!table || !filter) return;
  const tally = document.getElementById("kb-count"), body = table.tBodies[0];
  const rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  // Names in the address, in the order of the columns; the order of the page itself is none of them.
  const columns = heads.map((head) => head.dataset.by);
  let sorted = "";

  const values = (row, name) => (row.dataset[name] ?? "").split("|").filter(Boolean);
  const cell = (row, at) => row.cells[at].dataset.v ?? row.cells[at].textContent.trim();
  const order = () => {
    const [, down, by] = /^(-?)(.*)$/.exec(sorted), at = columns.indexOf(by);
    heads.forEach((head, n) => {
      if (n === at) head.setAttribute("aria-sort", down ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
    });
    if (at < 0) return rows;
    // What is not known stands last, whichever way the rest is sorted.
    return [...rows].sort((a, b) => {
      const x = cell(a, at), y = cell(b, at);
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
      return (Number.isNaN(x - y) ? x.localeCompare(y) : x - y) * (down ? -1 : 1);
    });
  };

  // A row stands under each of its owners or components: whoever looks for a name finds all that belongs to it.
  const grouped = (shown, by) => {
    const groups = new Map();
    for (const row of shown) {
      const names = by === "incident" ? [row.cells[5].textContent.trim()] : values(row, by);
      for (const name of names.length ? names : [""]) groups.set(name, [...(groups.get(name) ?? []), row]);
    }
    const title = (name, all) => make("tr", { role: "row", class: "group" },
      make("th", { role: "rowheader", scope: "rowgroup", colspan: heads.length }, `${label(by, name)} (${all.length})`));
    const placed = new Set();
    const again = (row) => (placed.has(row) ? row.cloneNode(true) : (placed.add(row), row));
    return [...groups].sort(([a], [b]) => (!a - !b) || a.localeCompare(b))
      .flatMap(([name, all]) => [title(name, all), ...all.map(again)]);
  };
  const label = (by, name) => {
    if (!name) return filter.dataset.empty;
    const option = [...(filter.elements[by]?.options ?? [])].find((one) => one.value === name);
    return option?.textContent ?? name;
  };

  const fits = (row, [key, wanted]) => {
    if (key === "text") return row.textContent.toLowerCase().includes(wanted.toLowerCase());
    if (key === "due") return wanted === "none" ? !row.dataset.due : values(row, "due").includes(wanted);
    return values(row, key).includes(wanted);
  };
  const draw = () => {
    const asked = new URLSearchParams([...new FormData(filter)].filter(([, wanted]) => wanted));
    const group = asked.get("group"), filters = [...asked].filter(([key]) => key !== "group");
    const shown = order().filter((row) => filters.every((one) => fits(row, one)));
    body.replaceChildren(...(group ? grouped(shown, group) : shown));
    tally.textContent = fill(words.rows, shown.length, rows.length);
    if (sorted) asked.set("sort", sorted);
    return asked.toString();
  };
  const remember = (change, asked) => history[change](null, "", asked ? `?${asked}` : location.pathname);
  const restore = () => {
    const asked = new URLSearchParams(location.search);
    for (const control of filter.elements) control.value = asked.get(control.name) ?? "";
    sorted = asked.get("sort") ?? "";
    draw();
  };

  heads.forEach((head, at) => {
    const sort = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(sort);
    sort.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      sorted = (up ? "" : "-") + columns[at];
      remember("pushState", draw());
      say(words[up ? "up" : "down"].replace("{x}", sort.textContent));
    });
  });
  filter.hidden = false;
  restore();
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", (event) => {
    remember(event.target.tagName === "SELECT" ? "pushState" : "replaceState", draw());
    say(tally.textContent);
  });
  addEventListener("popstate", restore);
})();
