// What reading and searching a whole history costs: `npx tsx bench/secrets-history.ts <repository> [--read]`.
// With --read the objects are only read, to tell git's part from ours.
import { resolve } from 'node:path';
import { packRuleset } from '../src/engines/secrets/index.ts';
import { searchHistory } from '../src/engines/secrets-history/index.ts';
import type { History } from '../src/model/index.ts';
import { readSecretRules } from '../src/sources/assets.ts';
import { openHistory } from '../src/sources/git-history/open-history.ts';

const [folder = '.', mode] = process.argv.slice(2);
const history = openHistory(resolve(folder));
const ruleset = packRuleset(readSecretRules());
const seen = { commits: 0, objects: 0, bytes: 0, gaps: 0 };

/** The same history, counted on its way. */
const counted: History = {
  ...history,
  async *batches() {
    for await (const batch of history.batches()) {
      for (const { kind, bytes, offset } of batch.objects) {
        if (kind === 'commit') seen.commits++;
        if (offset === 0) seen.objects++;
        seen.bytes += bytes.length;
      }
      seen.gaps += batch.unseen.length;
      yield batch;
    }
  },
};

const started = performance.now();
const found = mode === '--read' ? await readAll() : (await searchHistory(counted, { ruleset })).secrets.length;
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
console.log(
  [
    `${seen.commits} commits · ${seen.objects} objects · ${(seen.bytes / 1e6).toFixed(0)} MB`,
    `${seconds.toFixed(1)} s, of which ${((user + system) / 1e6).toFixed(1)} s CPU here (git's own beside) · ${(seen.bytes / 1e6 / seconds).toFixed(0)} MB/s`,
    `${Math.round(process.resourceUsage().maxRSS / 1024)} MB resident at most · ${found} secrets · ${seen.gaps} gaps`,
  ].join('\n'),
);

async function readAll(): Promise<number> {
  let batches = 0;
  for await (const { objects } of counted.batches()) batches += objects.length > 0 ? 1 : 0;
  return batches === 0 ? -1 : 0;
}
