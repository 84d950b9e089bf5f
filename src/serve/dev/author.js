// ---- at the author's side --------------------------------------------------------------------------------------------
//
// What `kb check` finds stands beside the passages it is about, and all of it in a bar at the foot, with what happened
// before, when the report is due, and the way to what the public sees. None of it is part of the page.

const PUBLIC = "/__kb/public/";
const bar = classed(element("aside"), "kb-dev kb-bar");
bar.setAttribute("aria-label", "preview");
bar.hidden = true;
document.body.append(bar);

const inPublic = location.pathname.startsWith(PUBLIC);
let told = null;
let asking = 0;

async function askAuthor() {
  // The public's page stays free of anything else.
  if (inPublic) return showAuthor();
  const number = (asking += 1);
  try {
    const response = await fetch(`/__kb/author?${new URLSearchParams({ page: location.pathname })}`);
    const answer = response.ok ? await response.json() : null;
    // Others than the authors at this machine are told nothing.
    if (!answer || number !== asking) return;
    told = answer.document;
    showAuthor();
  } catch {
    // The server has gone; the next change asks again.
  }
}

function showAuthor() {
  const open = bar.querySelector("details")?.open ?? false;
  const way = element("a", inPublic ? "back to what colleagues see" : "see what the public sees");
  way.href = inPublic ? location.pathname.replace(PUBLIC, "/") : location.pathname.replace(/^\//, PUBLIC);
  const hidden = told && !told.public.shown;
  const parts = [
    inPublic ? element("p", "This is what the public sees.") : null,
    element("p", "", hidden ? document.createTextNode(`The public does not see this report: ${told.public.because}.`) : way),
  ];
  if (told) parts.unshift(element("p", "", place(told.file, told.open)), ...findings(), ...earlier());
  const body = classed(element("div", "", ...parts), "kb-body");
  const summary = element("summary", "", ...headline());
  const details = element("details", "", summary, body);
  details.open = open;
  bar.replaceChildren(details);
  bar.hidden = false;
  steadily(showBeside);
}

function headline() {
  if (!told) return [document.createTextNode(inPublic ? "public preview" : "preview")];
  const of = (level) => told.findings.filter((one) => one.level === level).length;
  const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  const all = [
    of("error") ? classed(element("strong", count(of("error"), "error")), "bad") : null,
    of("warning") ? classed(element("span", count(of("warning"), "warning")), "warn") : null,
    told.findings.length ? null : element("span", "nothing to mend"),
    told.earlier.length ? element("span", `${told.earlier.length} earlier like it`) : null,
    told.due ? due() : null,
  ].filter(Boolean);
  return all.flatMap((one, at) => (at ? [document.createTextNode(" · "), one] : [one]));
}

function due() {
  const hours = Math.round((Date.parse(told.due) - Date.now()) / 3_600_000);
  const span = (n) => (n < 72 ? `${n} h` : `${Math.round(n / 24)} d`);
  // Of an old report the day says more than thousands of days.
  const late = hours < -90 * 24 ? `overdue since ${told.due.slice(0, 10)}` : `overdue by ${span(-hours)}`;
  const made = element("time", hours >= 0 ? `due in ${span(hours)}` : late);
  made.dateTime = told.due;
  return hours >= 0 ? made : classed(made, "bad");
}

function findings() {
  if (!told.findings.length) return [];
  const item = (one) => {
    const target = blockAt(one.at);
    const jump = target && element("button", "show");
    if (jump) jump.onclick = () => target.scrollIntoView({ block: "center" });
    const words = classed(spoken("span", ` ${one.message} [${one.code}] `), one.level === "error" ? "bad" : "");
    return element("li", "", place(`${one.line}:${one.column}`, one.open), words, jump, one.help ? spoken("p", `help: ${one.help}`) : null);
  };
  return [element("h2", "What kb check finds"), element("ol", "", ...told.findings.map(item))];
}

function earlier() {
  if (!told.earlier.length) return [];
  const item = (one) => {
    const link = element("a", one.title);
    link.href = `/${one.link}`;
    const when = element("span", one.date ? ` ${one.date}` : "");
    const copy = element("button", "copy for `related`");
    copy.onclick = () => navigator.clipboard?.writeText(`  - to: ${one.id}\n    kind: recurrence\n`).then(() => note("copied"));
    const stated = one.relation !== "suggested";
    return element("li", "", link, when, ...one.reasons.map((text) => element("p", text)), stated ? null : copy);
  };
  return [element("h2", "Has this happened before?"), element("ul", "", ...told.earlier.map(item))];
}

/** The last block that begins at or before byte `at` of the source. */
function blockAt(at) {
  let found = null;
  for (const block of document.querySelectorAll("main [data-at]")) {
    if (Number(block.dataset.at) <= at) found = block;
  }
  return found;
}

/** Puts each finding behind its block; what is about the front matter stands in the bar alone. */
function showBeside() {
  document.querySelectorAll(".kb-beside").forEach((one) => one.remove());
  const first = Math.min(...[...document.querySelectorAll("main [data-at]")].map((one) => Number(one.dataset.at)));
  for (const one of told?.findings ?? []) {
    if (one.at < first) continue;
    let block = blockAt(one.at);
    const whole = block?.closest("table, li, pre, p, h1, h2, h3, h4, h5, h6") ?? block;
    block = whole?.closest("table") ?? whole;
    if (!block) continue;
    const words = spoken("span", `${one.message} [${one.code}]${one.help ? ` — ${one.help}` : ""}`);
    const beside = classed(element(block.tagName === "LI" ? "div" : "p", "", place(`line ${one.line}`, one.open), document.createTextNode(" "), words), `kb-dev kb-beside ${one.level}`);
    if (block.tagName === "LI") block.append(beside);
    else block.after(beside);
  }
}

setInterval(() => told?.due && showAuthor(), 60_000);
