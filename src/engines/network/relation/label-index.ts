import { addRun, both, combined, either, exact, inverted, noBits, type Bits, type Span } from '../bits.ts';
import type { LabelOwner, Labels, LabelTest, Selector } from '../types.ts';

/** Whoever has labels of its own, of a namespace and of a service account. */
export interface Labelled {
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
  readonly accountLabels: Labels;
}

/** Who has a label, by value; and who has it with a value that is not known. */
interface Holders {
  readonly byValue: Map<string, number[]>;
  readonly unclear: number[];
}

/** Answers selectors over many labelled things at once, from an index by label. */
export class LabelIndex {
  readonly #size: number;
  readonly #all: Bits;
  readonly #none: Bits;
  readonly #holders = new Map<string, Holders>();
  /** Members that may have labels that are not known, by owner. */
  readonly #open: Readonly<Record<LabelOwner, number[]>> = { own: [], namespace: [], account: [] };
  readonly #answers = new Map<string, Span>();

  constructor(members: readonly Labelled[]) {
    this.#size = members.length;
    this.#none = noBits(members.length);
    this.#all = noBits(members.length);
    addRun(this.#all, 0, members.length);
    for (const [at, member] of members.entries()) {
      this.#add(at, 'own', member.labels);
      this.#add(at, 'namespace', member.namespaceLabels);
      this.#add(at, 'account', member.accountLabels);
    }
  }

  /** Members that a selector surely and possibly selects. */
  select(selector: Selector): Span {
    switch (selector.kind) {
      case 'all':
        return exact(this.#all);
      case 'unknown':
        return { must: this.#none, may: this.#all };
      case 'not':
        return inverted(this.select(selector.item), this.#all);
      case 'and':
        return this.#combined(selector.items, both, exact(this.#all));
      case 'or':
        return this.#combined(selector.items, either, exact(this.#none));
      case 'label': {
        const key = JSON.stringify([selector.of, selector.key, selector.test]);
        const known = this.#answers.get(key);
        if (known !== undefined) return known;
        const answer = this.#label(selector.of, selector.key, selector.test);
        this.#answers.set(key, answer);
        return answer;
      }
    }
  }

  #combined(items: readonly Selector[], combine: (a: Span, b: Span) => Span, empty: Span): Span {
    const [first = empty, ...rest] = items.map((item) => this.select(item));
    return rest.reduce(combine, first);
  }

  #label(of: LabelOwner, key: string, test: LabelTest): Span {
    const holders = this.#holders.get(`${of} ${key}`);
    const must = noBits(this.#size);
    const wanted =
      test.is === 'in' ? test.values : [...(holders?.byValue.keys() ?? [])].filter((value) => passes(value, test));
    for (const value of wanted) for (const at of holders?.byValue.get(value) ?? []) addRun(must, at, at + 1);
    const open = this.#open[of];
    if (open.length === 0 && (holders?.unclear.length ?? 0) === 0) return exact(must);
    const unclear = noBits(this.#size);
    for (const at of holders?.unclear ?? []) addRun(unclear, at, at + 1);
    const known = new Set([...(holders?.byValue.values() ?? [])].flat());
    for (const at of open) if (!known.has(at)) addRun(unclear, at, at + 1);
    return { must, may: combined(must, unclear, (a, b) => a | b) };
  }

  #add(at: number, of: LabelOwner, { known, open }: Labels): void {
    for (const [key, value] of known) {
      const name = `${of} ${key}`;
      let holders = this.#holders.get(name);
      if (holders === undefined) this.#holders.set(name, (holders = { byValue: new Map(), unclear: [] }));
      if (typeof value !== 'string') holders.unclear.push(at);
      else {
        const list = holders.byValue.get(value);
        if (list === undefined) holders.byValue.set(value, [at]);
        else list.push(at);
      }
    }
    if (open !== undefined) this.#open[of].push(at);
  }
}

function passes(value: string, test: LabelTest): boolean {
  switch (test.is) {
    case 'present':
      return true;
    case 'in':
      return test.values.includes(value);
    case 'contains':
      return value.includes(test.text);
    case 'starts':
      return value.startsWith(test.text);
    case 'ends':
      return value.endsWith(test.text);
  }
}
