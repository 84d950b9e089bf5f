// The page's engine against the server's: the same incidents in the same order with the same scores, for questions of
// every kind over a thousand reports and some in other scripts and from other centuries.
//
//     KB_REPORTS=10000 node --test tests/browser/parity.test.mjs       over more, once by hand
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { build, close, kb, open, run, scratch, serve, today } from './harness.mjs';
import { host } from './host.mjs';
import { questions } from './questions.mjs';

after(close);

const COUNT = Number(process.env.KB_REPORTS ?? 1000);
const EACH = Number(process.env.KB_QUESTIONS ?? 10);

const OTHERS = {
  '2024-02-01-zh': '---\ntitle: 数据库连接耗尽\ncomponents: [数据库]\n---\n# 数据库连接耗尽\n\n## 摘要\n\n连接池已满，所有请求都超时。Pool::TimeoutError 出现在 k8s集群。\n',
  '2024-02-02-ja': '---\ntitle: データベース障害\n---\n# データベース障害\n\n## 概要\n\n接続プールが枯渇した。水曜日に再起動。\n',
  '2024-02-03-ko': '---\ntitle: 로그인 실패\n---\n# 로그인 실패\n\n사용자가 로그인할 수 없었다.\n',
  '2024-02-04-fr': '---\ntitle: Réseau coupé à Besançon\n---\n# Réseau coupé à Besançon\n\nLe câble œuvre était coupé; le café naïf resta fermé. Ærø, Łódź und Straße.\n',
  '2024-02-05-ru': '---\ntitle: Сбой базы данных\n---\n# Сбой базы данных\n\nВсе соединения были заняты. İstanbul ΣΊΣΥΦΟΣ.\n',
  '1628-08-10-vasa': '---\ntitle: Vasa sank on her first voyage\ndate: 1628-08-10\n---\n# Vasa sank on her first voyage\n\nThe lower gun ports were open.\n',
};
const IN_OTHER_SCRIPTS = ['before:1700', 'date:1628-08-10 vasa', 'gun ports after:1600-01 before:1900', 'after:2025','数据库', '连接池 超时', '"连接池已满"', 'データベース', '接続プール', '水', '로그인', 'Besançon', 'besancon', 'oeuvre', 'Straße', 'strasse', 'Łódź', 'сбой', 'соединения заняты', 'İstanbul', 'σίσυφος', 'k8s集群'];

function archive(t) {
  const folder = scratch(t);
  execFileSync(join(dirname(kb), 'examples/generate'), [String(COUNT), folder], { stdio: 'ignore' });
  mkdirSync(join(folder, 'content/others'), { recursive: true });
  for (const [name, text] of Object.entries(OTHERS)) writeFileSync(join(folder, `content/others/${name}.md`), text);
  return folder;
}

/** Texts and values to make questions from, as kb itself read them. */
function material(folder) {
  const { incidents } = JSON.parse(run('export', folder, '--format', 'json', '--as-of', today));
  const texts = incidents.filter((_, at) => at % Math.ceil(incidents.length / 300) === 0)
    .map((one) => readFileSync(join(folder, 'content', one.path), 'utf8').replace(/^---[^]*?\n---\n/, ''));
  const all = (of) => [...new Set(incidents.flatMap(of).filter(Boolean))].sort();
  return { texts, values: {
    component: all((one) => one.components), tag: all((one) => one.tags), severity: all((one) => [one.severity]),
    status: all((one) => [one.status]), owner: all((one) => one.actions.flatMap((action) => action.owners)), id: all((one) => [one.id, one.slug]),
  } };
}

/** What is compared: everything a reader sees of an answer. */
const essence = (answer) => ({
  hits: answer.hits.map((hit) => hit.url), lacks: answer.hits.map((hit) => hit.lacks ?? []), passages: answer.hits.map((hit) => hit.passage ?? null),
  total: answer.total, partial: answer.partial, missing: answer.missing, instead: answer.instead, reduced: answer.reduced,
  unread: answer.unread.length, facets: Object.entries(answer.facets).sort(),
});

test('the page ranks as the server does', async (t) => {
  const folder = archive(t);
  const site = await host(t, build(t, folder));
  const page = await open(t);
  await page.goto(`${site.address}/search.html`);
  const { texts, values } = material(folder);
  const asked = [...questions(texts, values, EACH), ...IN_OTHER_SCRIPTS.map((q) => ({ kind: 'other scripts', q }))];
  assert.ok(asked.length >= 300, `only ${asked.length} questions`);
  // Started last: a connection that is kept open over minutes of other work is closed by then.
  const { address } = await serve(t, folder);
  const wrong = [];
  let found = 0;
  for (const { kind, q, typing } of asked) {
    const native = await (await fetch(`${address}/api/search?limit=10&q=${encodeURIComponent(q)}${typing ? '&typing=1' : ''}`)).json();
    const own = await page.evaluate(async ([text, typed]) => {
      const answer = await window.kbFind.find(text, { limit: 10, typing: typed });
      return { ...answer, marks: null, lost: [...answer.lost], facets: await answer.facets() };
    }, [q.trim(), typing]);
    assert.deepEqual(own.lost, []);
    found += native.hits.length;
    try {
      assert.deepEqual(essence(own), essence(native));
      native.hits.forEach((hit, at) => assert.ok(Math.abs(hit.score - own.hits[at].score) <= 1e-4 * Math.abs(hit.score), `score ${at}: ${hit.score} and ${own.hits[at].score}`));
    } catch (error) { wrong.push(`${kind}: ${JSON.stringify(q)}: ${error.message.slice(0, 600)}`); }
  }
  t.diagnostic(`${asked.length} questions over ${COUNT} reports, ${found} hits compared, ${wrong.length} answers differ`);
  assert.ok(found > asked.length * 4, `only ${found} hits: the questions ask for nothing`);
  assert.equal(wrong.length, 0, wrong.slice(0, 5).join('\n'));
});
