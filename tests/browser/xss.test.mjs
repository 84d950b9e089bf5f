// Hostile text in every field of every report, opened in a real browser: nothing runs, and nothing even tries to.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { build, close, open, scratch, serve } from './harness.mjs';
import { files } from './links.mjs';
import { attachments, report, settings, vectors } from './attacks.mjs';

after(close);

// All pages by hand (`KB_CASES=all`); all reports and every fifth of the lists made from them otherwise.
const every = process.env.KB_CASES ? 1 : 5;

/** A project whose every field is hostile. */
function hostile(t, tickets = true) {
  const folder = scratch(t);
  mkdirSync(join(folder, 'content'));
  const put = (name, text) => writeFileSync(join(folder, name), text);
  put('site.toml', settings());
  put('content/shown.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  vectors.forEach((vector, n) => put(`content/v${n}.md`, report(vector, n, tickets)));
  Object.entries(attachments).forEach(([name, text]) => put(`content/${name}`, text));
  const links = Object.keys(attachments).map((name) => `[${name}](${name})`).join(' ');
  put('content/links.md', `---\nvisibility: public\ntitle: Links\n---\n${links}\n`);
  put('content/a "><img src=x onerror=__x(1)>.md', '---\nvisibility: public\n---\n# A name\n');
  return folder;
}

/** A page that notes whatever runs, tries to run, or could run. */
async function watched(t) {
  const page = await open(t);
  const found = [];
  await page.exposeFunction('__note', (what) => found.push(what));
  await page.addInitScript(() => {
    window.__ran = [];
    window.__x = () => {
      // Noted twice: what is sent may be under way still when the page is left, what stands in the page is read before.
      window.__ran.push(`ran in ${location.href}`);
      window.__note(window.__ran.at(-1));
    };
    addEventListener('securitypolicyviolation', (event) =>
      window.__note(`policy ${event.violatedDirective} ${event.blockedURI} ${event.sample} in ${location.href}`));
  });
  page.on('dialog', async (dialog) => {
    found.push(`dialog in ${page.url()}`);
    await dialog.dismiss();
  });
  return { page, found };
}

/** Opens `url`, touches every element, and looks for what could run. */
async function visit({ page, found }, url) {
  // What is sent to be saved does not run either; and a page that has moved may lead on only now, and is waited for.
  const go = (tries) => page.goto(url, { waitUntil: 'load' }).catch(async (error) => {
    if (/Download is starting/.test(error.message)) return undefined;
    if (tries === 0 || !/interrupted by another navigation/.test(error.message)) throw error;
    await page.waitForLoadState('load');
    return go(tries - 1);
  });
  const opened = await go(5);
  if (opened === undefined) return;
  const look = () => page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    for (const one of all) {
      for (const kind of ['mouseover', 'pointerenter', 'focus', 'blur', 'toggle', 'error', 'load', 'animationstart']) one.dispatchEvent(new Event(kind));
    }
    const runs = (one) => [...one.attributes].some((a) => a.name.startsWith('on') || a.name === 'srcdoc' ||
      (['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].includes(a.name) && /^(javascript|vbscript|data:(?!image\/))/i.test(a.value.replace(/[\s\x00-\x1f]/g, ''))));
    const foreign = (one) => /^(iframe|object|embed|frame|base|foreignobject)$/i.test(one.localName) ||
      (one.localName === 'script' && one.type !== 'application/ld+json' && !/\/(assets\/|__kb\/)/.test(one.src || one.getAttribute('href') || '')) || (one.localName === 'style' && one.id !== 'xml-viewer-style');
    return { could: all.filter((one) => runs(one) || foreign(one)).map((one) => one.outerHTML.slice(0, 200)), ran: window.__ran };
  });
  // A page that has moved leads on while it is looked at; then the page it leads to is looked at.
  let seen;
  for (let tries = 0; seen === undefined; tries += 1) {
    seen = await look().catch(async (error) => {
      if (tries === 5) throw error;
      await page.waitForTimeout(50);
      await page.waitForLoadState('load');
    });
  }
  const attached = url.includes('/files/');
  await page.waitForTimeout(attached ? 50 : 0);
  found.push(...seen.ran);
  if (!attached) found.push(...seen.could.map((one) => `${one} in ${url}`));
  // In a page that somebody attached, the policy put before it may refuse what stands in it. In ours nothing may try.
  for (let n = found.length - 1; attached && n >= 0; n -= 1) if (/^policy .* in (.*\/files\/page-\d+\.html|about:srcdoc)$/.test(found[n])) found.splice(n, 1);
  await page.waitForTimeout(5);
}

test('there are enough vectors, and one that gets through is seen', async (t) => {
  assert.ok(new Set(vectors).size >= 100, `${new Set(vectors).size} vectors`);
  const folder = scratch(t);
  const watch = await watched(t);
  const planted = async (html) => {
    writeFileSync(join(folder, 'planted.html'), html);
    watch.found.length = 0;
    await visit(watch, pathToFileURL(join(folder, 'planted.html')).href);
    return watch.found;
  };
  assert.match((await planted('<img src=x onerror="__x(1)">')).join(), /ran in/);
  assert.match((await planted('<p onmouseover="__x(1)">x</p>')).join(), /ran in/);
  const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`;
  assert.match((await planted(`${policy}<script>__x(1)</script>`)).join(), /policy script-src/);
  assert.match((await planted('<a href="java\tscript:1">x</a>')).join(), /<a href/);
  assert.deepEqual(await planted('<p>harmless</p>'), []);
  // Most vectors do run where nothing is done about them, so that they are worth the name.
  let ran = 0;
  for (const vector of vectors.slice(0, 24 + 41)) ran += Number((await planted(`<body>${vector}`)).length > 0);
  assert.ok(ran > 45, `only ${ran} of 65 elements and handlers do anything`);
});

test('a theme that forgets to escape is seen', async (t) => {
  const folder = hostile(t);
  mkdirSync(join(folder, 'themes/careless/templates'), { recursive: true });
  writeFileSync(join(folder, 'site.toml'), 'theme = "careless"\n');
  writeFileSync(join(folder, 'themes/careless/templates/incident.html'), '<!doctype html><title>x</title><h1>{{ page.title | safe }}</h1>');
  const site = build(t, folder);
  const watch = await watched(t);
  const pages = files(join(site, 'incidents')).filter((file) => file.endsWith('.html')).filter((_, n) => n % 4 === 0);
  for (const file of pages) await visit(watch, pathToFileURL(join(site, 'incidents', file)).href);
  // About every fourth vector runs in a heading by itself or when touched.
  const ran = new Set(watch.found.filter((one) => one.startsWith('ran'))).size;
  assert.ok(ran > pages.length / 8, `ran in ${ran} of ${pages.length} pages`);
});

for (const audience of ['internal', 'public']) {
  test(`nothing runs in the ${audience} site`, async (t) => {
    const site = build(t, hostile(t, audience === 'internal'), '--audience', audience);
    const watch = await watched(t);
    const all = files(site).filter((file) => /\.(html|xml|xhtml|svg|json)$/.test(file));
    const seen = all.filter((file, n) => !/^(tags|components|families|files)\//.test(file) || file.startsWith('files/') || n % every === 0);
    const reports = seen.filter((file) => file.startsWith('incidents/'));
    assert.ok(reports.length > vectors.length, `${reports.length} reports`);
    for (const file of seen) await visit(watch, `${pathToFileURL(site).href}/${file.split('/').map(encodeURIComponent).join('/')}`);
    assert.deepEqual(watch.found, []);
    t.diagnostic(`${vectors.length} vectors, ${seen.length} of ${all.length} pages opened`);
  });
}

test('nothing runs where a reader of feeds puts what it was sent into a page', async (t) => {
  const site = build(t, hostile(t, false), '--audience', 'public');
  const feed = JSON.parse(readFileSync(join(site, 'feed.json'), 'utf8'));
  const atom = readFileSync(join(site, 'feed.xml'), 'utf8');
  assert.ok(feed.items.length >= 10);
  const folder = scratch(t);
  const watch = await watched(t);
  writeFileSync(join(folder, 'reader.html'), '<!doctype html><title>Reader</title><main></main>');
  await page(watch, join(folder, 'reader.html'), (contents) => { document.querySelector('main').innerHTML = contents.join('\n'); },
    feed.items.map((item) => item.content_html ?? ''));
  await page(watch, join(folder, 'reader.html'), (text) => {
    const read = new DOMParser().parseFromString(text, 'application/xml');
    if (read.querySelector('parsererror')) throw new Error(read.querySelector('parsererror').textContent);
    document.querySelector('main').innerHTML = [...read.querySelectorAll('content')].map((one) => one.textContent).join('\n');
  }, atom);
  assert.deepEqual(watch.found, []);
});

async function page(watch, file, put, what) {
  await watch.page.goto(pathToFileURL(file).href);
  await watch.page.evaluate(put, what);
  await watch.page.waitForTimeout(200);
}

test('nothing runs in kb serve: pages, searches, what is typed, what is attached, errors', async (t) => {
  const folder = hostile(t);
  const { address } = await serve(t, folder);
  const watch = await watched(t);
  for (const path of ['', 'incidents/index.html', 'components/index.html', 'tags/index.html', 'families/index.html', 'actions.html', 'stats.html', 'nothing-<script>__x(1)</script>']) {
    await visit(watch, `${address}/${path}`);
  }
  for (const name of Object.keys(attachments)) await visit(watch, `${address}/files/${name}`);
  for (const [n, vector] of vectors.entries()) {
    await visit(watch, `${address}/search.html?q=${encodeURIComponent(vector)}`);
    if (n % every === 0) {
      await watch.page.locator('#kb-q').fill(vector);
      await watch.page.waitForTimeout(150);
    }
  }
  for (const query of ['x&limit="><script>__x(1)</script>', 'shared&component=<img src=x onerror=__x(1)>', 'hub&sort=" onfocus="__x(1)']) await visit(watch, `${address}/search.html?q=${query}`);
  await visit(watch, `${address}/incidents/index.html`);
  for (const vector of vectors.filter((_, n) => n % 12 === 0)) {
    writeFileSync(join(folder, 'content/v0.md'), `---\ntitle: ${JSON.stringify(vector)}\ndate: ${JSON.stringify(vector)}\n---\n`);
    await watch.page.getByText('v0.md').first().waitFor({ timeout: 8000 });
    await watch.page.waitForTimeout(100);
  }
  assert.deepEqual(watch.found, []);
});
