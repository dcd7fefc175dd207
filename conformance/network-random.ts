// Compares the relation with the naive evaluator on random connections in random clusters: 100,000 pairs unless the
// first argument says otherwise. Prints how many pairs were asked and in how many the two differ.
import { compare } from './network/compare.ts';

const wanted = Number(process.argv[2] ?? 100_000);
const PER_CLUSTER = 100;
const FLAVOURS = ['kubernetes', 'cluster', 'calico'] as const;

let [pairs, allowed, denied, unknown] = [0, 0, 0, 0];
const disagreements: string[] = [];
for (let seed = 1; pairs < wanted; seed++) {
  const result = await compare(
    seed,
    FLAVOURS[seed % FLAVOURS.length] ?? 'kubernetes',
    Math.min(PER_CLUSTER, wanted - pairs),
  );
  pairs += result.pairs;
  allowed += result.allowed;
  denied += result.denied;
  unknown += result.unknown;
  disagreements.push(...result.disagreements);
}
for (const disagreement of disagreements.slice(0, 20)) console.log(disagreement);
console.log(
  `${pairs} pairs, ${disagreements.length} disagreements (${allowed} allowed, ${denied} denied, ${unknown} unknown)`,
);
process.exitCode = disagreements.length === 0 ? 0 : 1;
