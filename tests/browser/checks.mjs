// What every page is held to: valid HTML, no barrier, nothing wider than the page, nothing from elsewhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    // Matters of taste, not of validity.
    'void-style': 'off', 'doctype-style': 'off', 'attr-quotes': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off',
    'attribute-boolean-style': 'off', 'attribute-empty-style': 'off', 'no-inline-style': 'error', 'tel-non-breaking': 'off',
    // Tables that become cards on phones keep their meaning through roles that repeat the element's own.
    'no-redundant-role': 'off', 'prefer-native-element': 'off',
    // Ids come from authors' headings, in any script.
    'valid-id': ['error', { relaxed: true }],
  },
});

/** The page parses as valid HTML. */
export async function valid(html, name) {
  const report = await validator.validateString(html);
  const told = report.results.flatMap((result) => result.messages.map((m) => `${name}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  assert.deepEqual(told, []);
}

/** axe-core finds nothing, at three widths in light and in dark. */
export async function accessible(page, { widths = [390, 768, 1440], schemes = ['light', 'dark'] } = {}) {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wider <= 0, `${page.url()} is ${wider} px wider than ${width} px`);
      const found = await audit(page);
      assert.deepEqual(found, [], `${page.url()} at ${width} px, ${colorScheme}`);
    }
  }
}

async function audit(page) {
  await page.evaluate(`${axe}; undefined`).catch(async () => {
    // Trusted Types refuse eval; the same source as a script of the page's own debugger is not refused.
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axe });
    await session.detach();
  });
  const result = await page.evaluate(() =>
    axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    }));
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`);
}

/** Every request of `page` while `act` runs; none may leave `origin`, and none may fail. */
export async function staysHome(page, origin, act) {
  const away = [];
  const failed = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) away.push(request.url());
  });
  page.on('requestfailed', (request) => failed.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.url()} ${response.status()}`);
  });
  await act();
  assert.deepEqual(away, []);
  assert.deepEqual(failed.filter((one) => !one.includes('ERR_ABORTED')), []);
}
