// ---- listening ---------------------------------------------------------------------------------------------------

const script = document.currentScript;
let known = script?.dataset.generation ?? "";
let stream = null;

// The page as it was sent, before any other script touches it: this one stands at its end and does not wait.
script?.remove();
let sent = document.body.cloneNode(true);
pair(sent, document.body);

// A hidden page gives its connection back (a browser has six per server) and asks for what it missed when it is
// shown again.
function listen() {
  if (stream || document.hidden) return;
  const asked = new URLSearchParams({ since: known, page: location.pathname });
  stream = new EventSource(`/__kb/events?${asked}`);
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
  if (message.errors.length > 0) showErrors(message.errors);
  else hideErrors();
  const others = message.paths.filter((path) => !isHere(path));
  const here = message.paths.length > others.length;
  if (message.kind === "page" && (here || message.paths.length === 0)) return refresh();
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

// ---- asking for the new version ------------------------------------------------------------------------------------

const policy = self.trustedTypes?.createPolicy("kb-serve", { createHTML: (text) => text });
const parse = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");

let busy = false;
let again = false;

async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    const response = await fetch(location.href, { cache: "no-cache", headers: { Accept: "text/html" } });
    if (response.redirected) return location.replace(response.url);
    if (!response.ok) return note(response.status === 404 ? "this page is gone" : `the server says ${response.status}`);
    bringIn(parse(await response.text()));
  } catch {
    // The server has gone; the stream will say when it is back.
  } finally {
    busy = false;
    if (again) {
      again = false;
      refresh();
    }
  }
}

function bringIn(fresh) {
  const programs = (from) => [...from.head.querySelectorAll("script[src]")].map((one) => one.getAttribute("src")).join();
  // Scripts that run already cannot be taken back: a page with others is another page.
  if (programs(fresh) !== programs(document)) return location.reload();
  swapStyles(fresh);
  if (document.title !== fresh.title) document.title = fresh.title;
  for (const name of ["lang", "dir"]) {
    const value = fresh.documentElement.getAttribute(name);
    if (value !== document.documentElement.getAttribute(name)) document.documentElement.setAttribute(name, value ?? "");
  }
  fresh.body.querySelector("script[data-generation]")?.remove();
  if (!sent.isEqualNode(fresh.body)) {
    steadily(() => morph(sent, fresh.body));
    sent = fresh.body;
    document.dispatchEvent(new CustomEvent("kb:swapped"));
  }
  askAuthor();
}

// Style sheets whose successor is on its way.
const leaving = new WeakSet();

// Puts each style sheet's new version beside the old one, which goes when the new one has come. Addresses of style sheets
// tell their versions.
function swapStyles(fresh) {
  const sheets = (from) => [...from.querySelectorAll('link[rel~="stylesheet"]')];
  const before = sheets(document).filter((link) => !leaving.has(link));
  const after = sheets(fresh).map((link) => link.getAttribute("href"));
  before.forEach((link, index) => {
    const href = after[index] ?? link.getAttribute("href");
    if (href === link.getAttribute("href")) return;
    const next = link.cloneNode();
    next.href = href;
    next.onload = () => link.remove();
    next.onerror = () => {
      leaving.delete(link);
      next.remove();
    };
    leaving.add(link);
    link.after(next);
  });
}
