// What the benches of `kb serve` share: spreads, and the server's own figures.

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** One line: median, p90, p99 and the most of `all`, in milliseconds. */
export function spread(name, all) {
  const sorted = [...all].sort((a, b) => a - b), ms = (value) => `${value.toFixed(1).padStart(8)} ms`;
  return `${name.padEnd(24)} n ${String(all.length).padStart(6)}   median ${ms(at(sorted, 0.5))}   p90 ${ms(at(sorted, 0.9))}   p99 ${ms(at(sorted, 0.99))}   most ${ms(sorted.at(-1))}`;
}

/** The lines of `/__kb/metrics` as pairs. */
export async function metric(address) {
  const text = await (await fetch(`${address}/__kb/metrics`)).text();
  return Object.fromEntries(text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
    const cut = line.lastIndexOf(' ');
    return [line.slice(0, cut), Number(line.slice(cut + 1))];
  }));
}

/** Mean time of each stage of following a change, as the server measured it. */
export function stages(figures) {
  const name = 'kb_stage_seconds';
  return Object.keys(figures).filter((key) => key.startsWith(`${name}_sum`)).map((key) => {
    const stage = key.match(/stage="([^"]+)"/)[1], count = figures[key.replace('_sum', '_count')];
    return `${`  ${stage}`.padEnd(24)} n ${String(count).padStart(6)}   mean   ${(1000 * figures[key] / count).toFixed(2).padStart(8)} ms`;
  });
}

/** Waits until `right` holds, ten minutes at most. */
export async function until(right) {
  const end = performance.now() + 600_000;
  while (!(await right().catch(() => false))) {
    if (performance.now() > end) throw new Error('it did not come about within ten minutes');
    await new Promise((done) => setTimeout(done, 20));
  }
}
