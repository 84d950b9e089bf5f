// What every browser test needs: a site on disk, a running `kb serve`, a browser without a network.
import { spawn, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
export const project = resolve(here, '../..');
export const kb = process.env.KB_BIN ?? join(project, 'target/debug/kb');
export const today = '2026-11-25';

/** Where Chromium is; a missing browser fails loudly, no test is ever skipped for it. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A folder that is gone after the tests. */
export function scratch(t) {
  const folder = mkdtempSync(join(tmpdir(), 'kb-browser-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The sample project, copied, so that tests may edit it. */
export function sample(t) {
  const folder = scratch(t);
  cpSync(join(project, 'content'), join(folder, 'content'), { recursive: true });
  cpSync(join(project, 'site.toml'), join(folder, 'site.toml'));
  return folder;
}

/** Runs kb to its end and returns what it printed; throws with its messages when it fails. */
export function run(...args) {
  return execFileSync(kb, args, { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Builds a project and returns the folder of the site. */
export function build(t, folder, ...args) {
  const out = join(scratch(t), 'site');
  run('build', folder, '--out', out, '--as-of', today, ...args);
  return out;
}

/** Starts `kb serve` on a free port; resolves with its address once there is something to show. */
export async function serve(t, folder, ...args) {
  const started = await begin(t, folder, ...args);
  while ((await fetch(`${started.address}/__kb/health`)).status !== 200) await new Promise((done) => setTimeout(done, 50));
  return started;
}

/** The same, as soon as it says its address: it may still be reading. */
export async function begin(t, folder, ...args) {
  const port = args.includes('--port') ? [] : ['--port', '0'];
  const child = spawn(kb, ['serve', folder, ...port, '--as-of', today, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  t.after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  });
  const address = await new Promise((found, failed) => {
    const listen = (chunk) => {
      said += chunk;
      const match = said.match(/http:\/\/[\w.\-:[\]]+\d+/);
      if (match) found(match[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (code) => failed(new Error(`kb serve ended with ${code}: ${said}`)));
  });
  return { address, pid: child.pid, said: () => said };
}

let browser;
/** One browser for a whole file; names outside this machine do not resolve in it. */
export async function open(t, options = {}) {
  browser ??= await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--allow-file-access-from-files=false',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) page.problems.push(message.text());
  });
  page.on('pageerror', (error) => page.problems.push(String(error)));
  t.after(() => context.close());
  return page;
}

export async function close() {
  await browser?.close();
  browser = undefined;
}
