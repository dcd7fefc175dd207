// Random policies: the symbolic engine against the concrete one over every request of a small world. Takes the number of samples
// (100,000 without one) and the first seed.
import { runSamples } from './random-samples.ts';

const [samples = '100000', first = '1'] = process.argv.slice(2);
const started = performance.now();
const counts = runSamples(Number(first), Number(samples));
for (const line of counts.disagreements.slice(0, 20)) console.log(line);
console.log(
  `${counts.samples} samples, ${counts.disagreements.length} disagreements (${counts.found} found, ${counts.none} none, ` +
    `${counts.undecided} undecided; ${((performance.now() - started) / 1000).toFixed(1)} s)`,
);
if (counts.disagreements.length > 0) process.exitCode = 1;
