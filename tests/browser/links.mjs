// Follows every link and image of a built site, on disk: each must name a file, and each `#part` an element of it.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

/** All files below a folder, relative to it. */
export function files(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? files(folder, path) : [path];
  }).sort();
}

const attribute = /\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
export const decode = (text) => text
  .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex, number) => String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number)))
  .replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');

/** What leads nowhere, as `page: address`. */
export function deadLinks(site) {
  const all = new Set(files(site));
  const ids = new Map();
  const idsOf = (file) => {
    if (!ids.has(file)) {
      const html = readFileSync(join(site, file), 'utf8');
      ids.set(file, new Set([...html.matchAll(/\sid\s*=\s*"([^"]*)"/g)].map((m) => decode(m[1]))));
    }
    return ids.get(file);
  };
  const dead = [];
  for (const page of [...all].filter((file) => file.endsWith('.html') && file !== '404.html')) {
    const html = readFileSync(join(site, page), 'utf8').replace(/<(pre|code)\b[^]*?<\/\1>/g, '');
    for (const match of html.matchAll(attribute)) {
      const address = decode(match[1] ?? match[2]);
      if (/^(https?:|mailto:|tel:|data:|\/\/)/i.test(address)) continue;
      const [path, part] = address.split('#');
      const bare = path.split('?')[0];
      const target = bare === '' ? page : relative('.', normalize(join(dirname(page), decodeURIComponent(bare))));
      if (target.startsWith('..') || !all.has(target) || !statSync(join(site, target)).isFile()) {
        dead.push(`${page}: ${address}`);
      } else if (part && target.endsWith('.html') && !idsOf(target).has(decodeURIComponent(part))) {
        dead.push(`${page}: ${address} (no such part)`);
      }
    }
  }
  return dead;
}
