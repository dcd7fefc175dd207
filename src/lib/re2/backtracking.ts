import type { Node } from './ast.ts';
import { intersects, union, type CharSet } from './char-set.ts';

/** An upper bound on the steps that a backtracking engine takes from one start, before it gives up there. */
export function backtracking(node: Node): number {
  return costOf(node, undefined).steps;
}

interface Cost {
  /** How many ways there are to match from one place. */
  readonly ways: number;
  /** How many steps it takes to try them all. */
  readonly steps: number;
}

/** `next` are the characters that what follows must begin with; undefined when that is not known. */
function costOf(node: Node, next: CharSet | undefined): Cost {
  switch (node.kind) {
    case 'empty':
    case 'assert':
    case 'set':
      return { ways: 1, steps: 1 };
    case 'group':
      return costOf(node.body, next);
    case 'alternate': {
      const parts = node.parts.map((part) => ({ cost: costOf(part, next), first: mustBegin(part) }));
      const apart = parts.every((a, i) => parts.every((b, j) => i >= j || disjoint(a.first, b.first)));
      const ways = parts.map(({ cost }) => cost.ways);
      return {
        ways: apart ? Math.max(...ways) : ways.reduce((sum, n) => sum + n, 0),
        steps: parts.reduce((sum, { cost }) => sum + cost.steps, 1),
      };
    }
    case 'concat': {
      let total: Cost = { ways: 1, steps: 0 };
      node.parts.forEach((part, i) => {
        const rest: Node = { kind: 'concat', parts: node.parts.slice(i + 1) };
        const cost = costOf(part, canBeEmpty(rest) ? undefined : mustBegin(rest));
        total = { ways: total.ways * cost.ways, steps: total.steps + total.ways * cost.steps };
      });
      return total;
    }
    case 'repeat':
      return costOfRepeat(node, next);
  }
}

function costOfRepeat({ body, min, max }: Node & { kind: 'repeat' }, next: CharSet | undefined): Cost {
  const once = costOf(body, undefined);
  // A class before what can't begin in it ends at one place only, given the text.
  const decided = body.kind === 'set' && next !== undefined && !intersects(body.set, next);
  if (max === Infinity) return { ways: decided ? 1 : Infinity, steps: Infinity };
  let ways = 0;
  let steps = 1;
  let power = 1;
  for (let n = 0; n <= max; n++) {
    if (n >= min) ways += power;
    steps += power * once.steps;
    power *= once.ways;
    if (power > 1e9) return { ways: Infinity, steps: Infinity };
  }
  return { ways: decided ? 1 : ways, steps };
}

function disjoint(a: CharSet | undefined, b: CharSet | undefined): boolean {
  return a !== undefined && b !== undefined && !intersects(a, b);
}

/** The characters that a match begins with; undefined when it may be empty or begins with an assertion. */
function mustBegin(node: Node): CharSet | undefined {
  if (canBeEmpty(node)) return undefined;
  switch (node.kind) {
    case 'set':
      return node.set;
    case 'group':
    case 'repeat':
      return mustBegin(node.body);
    case 'alternate': {
      const sets = node.parts.map(mustBegin);
      return sets.includes(undefined) ? undefined : union(...sets.map((set) => set ?? []));
    }
    case 'concat': {
      const sets: CharSet[] = [];
      for (const part of node.parts) {
        const set = firstOf(part);
        if (set === undefined) return undefined;
        sets.push(set);
        if (!canBeEmpty(part)) return union(...sets);
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

/** Like {@link mustBegin}, of the matches that are not empty. */
function firstOf(node: Node): CharSet | undefined {
  switch (node.kind) {
    case 'empty':
    case 'assert':
      return [];
    case 'set':
      return node.set;
    case 'group':
    case 'repeat':
      return firstOf(node.body);
    case 'alternate':
    case 'concat': {
      const sets: (CharSet | undefined)[] = [];
      for (const part of node.parts) {
        sets.push(firstOf(part));
        if (node.kind === 'concat' && !canBeEmpty(part)) break;
      }
      return sets.includes(undefined) ? undefined : union(...sets.map((set) => set ?? []));
    }
  }
}

function canBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'empty':
    case 'assert':
      return true;
    case 'set':
      return false;
    case 'group':
      return canBeEmpty(node.body);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.body);
    case 'concat':
      return node.parts.every(canBeEmpty);
    case 'alternate':
      return node.parts.some(canBeEmpty);
  }
}
