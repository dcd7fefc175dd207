import { addressOrBlock } from '../../src/engines/network/addresses.ts';
import { isAllowed } from '../../src/engines/network/naive.ts';
import { networkOf } from '../../src/engines/network/network.ts';
import type { End } from '../../src/engines/network/types.ts';
import { factsOf } from './facts.ts';
import { clusterOf, NUMBERS, randomOf, type Flavour } from './generate.ts';

const ADDRESSES = ['10.1.2.3', '10.9.9.9', '192.168.0.7', '192.168.0.9', '8.8.8.8', '2001:db8::1', '2001:db9::1'];

/** Pairs that were asked of both evaluators, those in which they differ, and how often each answer was given. */
export interface Comparison {
  readonly pairs: number;
  readonly disagreements: readonly string[];
  readonly allowed: number;
  readonly denied: number;
  readonly unknown: number;
}

/** Asks both evaluators about random connections in the cluster of a seed. */
export async function compare(seed: number, flavour: Flavour, pairs: number): Promise<Comparison> {
  const random = randomOf(seed ^ 0x5eed);
  const pick = <T>(list: readonly T[]): T => {
    const item = list[Math.floor(random() * list.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const options = pick([
    {},
    { podNetworks: [] },
    ...[['10.1.0.0/16'], ['172.16.0.0/12'], ['10.1.2.0/24', 'fd00::/8']].map((podNetworks) => ({ podNetworks })),
  ]);
  const network = networkOf(await factsOf(clusterOf(seed, flavour)), options);
  const end = (): End =>
    random() < 0.75 ? { pod: pick(network.pods) } : { address: addressOrBlock(pick(ADDRESSES))?.first ?? 0n };
  const counts = { allowed: 0, denied: 0, unknown: 0 };
  const disagreements: string[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const from = end();
    const to = 'address' in from ? { pod: pick(network.pods) } : end();
    const protocol = pick([6, 6, 17, 132, 1]);
    const attempt = { from, to, protocol, ...(protocol === 1 ? {} : { port: pick([...NUMBERS, 444, 1, 65_535]) }) };
    const why = network.why(attempt);
    counts[why.answer]++;
    const naive = isAllowed(network.model, attempt);
    const isSelf = 'pod' in from && 'pod' in to && from.pod === to.pod && from.pod.kind === 'Pod';
    const expected = isSelf || naive === true ? 'allowed' : naive === false ? 'denied' : 'unknown';
    if (why.answer !== expected || why.doubts.some((doubt) => doubt.why.includes('evaluators disagree')))
      disagreements.push(
        `seed ${seed} ${flavour}: ${name(from)} => ${name(to)} ${protocol}/${attempt.port ?? ''}: ${why.answer}, ${expected}; ${why.doubts.map((one) => one.why).join('; ')}`,
      );
  }
  return { pairs, disagreements, ...counts };
}

function name(end: End): string {
  return 'pod' in end ? end.pod.id : String(end.address);
}
