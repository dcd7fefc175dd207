import {
  CONDITION_OPERATORS,
  type IamCondition,
  type IamPatterns,
  type IamPolicy,
  type IamPrincipals,
  type IamStatement,
} from '../src/facts/iam-policy/types.ts';
import type { RequestQuery } from '../src/engines/iam/symbolic/types.ts';
import type { AppliedPolicies, IamRequest, RequestPrincipal } from '../src/engines/iam/types.ts';

/** A question with every request of a small world in which its answer can be looked up. */
export interface RandomQuestion {
  readonly query: RequestQuery;
  readonly requests: () => Iterable<IamRequest>;
}

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/r`;
const PRINCIPALS: readonly RequestPrincipal[] = [
  { kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/a`, account: ACCOUNT },
  { kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/b`, account: ACCOUNT },
  { kind: 'user', arn: `arn:aws:iam::${OTHER}:user/a`, account: OTHER },
  { kind: 'role-session', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`, account: ACCOUNT, role: ROLE },
  { kind: 'role-session', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/r/t`, account: ACCOUNT, role: ROLE },
  { kind: 'role', arn: ROLE, account: ACCOUNT },
  { kind: 'root', arn: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT },
  { kind: 'federated-user', arn: `arn:aws:sts::${ACCOUNT}:federated-user/a`, account: ACCOUNT },
  { kind: 'service', arn: 's.amazonaws.com' },
  { kind: 'federated', arn: 'idp.example' },
  { kind: 'anonymous', arn: '*' },
  { kind: 'role-session', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/l/s`, account: ACCOUNT, serviceLinked: true },
];
const NAMES: readonly IamPrincipals['principals'][number][] = [
  { type: 'AWS', value: '*' },
  { type: 'AWS', value: ACCOUNT },
  { type: 'AWS', value: `arn:aws:iam::${OTHER}:root` },
  { type: 'AWS', value: `arn:aws:iam::${ACCOUNT}:user/a` },
  { type: 'AWS', value: ROLE },
  { type: 'AWS', value: `arn:aws:sts::${ACCOUNT}:assumed-role/r/s` },
  { type: 'Service', value: 's.amazonaws.com' },
  { type: 'Federated', value: 'idp.example' },
];
const ACTIONS = ['s3:a', 's3:b', 's3:ab', 'kms:a', 'sts:AssumeRole'];
const ACTION_PATTERNS = [
  '*',
  's3:*',
  's3:a',
  'S3:A*',
  's3:?',
  '*:a',
  's3:a?',
  'sts:*',
  'sts:assumerole',
  'kms:a',
  '*b',
];
const RESOURCES = [
  '*',
  'arn:aws:s3:::a',
  'arn:aws:s3:::ab',
  'arn:aws:s3:::b/a',
  ROLE,
  `arn:aws:kms:x:${ACCOUNT}:key/k`,
];
const RESOURCE_PATTERNS = [
  '*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::a',
  'arn:aws:s3:::?',
  'arn:*a',
  'arn:aws:s3:::${aws:username}',
  'arn:aws:s3:::${t:text}*',
  "arn:aws:s3:::${t:text, 'b'}/a",
  'arn:aws:s3:::${*}',
  ROLE,
  '*role*',
  'arn:aws:kms:*',
];

interface Key {
  readonly key: string;
  readonly operators: readonly IamCondition['operator'][];
  readonly constants: readonly string[];
  /** undefined is an absent key. */
  readonly values: readonly (string | readonly string[] | undefined)[];
  readonly quantified?: boolean;
}

const starting = (prefix: RegExp): readonly IamCondition['operator'][] =>
  CONDITION_OPERATORS.filter((operator) => prefix.test(operator) || operator === 'Null');

const TEXTS = ['a', 'b', 'ab', 'A', 'a*', '*b', '?', 'A?', '${t:other}', '${aws:username}', '${*}'];
const KEYS: readonly Key[] = [
  { key: 't:text', operators: starting(/^String/), constants: TEXTS, values: [undefined, 'a', 'b', 'ab', 'A', '*'] },
  {
    key: 'T:Other',
    operators: starting(/^String|^Binary/),
    constants: [...TEXTS, 'ab=='],
    values: [undefined, 'a', 'ab', 'B'],
  },
  {
    key: 't:many',
    operators: starting(/^String/),
    constants: TEXTS,
    values: [undefined, ['a'], ['b', 'a'], ['ab', 'A', 'b'], ['ab', 'b']],
    quantified: true,
  },
  {
    key: 't:number',
    operators: starting(/^Numeric/),
    constants: ['0', '1', '2.5', '-3', 'x'],
    values: [undefined, '0', '1', '2', '2.5', '3', '-3', '-4'],
    quantified: true,
  },
  {
    key: 'aws:CurrentTime',
    operators: starting(/^Date/),
    constants: ['2026-01-01T00:00:00Z', '2026-06-01', '1767225601'],
    values: [
      '2025-12-31T23:59:59Z',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:01Z',
      '2026-03-01',
      '2027-01-01T00:00:00Z',
    ],
  },
  {
    key: 't:flag',
    operators: starting(/^Bool/),
    constants: ['true', 'false', 'TRUE', 'x'],
    values: [undefined, 'true', 'false'],
  },
  {
    key: 'aws:SourceIp',
    operators: starting(/IpAddress/),
    constants: ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '2001:db8::/32', '0.0.0.0/0', 'x'],
    values: [undefined, '10.1.2.3', '10.1.9.9', '10.9.9.9', '192.0.2.1', '2001:db8::1', '::1'],
  },
  {
    key: 'aws:SourceArn',
    operators: starting(/^Arn|^StringLike/),
    constants: ['arn:aws:s3:::a', 'arn:aws:s3:::*', 'arn:aws:*:*:*:a', 'arn:*', '*', 'arn:aws:sns:*:1?:a:*'],
    values: [undefined, 'arn:aws:s3:::a', 'arn:aws:s3:::b', 'arn:aws:sns:x:11:a:b', 'arn:aws:sns:x:1:a'],
  },
  {
    key: 'aws:PrincipalArn',
    operators: starting(/^Arn|^StringLike/),
    constants: [`arn:aws:iam::${ACCOUNT}:user/a`, 'arn:aws:iam::*:role/*', `arn:aws:iam::${ACCOUNT}:*`],
    values: [undefined],
  },
];

/** Repeatable random numbers (mulberry32), so that a sample can be looked at again. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The sample of a seed. */
export function randomQuestion(seed: number): RandomQuestion {
  const random = randomOf(seed);
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const some = <T>(list: readonly T[], most: number): readonly T[] =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(list));
  const keys = some(KEYS, 2);
  const patterns = (list: readonly string[]): IamPatterns => ({ negated: chance(0.25), patterns: some(list, 2) });

  const condition = (): IamCondition => {
    const { key, operators, constants, quantified } = pick(keys);
    const operator = pick(operators);
    if (operator === 'Null') return { operator, ifExists: false, key, values: some(['true', 'false'], 1) };
    const values = some(constants, 2);
    const ifExists = chance(0.3);
    return quantified === true && chance(0.7)
      ? { operator, ifExists, quantifier: chance(0.5) ? 'all' : 'any', key, values }
      : { operator, ifExists, key, values };
  };
  const statement = (index: number, withPrincipal: boolean, denies: number): IamStatement => ({
    index,
    effect: chance(denies) ? 'Deny' : 'Allow',
    ...(withPrincipal ? { principals: { negated: chance(0.2), principals: some(NAMES, 2) } } : {}),
    actions: patterns(ACTION_PATTERNS),
    resources: patterns(RESOURCE_PATTERNS),
    conditions: chance(0.6) ? Array.from({ length: 1 + Math.floor(random() * 2) }, condition) : [],
  });
  const policy = (withPrincipal = false, denies = 0.35): IamPolicy => ({
    version: chance(0.85) ? '2012-10-17' : '2008-10-17',
    statements: Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) =>
      statement(index, withPrincipal, denies),
    ),
  });
  const levels = (): AppliedPolicies['serviceControl'] =>
    Array.from({ length: 1 + Math.floor(random() * 2) }, (_, index) => ({
      target: String(index),
      policies: [policy()],
    }));
  const applied = (): AppliedPolicies => ({
    identity: [policy()],
    ...(chance(0.4) ? { resource: [policy(true)] } : {}),
    ...(chance(0.2) ? { boundary: [policy()] } : {}),
    ...(chance(0.15) ? { session: [policy()] } : {}),
    ...(chance(0.2) ? { serviceControl: levels() ?? [] } : {}),
    ...(chance(0.1) ? { resourceControl: [{ target: 'r', policies: [policy(true, 1)] }] } : {}),
    ...(chance(0.05) ? { managementAccount: true } : {}),
  });

  const principal = pick(PRINCIPALS);
  const free = chance(0.25);
  const asked = pick(keys);
  const query: RequestQuery = {
    policies: applied(),
    ...(chance(0.4) ? { notAllowedBy: applied() } : {}),
    principal: free ? { kinds: [principal.kind] } : principal,
    ...(chance(0.3) ? { resourceAccount: OTHER } : {}),
    space: {
      ...(chance(0.3) ? { actions: [patterns(ACTION_PATTERNS)] } : {}),
      ...(chance(0.2) ? { resources: [patterns(['arn:aws:s3:::*', '*role*', '*a'])] } : {}),
      ...(chance(0.15) && asked.key !== 'aws:CurrentTime' ? { absent: [asked.key] } : {}),
      multiValued: ['t:many'],
    },
  };
  return { query, requests: () => requestsOf(query, free ? PRINCIPALS : [principal], principal.kind, keys) };
}

function* requestsOf(
  { resourceAccount, space }: RequestQuery,
  principals: readonly RequestPrincipal[],
  kind: RequestPrincipal['kind'],
  keys: readonly Key[],
): Iterable<IamRequest> {
  const matches = (patterns: readonly IamPatterns[] | undefined, text: string): boolean =>
    (patterns ?? []).every((each) => each.patterns.some((pattern) => matchesWildcards(pattern, text)) !== each.negated);
  const actions = ACTIONS.filter((action) =>
    matches(
      space?.actions?.map(({ negated, patterns }) => ({
        negated,
        patterns: patterns.map((text) => text.toLowerCase()),
      })),
      action.toLowerCase(),
    ),
  );
  const resources = RESOURCES.filter((resource) => matches(space?.resources, resource));
  const absent = new Set(space?.absent ?? []);
  const dimensions = [...new Set(keys)].map(({ key, values }) => ({
    key: key.toLowerCase(),
    values: absent.has(key) ? [undefined] : values,
  }));
  for (const principal of principals) {
    if (principal.kind !== kind || (principals.length > 1 && principal.serviceLinked === true)) continue;
    for (const context of contexts(dimensions))
      for (const action of actions)
        for (const resource of resources)
          yield { principal, action, resource, context, ...(resourceAccount === undefined ? {} : { resourceAccount }) };
  }
}

interface Dimension {
  readonly key: string;
  readonly values: readonly (string | readonly string[] | undefined)[];
}

function* contexts(dimensions: readonly Dimension[]): Iterable<ReadonlyMap<string, string | readonly string[]>> {
  const [first, ...rest] = dimensions;
  if (first === undefined) {
    yield new Map();
    return;
  }
  for (const context of contexts(rest))
    for (const value of first.values) yield value === undefined ? context : new Map([...context, [first.key, value]]);
}

/** Naive on purpose: a second opinion. */
function matchesWildcards(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern.startsWith('*'))
    return matchesWildcards(pattern.slice(1), text) || (text !== '' && matchesWildcards(pattern, text.slice(1)));
  return (
    text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && matchesWildcards(pattern.slice(1), text.slice(1))
  );
}
