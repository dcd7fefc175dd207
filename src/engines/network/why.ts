import { hasBit } from './bits.ts';
import { placesOf } from './protocols.ts';
import type { CompiledRule } from './relation/compile.ts';
import type { Connectivity } from './relation/connectivity.ts';
import { applicable } from './relation/fold.ts';
import type { Direction, Policy } from './types.ts';
import type { SourceLocation } from '../../model/index.ts';

/** Something that decides, or may decide, one direction of a connection. */
export interface Reason {
  /** `isolates`: it applies, none of its tier's rules matches, and what no rule allows is denied. */
  readonly effect: 'allows' | 'denies' | 'passes' | 'isolates';
  /** False where it is not known whether it matches. */
  readonly isSure: boolean;
  /** `NetworkPolicy shop/database` */
  readonly policy: string;
  readonly tier: string;
  /** The rule; the policy where it isolates. */
  readonly at: SourceLocation;
}

const EFFECTS = { allow: 'allows', deny: 'denies', pass: 'passes' } as const;
const MOST_REASONS = 50;

/**
 * The rules that decide one direction between two elements for a protocol and a port, in the order in which they are
 * asked; behind the first that allows come the others that would allow, too. None: no policy applies.
 */
export function reasonsOf(
  { compiled, sets }: Connectivity,
  direction: Direction,
  ownElement: number,
  otherElement: number,
  protocol: number,
  port: number | undefined,
): Reason[] {
  const reasons: Reason[] = [];
  const [place] = placesOf(protocol, port, port);
  const { subject, peer } = compiled.roles[direction];
  const own = subject.classOf[ownElement] ?? 0;
  const other = peer.classOf[otherElement] ?? 0;
  const names = compiled.portNames[direction][direction === 'ingress' ? own : other] ?? 0;
  for (const tier of compiled.tiers) {
    const groups = applicable(tier, direction, own).flat();
    const found: Reason[] = [];
    let isDecided = false;
    let isPassed = false;
    for (const { compiled: policy, isSure } of groups) {
      for (const rule of policy[direction] ?? []) {
        const match = matches(rule, own, other);
        const ports = compiled.specs.at(rule.spec, names);
        if (found.length > MOST_REASONS) break;
        if (match === 'no' || !sets.has(ports.may, place)) continue;
        if (isDecided && rule.rule.action !== 'allow') break;
        const sure = isSure && match === 'yes' && sets.has(ports.must, place);
        found.push({
          effect: EFFECTS[rule.rule.action],
          isSure: sure,
          policy: titleOf(policy.policy),
          tier: tier.tier.name,
          at: rule.rule.at,
        });
        if (sure && rule.rule.action === 'pass') isPassed = true;
        if (sure && rule.rule.action !== 'pass') isDecided = true;
        if (sure && rule.rule.action !== 'allow') break;
      }
      if (isPassed || (isDecided && found.at(-1)?.effect === 'denies') || found.length > MOST_REASONS) break;
    }
    reasons.push(...found);
    if (isDecided) return reasons;
    if (isPassed || groups.length === 0 || tier.tier.endsWith === 'pass') continue;
    for (const {
      compiled: { policy },
      isSure,
    } of groups.slice(0, MOST_REASONS))
      reasons.push({ effect: 'isolates', isSure, policy: titleOf(policy), tier: tier.tier.name, at: policy.at });
    if (groups.some(({ isSure }) => isSure)) return reasons;
  }
  return reasons;
}

/** What people call a policy. */
export function titleOf({ kind, name, namespace }: Policy): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function matches({ peers, own }: CompiledRule, self: number, other: number): 'yes' | 'no' | 'unclear' {
  const isPeer = hasBit(peers.must, other) ? 'yes' : hasBit(peers.may, other) ? 'unclear' : 'no';
  const isOwn = own === undefined || hasBit(own.must, self) ? 'yes' : hasBit(own.may, self) ? 'unclear' : 'no';
  if (isPeer === 'no' || isOwn === 'no') return 'no';
  return isPeer === 'yes' && isOwn === 'yes' ? 'yes' : 'unclear';
}
