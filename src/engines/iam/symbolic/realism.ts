import { patternSet, type PatternSet } from '../../../lib/automata/pattern-set.ts';
import { ANY, STAR, literalTokens, type Token } from '../../../lib/automata/tokens.ts';
import type { Literal } from './atoms.ts';
import type { CaseCertificate } from './certificate.ts';
import type { Realism, RequestAnswer } from './types.ts';

/** Groups of actions that are tried one after the other. */
const MOST_GROUPS = 5000;

/**
 * Asks a question about real requests only. Which ARNs are real depends on the action, so the question is asked for actions with
 * the same resources together: first which action would do, then whether it does with the ARNs of its group, and if not, without that group.
 */
export function findRealRequest(realism: Realism, ask: (extra: readonly Literal[]) => RequestAnswer): RequestAnswer {
  const catalogue = catalogueOf(realism);
  const cases: CaseCertificate[] = [];
  let undecided: string | undefined;
  const left: Literal[] = [within('action', catalogue.all)];
  for (let round = 0; round < MOST_GROUPS; round++) {
    const some = ask(left);
    if (some.kind === 'undecided') return some;
    if (some.kind === 'none')
      return undecided === undefined
        ? { kind: 'none', certificate: { cases: [...cases, ...some.certificate.cases] } }
        : { kind: 'undecided', why: undecided };
    const group = catalogue.groupOf(some.request.action);
    const real = ask([within('action', group.actions), within('resource', group.resources)]);
    if (real.kind === 'found') return real;
    if (real.kind === 'none') cases.push(...real.certificate.cases);
    else undecided ??= real.why;
    const { atom } = within('action', group.actions);
    left.push({ atom, want: false });
  }
  return { kind: 'undecided', why: 'too many kinds of resources' };
}

interface Group {
  readonly actions: PatternSet;
  readonly resources: PatternSet;
}

interface Catalogue {
  readonly all: PatternSet;
  groupOf(action: string): Group;
}

const catalogues = new WeakMap<Realism, Catalogue>();

function catalogueOf(realism: Realism): Catalogue {
  const known = catalogues.get(realism);
  if (known !== undefined) return known;
  const names = new Map<string, string[]>();
  for (const action of realism.actions) {
    const key = realism.arnTemplates(action).join(' ');
    const list = names.get(key);
    if (list === undefined) names.set(key, [action.toLowerCase()]);
    else list.push(action.toLowerCase());
  }
  const groups = new Map<string, Group>();
  const made: Catalogue = {
    all: patternSet(realism.actions.map((action) => literalTokens(action.toLowerCase()))),
    groupOf: (action) => {
      const templates = realism.arnTemplates(action);
      const key = templates.join(' ');
      const group = groups.get(key) ?? {
        actions: patternSet((names.get(key) ?? [action.toLowerCase()]).map((name) => literalTokens(name))),
        resources: patternSet(templates.length === 0 ? [literalTokens('*')] : templates.map(templateTokens)),
      };
      groups.set(key, group);
      return group;
    },
  };
  catalogues.set(realism, made);
  return made;
}

function within(dimension: 'action' | 'resource', set: PatternSet): Literal {
  const test = { kind: 'text', over: set, under: set } as const;
  return { atom: { id: -set.id, dimension, test, origin: { part: dimension } }, want: true };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGIT: Token = { kind: 'chars', chars: '1234567890' };
const HYPHEN: Token = { kind: 'chars', chars: '-' };
const TO_COLON: Token = { kind: 'star', except: ':' };

/** What stands for the names in a template of the service authorisation reference, as patterns. */
const PLACES: ReadonlyMap<string, readonly Token[]> = new Map([
  ['partition', [...literalTokens('aws'), TO_COLON]],
  [
    'region',
    [
      { kind: 'chars', chars: `u${LETTERS}` },
      { kind: 'chars', chars: `s${LETTERS}` },
      HYPHEN,
      { kind: 'any', except: ':' },
      TO_COLON,
      HYPHEN,
      DIGIT,
    ],
  ],
  ['account', Array.from({ length: 12 }, () => DIGIT)],
]);

function templateTokens(template: string): readonly Token[] {
  return template.split(/\$\{([^}]*)\}/).flatMap((piece, index) => {
    if (index % 2 === 0)
      return piece.split('*').flatMap((text, part) => [...(part > 0 ? [STAR] : []), ...literalTokens(text)]);
    return PLACES.get(piece.toLowerCase()) ?? [ANY, STAR];
  });
}
