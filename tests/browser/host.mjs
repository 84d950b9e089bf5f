// A host for static files as hosts are: under a path, compressing or not, decorating compressed files, losing some.
import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** What `_headers` tells hosts to send. */
const csp = (folder) => readFileSync(join(folder, '_headers'), 'utf8').match(/Content-Security-Policy: (.*)/)[1];

/**
 * Serves `folder` below `prefix`. `compress` packs texts as hosts do; `encoded` says `Content-Encoding: gzip` of files that
 * are gzip members; `lost` names paths that are not there; `also` adds folders by name, `texts` pages. Returns the address and what was sent: `[path, bytes]`.
 */
export async function host(t, folder, { prefix = '', compress = false, encoded = false, lost = () => false, root = folder, also = {}, texts = {}, policy = csp(folder) } = {}) {
  const sent = [];
  const state = { root, lost };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const path = decodeURIComponent(pathname.slice(prefix.length + 1)) || 'index.html';
    const refuse = (status) => { sent.push([path, 0]); response.writeHead(status).end(); };
    if (!pathname.startsWith(`${prefix}/`) || normalize(path).startsWith('..') || state.lost(path)) return refuse(404);
    let bytes;
    try {
      const [first, ...rest] = path.split('/');
      const file = also?.[first] ? join(also[first], ...rest) : join(state.root, path);
      bytes = path in texts ? Buffer.from(texts[path]) : readFileSync(statSync(file).isDirectory() ? join(file, 'index.html') : file);
    } catch { return refuse(404); }
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const headers = { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff', ...(policy ? { 'Content-Security-Policy': policy } : {}) };
    if (compress && type !== TYPES['.svg'] && /text|json|javascript|octet/.test(type)) {
      bytes = gzipSync(bytes, { level: 6 });
      headers['Content-Encoding'] = 'gzip';
    } else if (encoded && bytes[0] === 0x1f && bytes[1] === 0x8b) headers['Content-Encoding'] = 'gzip';
    sent.push([path, bytes.length]);
    response.writeHead(200, headers).end(bytes);
    return undefined;
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  t.after(() => new Promise((done) => { server.closeAllConnections(); server.close(done); }));
  return { address: `http://127.0.0.1:${server.address().port}${prefix}`, sent, state };
}
