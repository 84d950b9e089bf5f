// Added to every page by `kb serve`, never by `kb build`. Listens for changes and brings them into the open page
// without a reload: scroll position, focus and opened details stay. Works under the page's strict policy: no inline
// style or script, markup is only parsed through the Trusted Types policy `kb`, text is only set as text.
(() => {
  "use strict";

  let known = document.currentScript?.dataset.generation ?? "";
  let stream = null;

  // ---- listening -------------------------------------------------------------------------------------------------

  // A hidden page gives its connection back (a browser has six per server) and asks for what it missed when it is
  // shown again.
  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource(`/__kb/events?since=${encodeURIComponent(known)}`);
    stream.onmessage = (event) => {
      known = event.lastEventId || known;
      hear(JSON.parse(event.data));
    };
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      stream = null;
      setTimeout(listen, 2000);
    };
  }

  function fallSilent() {
    stream?.close();
    stream = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? fallSilent() : listen()));
  addEventListener("pagehide", fallSilent);
  addEventListener("pageshow", listen);

  function hear(message) {
    if (message.kind === "error") return showErrors(message.errors);
    hideErrors();
    if (message.kind === "css") return refresh(message.generation, true);
    const others = message.paths.filter((path) => !isHere(path));
    const here = message.paths.length > others.length;
    if (message.kind === "page" && (here || message.paths.length === 0)) return refresh(message.generation, false);
    if (others.length > 0) note(others.length === 1 ? `changed: ${others[0]}` : `${others.length} other pages changed`);
  }

  function isHere(path) {
    const plain = (text) => {
      const bare = text.replace(/^\/+/, "");
      return bare === "" || bare.endsWith("/") ? `${bare}index.html` : bare;
    };
    let here = location.pathname;
    try {
      here = decodeURIComponent(here);
    } catch {
      // An address that is no valid text is compared as it stands.
    }
    return plain(here) === plain(path);
  }

  // ---- bringing a new version in ---------------------------------------------------------------------------------

  const policy = self.trustedTypes?.createPolicy("kb", { createHTML: (text) => text });
  const parse = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");

  let busy = false;
  let again = null;

  async function refresh(generation, styles) {
    if (busy) {
      again = [generation, styles || again?.[1]];
      return;
    }
    busy = true;
    try {
      const response = await fetch(location.href, { cache: "no-cache", headers: { Accept: "text/html" } });
      if (response.redirected) return location.replace(response.url);
      if (!response.ok) return note(response.status === 404 ? "this page is gone" : `the server says ${response.status}`);
      const fresh = parse(await response.text());
      swapStyles(fresh, styles ? generation : null);
      swapMain(fresh);
    } catch {
      // The server has gone; the stream will say when it is back.
    } finally {
      busy = false;
      if (again) {
        const next = again;
        again = null;
        refresh(...next);
      }
    }
  }

  function swapMain(fresh) {
    const [now, next] = [document.querySelector("main"), fresh.querySelector("main")];
    if (!now || !next) return location.reload();
    if (document.title !== fresh.title) document.title = fresh.title;
    if (now.isEqualNode(next)) return;
    const focused = document.activeElement?.id;
    morph(now, next);
    if (focused && document.activeElement?.id !== focused) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
    document.dispatchEvent(new CustomEvent("kb:swapped"));
  }

  // Makes `now` like `next` and keeps every element that has a counterpart.
  function morph(now, next) {
    copyAttributes(now, next);
    const byKey = new Map();
    for (const child of now.children) if (child.id) byKey.set(child.id, child);
    const kept = new Set([...next.children].map((child) => child.id).filter((id) => byKey.has(id)));
    let at = now.firstChild;
    for (const child of [...next.childNodes]) {
      while (at && at.nodeType === 1 && at.id && !kept.has(at.id) && child.id && child.id !== at.id) at = drop(at);
      let match = child.id && byKey.get(child.id);
      if (!match && at && fits(at, child) && !(at.id && kept.has(at.id))) match = at;
      if (match && match.nodeName !== child.nodeName) match = null;
      if (!match) {
        now.insertBefore(document.adoptNode(child), at);
        continue;
      }
      if (match === at) at = at.nextSibling;
      else now.insertBefore(match, at);
      if (match.nodeType === 1) morph(match, child);
      else if (match.nodeValue !== child.nodeValue) match.nodeValue = child.nodeValue;
    }
    while (at) at = drop(at);
  }

  function fits(now, next) {
    return now.nodeType === next.nodeType && now.nodeName === next.nodeName && (!next.id || next.id === now.id);
  }

  function drop(node) {
    const after = node.nextSibling;
    node.remove();
    return after;
  }

  // What the reader did to an element (opened it, typed into it) is not taken back.
  function copyAttributes(now, next) {
    const readers = (name) =>
      (name === "open" && now.nodeName === "DETAILS") || (now === document.activeElement && name === "value");
    const unsafe = (name) => name.startsWith("on") || name === "srcdoc";
    for (const { name } of [...now.attributes]) {
      if (!next.hasAttribute(name) && !readers(name)) now.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (now.getAttribute(name) !== value && !readers(name) && !unsafe(name)) now.setAttribute(name, value);
    }
  }

  // Puts each style sheet's new version beside the old one, which goes when the new one has come.
  function swapStyles(fresh, generation) {
    const sheets = (from) => [...from.querySelectorAll('link[rel~="stylesheet"]')];
    const before = sheets(document);
    const after = sheets(fresh).map((link) => link.getAttribute("href"));
    before.forEach((link, index) => {
      const href = after[index] ?? link.getAttribute("href");
      const plain = (text) => text.replace(/[?&]kb=\d+$/, "");
      if (generation === null && plain(href) === plain(link.getAttribute("href"))) return;
      const next = link.cloneNode();
      next.href = generation === null ? href : `${plain(href)}${plain(href).includes("?") ? "&" : "?"}kb=${generation}`;
      next.onload = () => link.remove();
      next.onerror = () => next.remove();
      link.after(next);
    });
  }

  // ---- errors and notes ------------------------------------------------------------------------------------------

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    dialog.kb-errors { position: fixed; inset: auto 1rem 1rem 1rem; margin: 0 auto; max-width: 60rem; max-height: 70vh;
      overflow: auto; z-index: 2147483647; padding: 1rem 1.25rem; border: 1px solid #b3261e; border-top-width: 4px;
      border-radius: 6px; background: #fff; color: #1b1b1b; font: 15px/1.5 system-ui, sans-serif;
      box-shadow: 0 8px 40px rgb(0 0 0 / .35); }
    dialog.kb-errors h2 { margin: 0 2rem .5rem 0; font-size: 1rem; }
    dialog.kb-errors ol { margin: 0; padding: 0; list-style: none; }
    dialog.kb-errors li + li { margin-top: .75rem; border-top: 1px solid #ddd; padding-top: .75rem; }
    dialog.kb-errors code, dialog.kb-errors pre { font: 13px/1.5 ui-monospace, monospace; background: none; color: inherit; }
    dialog.kb-errors pre { margin: .25rem 0; padding: .5rem; overflow: auto; background: #f4f1f0; white-space: pre; }
    dialog.kb-errors p { margin: .25rem 0; }
    dialog.kb-errors button { position: absolute; top: .75rem; right: .75rem; min-width: 2rem; min-height: 2rem; }
    .kb-note { position: fixed; left: 1rem; bottom: 1rem; z-index: 2147483646; padding: .35rem .75rem; border-radius: 6px;
      background: #1b1b1b; color: #fff; font: 13px/1.5 system-ui, sans-serif; opacity: .92; }
    .kb-note:empty { display: none; }
    @media print { dialog.kb-errors, .kb-note { display: none; } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  function element(name, text, ...children) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  }

  let dialog = null;

  function showErrors(errors) {
    hideErrors();
    const focused = document.activeElement;
    const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
    const title = element("h2", `${count}; this is the last good version`);
    title.id = "kb-errors-title";
    const close = element("button", "×");
    close.setAttribute("aria-label", "close");
    close.onclick = hideErrors;
    dialog = element("dialog", "", title, element("ol", "", ...errors.map(describe)), close);
    dialog.className = "kb-errors";
    dialog.setAttribute("aria-labelledby", title.id);
    document.body.append(dialog);
    dialog.show();
    focused?.focus?.({ preventScroll: true });
  }

  function describe(error) {
    const item = element("li", "", element("code", `${error.file}:${error.line}:${error.column}`));
    item.append(element("p", `${error.message} [${error.code}]`));
    if (error.source) {
      const caret = " ".repeat(Math.max(0, error.column - 1));
      item.append(element("pre", `${error.source}\n${caret}^`));
    }
    if (error.help) item.append(element("p", `help: ${error.help}`));
    return item;
  }

  function hideErrors() {
    dialog?.remove();
    dialog = null;
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dialog) hideErrors();
  });

  const noteBox = element("div");
  noteBox.className = "kb-note";
  noteBox.setAttribute("role", "status");
  document.body.append(noteBox);
  let noteTimer = 0;

  function note(text) {
    noteBox.textContent = text;
    clearTimeout(noteTimer);
    noteTimer = setTimeout(() => (noteBox.textContent = ""), 4000);
  }

  listen();
})();
