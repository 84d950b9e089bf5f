// What `kb check --format sarif` prints is held against the published schema of SARIF 2.1.0 (OASIS), which lies beside this.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { project, run, sample, scratch, today } from './harness.mjs';

const schema = JSON.parse(readFileSync(join(project, 'tests/browser/sarif-2.1.0.json'), 'utf8'));
const reference = (text) => URL.canParse(text, 'file:///') && !/[\s<>"{}|\\^`]/.test(text);
const formats = { uri: URL.canParse, 'uri-reference': reference, 'date-time': (text) => !Number.isNaN(Date.parse(text)) };
const valid = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, formats }).compile(schema);

function check(folder) {
  const log = JSON.parse(run('check', folder, '--format', 'sarif', '--as-of', today));
  assert.ok(valid(log), JSON.stringify(valid.errors, null, 1));
  return log;
}

/** A project with something wrong in every theme: structure, times, actions, language, names that need care. */
function messy(t) {
  const folder = scratch(t);
  mkdirSync(join(folder, 'content/à b'), { recursive: true });
  writeFileSync(join(folder, 'site.toml'), "[lint]\nno-tags = 'warn'\n");
  const text = '---\ndate: 2026-03-01\nserverity: SEV1\n---\n# Hub\n\n## Summary\n\nDown “at noon” 🔥 <b>.\n\n## Timeline\n\n- 22:XX a\n- 10:10 b\n- 10:05 c\n\n## Root cause\n\nHuman error.\n\n## Actions\n\n- [ ] Improve monitoring\n\n![](gone.png)\n';
  writeFileSync(join(folder, 'content/à b/a %?#.md'), text);
  writeFileSync(join(folder, 'content/lonely.png'), 'x');
  return folder;
}

test('a log of findings of every theme is valid', (t) => {
  const log = check(messy(t));
  const results = log.runs[0].results;
  const codes = new Set(results.map((result) => result.ruleId));
  for (const code of ['unknown-key', 'half-known-time', 'timeline-order', 'blame-word', 'action-owner', 'image-text', 'orphan-file', 'no-tags']) {
    assert.ok(codes.has(code), `${code} is not told: ${[...codes]}`);
  }
  assert.ok(log.runs[0].tool.driver.rules.every((rule) => rule.shortDescription.text));
});

test('a log without findings is valid', (t) => {
  const folder = scratch(t);
  mkdirSync(join(folder, 'content'));
  writeFileSync(join(folder, 'content/a.md'), '# Hub down\n');
  assert.deepEqual(check(folder).runs[0].results, []);
});

test('the sample project gives a valid log', (t) => void check(sample(t)));

test('the schema would refuse what is wrong', (t) => {
  const log = check(messy(t));
  const broken = (change) => {
    const copy = structuredClone(log);
    change(copy.runs[0], copy);
    return valid(copy);
  };
  assert.ok(!broken((run) => (run.results[0].level = 'warn')));
  assert.ok(!broken((run) => (run.results[0].locations[0].physicalLocation.region.startLine = 0)));
  assert.ok(!broken((run) => (run.results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b.md')));
  assert.ok(!broken((run) => delete run.tool.driver.name));
  assert.ok(!broken((run, whole) => (whole.version = '2.0.0')));
});
