import { hasBit } from '../bits.ts';
import { NOTHING, type PortSets } from '../port-sets.ts';
import type { Direction } from '../types.ts';
import type { Compiled, CompiledRule, CompiledTier, Selecting } from './compile.ts';
import { ALL_ALLOWED, ALL_DENIED, type CellId, type CellTable } from './cell-table.ts';
import { cellAt, Draft, plainRow, type Row } from './row.ts';

/** The policies of a tier that say something of a class in a direction, in order. */
export function applicable(tier: CompiledTier, direction: Direction, subject: number): (readonly Selecting[])[] {
  const groups = [...(tier[direction].get(subject) ?? [])].sort(([a], [b]) => a - b);
  return groups.map(([, policies]) => policies);
}

/**
 * What the policies allow a class in one direction. Tiers, policies and rules are folded from the last to the first:
 * each rule decides its part, and leaves the rest as what comes behind it would decide. Where it is not sure whether a
 * rule matches, both ways are kept.
 */
export class Folder {
  readonly #compiled: Compiled;
  readonly #sets: PortSets;
  readonly #table: CellTable;
  readonly #direction: Direction;
  readonly #draft: Draft;
  #passed: Row = plainRow(ALL_ALLOWED);

  constructor(compiled: Compiled, sets: PortSets, table: CellTable, direction: Direction) {
    this.#compiled = compiled;
    this.#sets = sets;
    this.#table = table;
    this.#direction = direction;
    this.#draft = new Draft(compiled.roles[direction].peer.members.length, table);
  }

  row(subject: number): Row {
    let row = plainRow(ALL_ALLOWED);
    for (const tier of this.#compiled.tiers.toReversed()) {
      const groups = applicable(tier, this.#direction, subject);
      if (groups.length > 0) row = this.#tier(tier, groups, row, subject);
    }
    return row;
  }

  #tier({ tier }: CompiledTier, groups: readonly (readonly Selecting[])[], behind: Row, subject: number): Row {
    this.#passed = behind;
    const isSure = groups.some((policies) => policies.some((one) => one.isSure));
    let row = tier.endsWith === 'pass' ? behind : isSure ? plainRow(ALL_DENIED) : this.#withoutSure(behind);
    for (const run of runsOf(groups.toReversed())) {
      if (run.length === 1 && (run[0]?.length ?? 0) > 1) row = this.#anyFirst(run[0] ?? [], row, subject);
      else {
        this.#draft.start(row);
        for (const policies of run) for (const policy of policies) this.#apply(policy, this.#draft, subject);
        row = this.#draft.row();
      }
    }
    return row;
  }

  /** Puts the rules of a policy before what a draft says. */
  #apply({ compiled, isSure }: Selecting, draft: Draft, subject: number): void {
    const rules = compiled[this.#direction] ?? [];
    for (let at = rules.length - 1; at >= 0; at--) {
      const rule = rules[at];
      if (rule === undefined) continue;
      const own =
        rule.own === undefined || hasBit(rule.own.must, subject)
          ? 'yes'
          : hasBit(rule.own.may, subject)
            ? 'unclear'
            : 'no';
      if (own !== 'no') this.#rule(rule, isSure && own === 'yes', draft, subject);
    }
  }

  #rule({ rule, peers, spec }: CompiledRule, isSure: boolean, draft: Draft, subject: number): void {
    const { specs, portNames } = this.#compiled;
    const names = portNames[this.#direction];
    const isEgress = this.#direction === 'egress';
    const here = specs.at(spec, isEgress ? 0 : (names[subject] ?? 0));
    for (const peer of peers.list) {
      const ports = isEgress ? specs.at(spec, names[peer] ?? 0) : here;
      const must = isSure && (peers.must === peers.may || hasBit(peers.must, peer)) ? ports.must : NOTHING;
      const { surely: low, possibly: high } = this.#table.cell(draft.at(peer));
      if (rule.action === 'allow') draft.put(peer, this.#sets.union(low, must), this.#sets.union(high, ports.may));
      else if (rule.action === 'deny')
        draft.put(peer, this.#sets.subtract(low, ports.may), this.#sets.subtract(high, must));
      else {
        const passed = this.#table.cell(cellAt(this.#passed, peer));
        draft.put(
          peer,
          this.#pass(low, passed.surely, must, ports.may, false),
          this.#pass(high, passed.possibly, must, ports.may, true),
        );
      }
    }
  }

  /** Surely passed ports get what comes behind the tier; possibly passed ones the worse or the better of both. */
  #pass(rest: number, passed: number, must: number, may: number, isBetter: boolean): number {
    const sets = this.#sets;
    const mixed = isBetter ? sets.union(rest, passed) : sets.intersect(rest, passed);
    const unclear = sets.intersect(mixed, sets.subtract(may, must));
    return sets.union(sets.subtract(rest, may), sets.union(sets.intersect(passed, must), unclear));
  }

  /** Where the order among policies is not defined, any that decides may be the one: both ends of what may come out. */
  #anyFirst(policies: readonly Selecting[], next: Row, subject: number): Row {
    const size = this.#compiled.roles[this.#direction].peer.members.length;
    const drafts = policies.flatMap((policy) =>
      [ALL_DENIED, ALL_ALLOWED].map((most) => {
        const draft = new Draft(size, this.#table);
        draft.start(plainRow(most));
        this.#apply(policy, draft, subject);
        return draft;
      }),
    );
    const touched = new Set([...next.peers, ...drafts.flatMap((draft) => draft.touched())]);
    this.#draft.start(plainRow(next.most));
    for (const peer of touched) {
      this.#draft.set(peer, this.#oneOf(drafts, cellAt(next, peer), peer));
    }
    return this.#draft.row();
  }

  /** `drafts` hold, for each policy, what it decides itself: with the rest denied, and with the rest allowed. */
  #oneOf(drafts: readonly Draft[], behind: CellId, peer: number): CellId {
    const sets = this.#sets;
    const next = this.#table.cell(behind);
    let [allowed, kept] = [this.#table.cell(ALL_DENIED), this.#table.cell(ALL_ALLOWED)];
    for (const [at, draft] of drafts.entries()) {
      const { surely, possibly } = this.#table.cell(draft.at(peer));
      if (at % 2 === 0)
        allowed = { surely: sets.union(allowed.surely, surely), possibly: sets.union(allowed.possibly, possibly) };
      else kept = { surely: sets.intersect(kept.surely, surely), possibly: sets.intersect(kept.possibly, possibly) };
    }
    return this.#table.id(
      sets.intersect(kept.surely, sets.union(next.surely, allowed.surely)),
      sets.union(allowed.possibly, sets.intersect(next.possibly, kept.possibly)),
    );
  }

  /** The same, in which nothing is sure. */
  #withoutSure({ most, peers, cells }: Row): Row {
    const doubtful = (id: CellId): CellId => this.#table.id(NOTHING, this.#table.cell(id).possibly);
    return { most: doubtful(most), peers, cells: cells.map(doubtful) };
  }
}

/** Groups of one policy each that follow each other are folded in one go. */
function runsOf(groups: readonly (readonly Selecting[])[]): (readonly Selecting[])[][] {
  const runs: (readonly Selecting[])[][] = [];
  for (const group of groups) {
    const last = runs.at(-1);
    if (group.length > 1 || last === undefined || (last[0]?.length ?? 0) > 1) runs.push([group]);
    else last.push(group);
  }
  return runs;
}
