// The page reads questions and texts with rules of its own; what they must come to stands in tests/search-vectors.json, to
// which the server's are held as well.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { project } from './harness.mjs';

const { words } = vm.runInThisContext(`${readFileSync(join(project, 'themes/default/static/search-words.js'), 'utf8')}; kbSearch`);
const vectors = JSON.parse(readFileSync(join(project, 'tests/search-vectors.json'), 'utf8'));

const day = (days) => (days === null ? '' : new Date((days - 719528) * 864e5).toISOString().slice(0, 10));
/** A tree in one line, as the server's tests write it. */
function tree(node) {
  if (node.and) return `(${node.and.map(tree).join(' & ')})`;
  if (node.or) return `(${node.or.map(tree).join(' | ')})`;
  if (node.not) return `!${tree(node.not)}`;
  if (node.filter === 'dates') return `${day(node.from)}..${day(node.to)}`;
  if (node.filter) return `${node.facet ?? 'id'}=${node.value}`;
  const quote = node.quoted ? "'" : '', star = node.prefix && !node.words.endsWith('*') ? '*' : '';
  const boost = Math.abs(node.boost - 1) < 0.01 ? '' : `^${Number(node.boost.toPrecision(6))}`;
  return `${node.column ? `${node.column}:` : ''}${quote}${node.words}${quote}${star}${boost}`;
}

test('questions are read as the server reads them', () => {
  assert.ok(vectors.questions.length >= 100);
  for (const { text, typing, tree: wanted, unread } of vectors.questions) {
    const read = words.parse(text, typing);
    assert.deepEqual([tree(read.root), read.unread.length], [wanted, unread], JSON.stringify(text));
  }
});

test('texts fall into the same words', () => {
  for (const { text, words: wanted } of vectors.texts) {
    assert.equal(words.split(text).map((word) => `${word.whole ? '=' : ''}${word.text}@${word.position}`).join(' '), wanted, JSON.stringify(text));
  }
});
