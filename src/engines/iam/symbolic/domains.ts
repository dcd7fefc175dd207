import { patternSet, type PatternSet } from '../../../lib/automata/pattern-set.ts';
import { literalTokens, type Token } from '../../../lib/automata/tokens.ts';
import type { IamPatterns, IamPolicy } from '../../../facts/iam-policy/types.ts';
import { principalContext } from '../principal-context.ts';
import type { Value } from './atoms.ts';
import type { Domain } from './dimension.ts';
import { ARNS } from './one-value.ts';
import type { Variables } from './pattern-text.ts';
import type { DomainOf } from './search.ts';
import type { Subject } from './subjects.ts';
import { ALWAYS_PRESENT, type RequestSpace } from './types.ts';

/** What the dimensions of requests may be, for one class of principals. */
export interface Domains {
  readonly domainOf: DomainOf;
  /** What policy variables stand for, where that is determined. */
  readonly variables: Variables;
}

/** Keys in lower case that say who asks: a request cannot choose them. */
export const OF_PRINCIPAL: readonly string[] = [
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:username',
];

const NOT_COLON: Token = { kind: 'any', except: ':' };
const TO_COLON: Token = { kind: 'star', except: ':' };
const ACTIONS = patternSet([[NOT_COLON, TO_COLON, ...literalTokens(':'), NOT_COLON, TO_COLON]]);
const RESOURCES = patternSet([literalTokens('*'), ...ARNS.patterns]);
const USER_NAMES = patternSet([
  [
    { kind: 'any', except: '/:*?' },
    { kind: 'star', except: '/:*?' },
  ],
]);

const ACTION_DOMAIN: Domain = {
  kind: 'text',
  language: { within: [ACTIONS], outside: [], alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789-:' },
};
const RESOURCE_DOMAIN: Domain = { kind: 'text', language: { within: [RESOURCES], outside: [] } };

/** The domains of one class of principals; `several` are the keys that may have more than one value. */
export function domainsOf(
  subject: Subject,
  resourceAccount: string | undefined,
  space: RequestSpace,
  several: ReadonlySet<string>,
): Domains {
  const keys = new Map<string, Domain>();
  const fix = (key: string, value: Value): void => void keys.set(key.toLowerCase(), { kind: 'fixed', value });
  const { principal, arns } = subject;
  const own = principalContext({
    principal,
    action: '',
    resource: '',
    context: new Map(),
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
  });
  const free = new Set((space.free ?? []).map((key) => key.toLowerCase()));
  for (const key of space.absent ?? []) fix(key, undefined);
  for (const key of OF_PRINCIPAL) if (!free.has(key)) fix(key, undefined);
  for (const [key, value] of own) if (!free.has(key)) fix(key, value);
  if (arns !== undefined) {
    keys.set('aws:principalarn', present([arns.within], arns.outside));
    if (principal.kind === 'user') keys.set('aws:username', present([USER_NAMES], []));
  }
  for (const [key, value] of space.context ?? []) fix(key, value);
  const action = pinned(space.actions?.map(lowerCase)) ?? ACTION_DOMAIN;
  const resource = pinned(space.resources) ?? RESOURCE_DOMAIN;
  const always = new Set((space.present ?? ALWAYS_PRESENT).map((key) => key.toLowerCase()));
  const domainOf: DomainOf = (dimension) => {
    if (dimension === 'action') return action;
    if (dimension === 'resource') return resource;
    const key = dimension.slice('key:'.length);
    return (
      keys.get(key) ?? {
        kind: 'key',
        absent: !always.has(key),
        present: true,
        many: several.has(key),
        within: [],
        outside: [],
      }
    );
  };
  const variables: Variables = (name) => {
    // Every context key has a prefix: `${Account}` in a template names none, and is absent from all requests.
    if (!name.includes(':')) return null;
    const domain = keys.get(name);
    if (domain?.kind !== 'fixed') return undefined;
    if (typeof domain.value === 'string') return domain.value;
    return domain.value?.length === 1 ? domain.value[0] : null;
  };
  return { domainOf, variables };
}

/** Where the question names one text, nothing has to be searched. */
function pinned(asked: readonly IamPatterns[] | undefined): Domain | undefined {
  for (const { negated, patterns } of asked ?? []) {
    const [only] = patterns;
    if (!negated && patterns.length === 1 && only !== undefined && !/[*?]/.test(only))
      return { kind: 'fixed', value: only };
  }
  return undefined;
}

function lowerCase({ negated, patterns }: IamPatterns): IamPatterns {
  return { negated, patterns: patterns.map((pattern) => pattern.toLowerCase()) };
}

function present(within: readonly PatternSet[], outside: readonly PatternSet[]): Domain {
  return { kind: 'key', absent: false, present: true, many: false, within, outside };
}

/** Global keys with several values (2026-11): a policy may forget to say which of them it means. */
const SEVERAL_VALUED: readonly string[] = [
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
];

/** The keys that may have several values, in lower case: those, and what a policy asks about with ForAllValues or ForAnyValue. */
export function severalValued(policies: readonly IamPolicy[], space: RequestSpace): ReadonlySet<string> {
  const keys = new Set([...SEVERAL_VALUED, ...(space.multiValued ?? []).map((key) => key.toLowerCase())]);
  const conditions = [...policies.flatMap(({ statements }) => statements.flatMap((each) => each.conditions))];
  for (const { key, quantifier } of [...conditions, ...(space.conditions ?? [])])
    if (quantifier !== undefined) keys.add(key.toLowerCase());
  return keys;
}
