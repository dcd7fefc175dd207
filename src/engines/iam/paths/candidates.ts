import type { IamCondition, IamPolicy } from '../../../facts/iam-policy/types.ts';
import { compileActions } from '../concrete/actions.ts';
import { compilePattern, wildcards } from '../concrete/wildcard.ts';
import type { AppliedPolicies } from '../types.ts';
import type { Question } from './ask.ts';
import { allowing } from './prefilter.ts';

/** A request that is worth a try: the rest of it follows from the question. */
export interface Candidate {
  readonly resource: string;
  readonly context: ReadonlyMap<string, string>;
}

const MOST = 40;

/** Likely requests: resources that the policies name, with the context that their conditions ask for. */
export function candidates({ action, resource }: Question, policies: AppliedPolicies): Candidate[] {
  const found: Candidate[] = [];
  const identity = allowing(policies.identity, action, resource);
  const trust = allowing(policies.resource ?? [], action, resource);
  const places = resourcesOf(
    resource,
    identity.flatMap(({ resources }) => resources?.patterns ?? []),
  );
  // Plain requests first: what keeps denies from biting is asked for only where it must be.
  for (const avoids of [false, true]) {
    const avoiding = avoids ? avoidance(policies, action) : new Map<string, string>();
    for (const place of places) {
      for (const left of [undefined, ...identity]) {
        for (const right of [undefined, ...trust]) {
          if (found.length >= MOST) return found;
          const context = new Map(avoiding);
          for (const condition of [...(left?.conditions ?? []), ...(right?.conditions ?? [])])
            demand(condition, context);
          found.push({ resource: place, context });
        }
      }
    }
  }
  return found;
}

/** What a condition of an allow wants to see, where one value is enough. */
function demand({ operator, key, values }: IamCondition, context: Map<string, string>): void {
  const [value] = values;
  const name = key.toLowerCase();
  if (value === undefined || value.includes('${') || /Not|Null/.test(operator)) return;
  const than = /(Less|Greater)Than(Equals)?$/.exec(operator);
  if (than === null) context.set(name, operator === 'IpAddress' ? addressIn(value) : filled(value));
  else if (operator.startsWith('Numeric')) {
    const number = Number(value) + (than[2] === undefined ? (than[1] === 'Less' ? -1 : 1) : 0);
    context.set(name, String(number));
  }
}

/** Values that keep denies from biting: `StringNotEquals aws:RequestedRegion eu-west-1` is avoided in eu-west-1. */
function avoidance(policies: AppliedPolicies, action: string): Map<string, string> {
  const context = new Map<string, string>();
  const all: readonly IamPolicy[] = [
    ...policies.identity,
    ...(policies.serviceControl ?? []).flatMap((level) => level.policies),
    ...(policies.resourceControl ?? []).flatMap((level) => level.policies),
  ];
  for (const { statements } of all) {
    for (const { effect, actions, conditions } of statements) {
      if (effect !== 'Deny' || conditions.length === 0 || !compileActions(actions)(action.toLowerCase())) continue;
      for (const { operator, key, values } of conditions) {
        const [value] = values;
        if (/^(?:String|Arn)Not/.test(operator) && value !== undefined && !value.includes('${'))
          context.set(key.toLowerCase(), filled(value));
      }
    }
  }
  return context;
}

/** Texts of a pattern of ARNs that the policies speak of, and one that is made up. */
function resourcesOf(pattern: string, named: readonly string[]): readonly string[] {
  if (!/[*?]/.test(pattern)) return [pattern];
  const own = made(pattern);
  const texts = new Set([own]);
  for (const name of named) {
    const [parts, wanted] = [name.split(':'), own.split(':')];
    if (parts.length < 6) continue;
    const text = parts.map((part, at) => (part === '*' ? (wanted[at] ?? 'x') : filled(part))).join(':');
    texts.add(text);
  }
  const matches = compilePattern(wildcards(pattern));
  return [...texts].filter((text) => matches(text));
}

/** A text of a pattern: a region where an ARN has one. */
function made(pattern: string): string {
  return pattern
    .split(':')
    .map((part, at) => (at === 3 && part === '*' ? 'us-east-1' : filled(part)))
    .join(':');
}

function filled(pattern: string): string {
  return pattern.replace(/[*?]+/g, 'x');
}

function addressIn(range: string): string {
  return range.split('/', 1)[0] ?? range;
}
