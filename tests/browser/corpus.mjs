// Real postmortems, folder by folder and all at once: every report has its page with its title and day, every page is valid
// HTML, every link and image leads somewhere, and nobody meets a barrier on a sample of the pages.
//
//     node tests/browser/corpus.mjs FOLDER…       each folder holds one organisation's reports per sub-folder
//     KB_CORPUS=FOLDER node tests/browser/corpus.mjs
//     KB_PAGES=reports …                          every report is looked at in the browser, not only a sample of the pages
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { accessible, staysHome, valid } from './checks.mjs';
import { build, close, open, run, scratch, today } from './harness.mjs';
import { deadLinks, decode, files } from './links.mjs';

const roots = (process.argv.length > 2 ? process.argv.slice(2) : [process.env.KB_CORPUS ?? '']).filter(Boolean).map((one) => resolve(one));
if (roots.length === 0) {
  console.error('usage: node corpus.mjs FOLDER…, or KB_CORPUS=FOLDER node corpus.mjs');
  process.exit(2);
}
const LONGEST = 5;
const OTHERS = 5;

after(close);

const plain = (text) => text.replace(/\s+/g, ' ').trim();
const title = (html) => plain(decode(html.match(/<h1[^>]*>([^]*?)<\/h1>/)?.[1].replace(/<[^>]*>/g, '') ?? ''));

/** Every report that kb read has a page with its title and its day, and every Markdown file is a report or a page. */
function hasEveryReport(project, site, content) {
  const { incidents } = JSON.parse(run('export', project, '--content', content, '--format', 'json', '--as-of', today));
  assert.ok(incidents.length > 0, `nothing was read in ${content}`);
  const wrong = [];
  for (const one of incidents.filter((incident) => incident.kind !== 'page')) {
    const html = readFileSync(join(site, `incidents/${one.slug}.html`), 'utf8');
    if (title(html) !== plain(one.title)) wrong.push(`${one.path}: the page is called ${title(html)}, not ${one.title}`);
    const day = html.match(/<article[^]*?<time datetime="([^"]*)"/)?.[1];
    if (one.date && !day?.startsWith(one.date)) wrong.push(`${one.path}: the page says ${day}, not ${one.date}`);
  }
  assert.deepEqual(wrong, []);
  const read = new Set(incidents.map((one) => one.path));
  const unread = files(content).filter((file) => /\.(md|markdown)$/i.test(file) && !/(^|\/)\./.test(file) && !/(^|\/)_index\.md$/.test(file) && !read.has(file));
  assert.deepEqual(unread, [], 'reports without a page');
  return incidents;
}

/** Pages to look at in a browser: one of each kind, the longest reports, and others spread over the list, or all of them. */
function sampled(site) {
  const all = files(site).filter((file) => file.endsWith('.html') && !readFileSync(join(site, file), 'utf8').includes('http-equiv="refresh"'));
  const within = (folder) => all.filter((file) => file.startsWith(`${folder}/`) && file !== `${folder}/index.html`);
  const kinds = all.filter((file) => !file.includes('/') && file !== '404.html');
  const lists = ['incidents', 'components', 'tags', 'families'].filter((folder) => all.includes(`${folder}/index.html`)).map((folder) => `${folder}/index.html`);
  const groups = ['components', 'tags', 'families', 'actions'].flatMap((folder) => within(folder).slice(0, 1));
  const reports = within('incidents').sort((a, b) => statSync(join(site, b)).size - statSync(join(site, a)).size || a.localeCompare(b));
  if (process.env.KB_PAGES === 'reports') return [...kinds, ...lists, ...groups, ...reports];
  const rest = reports.slice(LONGEST);
  const others = rest.filter((_, place) => place % Math.ceil(rest.length / OTHERS) === 0);
  return [...kinds, ...lists, ...groups, ...reports.slice(0, LONGEST), ...others];
}

async function holds(t, content) {
  // A folder without settings: those of the sample must not decide what is read here.
  const project = scratch(t);
  const site = build(t, project, '--content', content);
  await t.test('every report has a page with its title and its day', () => { hasEveryReport(project, site, content); });
  await t.test('every link and image leads somewhere', () => assert.deepEqual(deadLinks(site), []));
  await t.test('every page is valid HTML', async () => {
    const wrong = [];
    for (const page of files(site).filter((file) => file.endsWith('.html'))) {
      await valid(readFileSync(join(site, page), 'utf8'), page).catch((error) => wrong.push(...error.actual.slice(0, 3)));
    }
    assert.deepEqual(wrong, []);
  });
  await t.test('pages have no barrier', async (part) => {
    const page = await open(part);
    const home = pathToFileURL(site).href;
    const wrong = [];
    await staysHome(page, 'file:', async () => {
      for (const path of sampled(site)) {
        await page.goto(`${home}/${path.split('/').map(encodeURIComponent).join('/')}`);
        await accessible(page).catch((error) => wrong.push(`${path}: ${error.message}`));
      }
    });
    assert.deepEqual(wrong, []);
  });
}

for (const root of roots) {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name).sort();
  for (const name of folders) test(`${basename(root)}/${name}`, (t) => holds(t, join(root, name)));
  test(`${basename(root)}, all at once`, (t) => holds(t, root));
}
