// From `cargo metadata` on standard input to a bill of materials (CycloneDX 1.5). Same input, same bytes: no time, no serial
// number. Only what ends up in the program is listed: neither tools of the build nor those of the tests.
import { readFileSync } from 'node:fs';

const { packages, resolve } = JSON.parse(readFileSync(0, 'utf8'));
const known = new Map(packages.map((one) => [one.id, one]));
const nodes = new Map(resolve.nodes.map((one) => [one.id, one]));
const shipped = (node) => node.deps.filter((dep) => dep.dep_kinds.some((kind) => kind.kind === null)).map((dep) => dep.pkg);
const all = new Set([resolve.root]);
for (const id of all) shipped(nodes.get(id)).forEach((other) => all.add(other));

const purl = (one) => `pkg:cargo/${one.name}@${one.version}`;
const byName = (a, b) => (purl(a) < purl(b) ? -1 : 1);
const component = (one, type) => ({
  type, 'bom-ref': purl(one), name: one.name, version: one.version, purl: purl(one),
  ...(one.license && { licenses: [{ expression: one.license.replaceAll('/', ' OR ').replaceAll('  ', ' ') }] }),
  ...(one.repository && { externalReferences: [{ type: 'vcs', url: one.repository }] }),
});
const root = known.get(resolve.root);
const others = [...all].filter((id) => id !== resolve.root).map((id) => known.get(id)).sort(byName);
const dependencies = [root, ...others].map((one) => ({
  ref: purl(one), dependsOn: [...new Set(shipped(nodes.get(one.id)).map((id) => purl(known.get(id))))].sort(),
}));
process.stdout.write(`${JSON.stringify({
  bomFormat: 'CycloneDX', specVersion: '1.5', version: 1,
  metadata: { component: component(root, 'application') },
  components: others.map((one) => component(one, 'library')),
  dependencies,
}, null, 1)}\n`);
