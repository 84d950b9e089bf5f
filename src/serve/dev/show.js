// ---- what is shown over the page ------------------------------------------------------------------------------------

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  html { overflow-anchor: none; }
  .kb-dev { --dev-bg: #fff; --dev-ink: #1b1b1b; --dev-soft: #f4f1f0; --dev-line: #c9c4c2; --dev-link: #0b57c2;
    --dev-bad: #b3261e; --dev-warn: #8a4b00; }
  @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) .kb-dev { --dev-bg: #1d2329; --dev-ink: #e6ebf0;
    --dev-soft: #2a323b; --dev-line: #46525e; --dev-link: #86b7ff; --dev-bad: #ff8f8f; --dev-warn: #f0b35e; } }
  :root[data-theme=dark] .kb-dev { --dev-bg: #1d2329; --dev-ink: #e6ebf0; --dev-soft: #2a323b; --dev-line: #46525e;
    --dev-link: #86b7ff; --dev-bad: #ff8f8f; --dev-warn: #f0b35e; }
  .kb-dev { font: 15px/1.5 system-ui, sans-serif; color: var(--dev-ink); }
  .kb-dev a { color: var(--dev-link); }
  .kb-dev button { font: inherit; min-width: 2rem; min-height: 1.75rem; padding: 0 .5rem; }
  .kb-dev code, .kb-dev pre { font: 13px/1.5 ui-monospace, monospace; background: none; border: 0; color: inherit; padding: 0; }
  .kb-dev pre { margin: .25rem 0; padding: .5rem; overflow: auto; background: var(--dev-soft); white-space: pre; }
  .kb-dev p { margin: .25rem 0; }
  .kb-dev h2 { margin: .75rem 0 .25rem; padding: 0; border: 0; font-size: 1rem; }
  .kb-dev ol, .kb-dev ul { margin: 0; padding: 0; list-style: none; }
  .kb-dev li { margin: .5rem 0; }
  dialog.kb-errors { position: fixed; inset: auto 1rem 1rem 1rem; margin: 0 auto; max-width: 60rem; max-height: 70vh;
    overflow: auto; z-index: 2147483647; padding: 1rem 1.25rem; border: 1px solid var(--dev-bad); border-top-width: 4px;
    border-radius: 6px; background: var(--dev-bg); box-shadow: 0 8px 40px rgb(0 0 0 / .35); }
  dialog.kb-errors h2 { margin: 0 2rem .5rem 0; }
  dialog.kb-errors li + li { margin-top: .75rem; border-top: 1px solid var(--dev-line); padding-top: .75rem; }
  dialog.kb-errors > button { position: absolute; top: .75rem; right: .75rem; }
  .kb-note { position: fixed; left: 1rem; bottom: 1rem; z-index: 2147483646; padding: .35rem .75rem; border-radius: 6px;
    background: #1b1b1b; color: #fff; font: 13px/1.5 system-ui, sans-serif; opacity: .92; }
  .kb-note:empty { display: none; }
  .kb-bar { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483645; max-width: min(34rem, calc(100vw - 2rem));
    border: 1px solid var(--dev-line); border-radius: 6px; background: var(--dev-bg); box-shadow: 0 2px 12px rgb(0 0 0 / .2);
    font-size: 13px; }
  .kb-bar summary { padding: .35rem .75rem; cursor: pointer; }
  .kb-bar .kb-body { max-height: 60vh; overflow: auto; padding: 0 .75rem .75rem; border-top: 1px solid var(--dev-line); }
  .kb-bar .bad, .kb-beside.error { color: var(--dev-bad); }
  .kb-bar .warn, .kb-beside.warning { color: var(--dev-warn); }
  .kb-beside { margin: 0 0 1rem; padding: .25rem .75rem; border-inline-start: 4px solid currentColor;
    background: var(--dev-soft); font-size: 13px; }
  .kb-beside:has(+ .kb-beside) { margin-bottom: .25rem; }
  .kb-beside span { color: var(--dev-ink); }
  @media print { .kb-dev, .kb-note { display: none; } }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children.filter(Boolean));
  return made;
}

/** What was found, in words; names and what is to be written stand between backticks. */
function spoken(name, text) {
  const parts = text.split("`").map((part, n) => (n % 2 ? element("code", part) : document.createTextNode(part)));
  return element(name, "", ...parts);
}

function classed(made, names) {
  made.className = names;
  return made;
}

/** A link that opens an editor; plain text where there is none. */
function place(text, open) {
  if (!open) return element("code", text);
  const link = element("a", "", element("code", text));
  link.href = open;
  return link;
}

let dialog = null;

function showErrors(errors) {
  const focused = document.activeElement;
  const wasOpen = dialog?.open ?? true;
  hideErrors();
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  const title = element("h2", `${count}; this is the last good version`);
  title.id = "kb-errors-title";
  const close = element("button", "×");
  close.setAttribute("aria-label", "close");
  dialog = classed(element("dialog", "", title, element("ol", "", ...errors.map(describe)), close), "kb-dev kb-errors");
  close.onclick = () => dialog?.close();
  dialog.setAttribute("aria-labelledby", title.id);
  document.body.append(dialog);
  if (wasOpen) dialog.show();
  focused?.focus?.({ preventScroll: true });
}

function describe(error) {
  const item = element("li", "", place(`${error.file}:${error.line}:${error.column}`, error.open));
  item.append(spoken("p", `${error.message} [${error.code}]`));
  if (error.source) {
    const caret = " ".repeat(Math.max(0, error.column - 1));
    item.append(element("pre", `${error.source}\n${caret}^`));
  }
  if (error.help) item.append(spoken("p", `help: ${error.help}`));
  return item;
}

function hideErrors() {
  dialog?.remove();
  dialog = null;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && dialog?.open) dialog.close();
});

const noteBox = classed(element("div"), "kb-note");
noteBox.setAttribute("role", "status");
document.body.append(noteBox);
let noteTimer = 0;

function note(text) {
  noteBox.textContent = text;
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => (noteBox.textContent = ""), 4000);
}
