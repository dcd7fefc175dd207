import type {
  ControlRecord,
  DecisionRecord,
  Finding,
  GapRecord,
  Result,
  SourceLocation,
  Verdict,
} from '../../model/index.ts';
import { counted, SEVERITY_RANK } from '../shared/words.ts';
import { endsOf, flowOf, locationOf, messageOf } from './places.ts';
import { LEVEL, ruleIdOf } from './rules.ts';
import type { SarifResult, Suppression } from './types.ts';

/** A result that is built only if it is kept. */
export interface Candidate {
  readonly kind: SarifResult['kind'];
  readonly weight: number;
  build(): SarifResult;
}

/** Everything that can become a SARIF result, worst first: findings that stand, decided findings, gaps, proofs. */
export function candidatesOf({ verdicts, products }: Result, rules: readonly string[]): readonly Candidate[] {
  const indexes = new Map(rules.map((id, index) => [id, index]));
  const manyProducts = products.length > 1;
  const candidates = verdicts.flatMap((verdict) => {
    const head = (control: string): Head => {
      const ruleId = ruleIdOf(verdict, control);
      // An index of -1 says that there is no such rule in the list, 3.27.6.
      return { ruleId, ruleIndex: indexes.get(ruleId) ?? -1, product: verdict.product, manyProducts };
    };
    return [
      ...verdict.findings.map((finding) => ({
        kind: 'fail' as const,
        weight: weightOf(finding),
        build: () => fail(head(finding.control), finding),
      })),
      ...verdict.controls.flatMap((control) => evidenceOf(head(control.id), verdict, control)),
    ];
  });
  return [...candidates].sort((a, b) => b.weight - a.weight);
}

const WEIGHT = { standing: 300, accepted: 200, dismissed: 100, gap: 20, proof: 10 } as const;

function weightOf({ severity, accepted, dismissed }: Finding): number {
  const base = dismissed !== undefined ? WEIGHT.dismissed : accepted !== undefined ? WEIGHT.accepted : WEIGHT.standing;
  return base + SEVERITY_RANK[severity];
}

interface Head {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly product: string;
  readonly manyProducts: boolean;
}

function evidenceOf(head: Head, verdict: Verdict, control: ControlRecord): readonly Candidate[] {
  if ('proof' in control) return [{ kind: 'pass', weight: WEIGHT.proof, build: () => pass(head, verdict, control) }];
  return (control.gaps ?? []).map((gap) => ({ kind: 'open', weight: WEIGHT.gap, build: () => open(head, gap) }));
}

/** A counterexample, 3.27.9 `fail`. */
function fail(head: Head, finding: Finding): SarifResult {
  const { severity, title, fingerprint, location, counterexample, accepted, dismissed } = finding;
  const { summary, trace, replay, grants } = counterexample;
  const steps = endsOf(trace);
  const related = steps.slice(0, -1).map(({ at, note }, index) => locationOf(at, { id: index + 1, note }));
  const last = trace.at(-1);
  return {
    ...common(head, `${title}\n${summary}\nSee it again: fourproof replay ${fingerprint}`, fingerprint),
    kind: 'fail',
    level: LEVEL[severity],
    locations: [locationOf(location, { finding, ...(last === undefined ? {} : { note: last.note }) })],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    codeFlows: [{ threadFlows: [{ locations: flowOf(trace) }] }],
    ...suppressionsOf(accepted ?? dismissed),
    properties: {
      product: head.product,
      severity,
      grants: grants.slice(0, 50).map((grant) => messageOf(grant).text),
      replayEngine: replay.engine,
      ...(accepted === undefined && dismissed === undefined
        ? {}
        : { decision: accepted === undefined ? 'dismissed' : 'accepted' }),
    },
  };
}

/** A gap, 3.27.9 `open`: it could not be decided. */
function open(head: Head, gap: GapRecord): SarifResult {
  const { fingerprint, reason, message, at, closes, accepted } = gap;
  return {
    ...common(head, closes === undefined ? message : `${message}\nWhat closes it: ${closes}`, fingerprint),
    kind: 'open',
    level: 'none',
    locations: [locationOf(at ?? NOWHERE)],
    ...suppressionsOf(accepted),
    properties: { product: head.product, reason },
  };
}

/** A proof, 3.27.9 `pass`. */
function pass(head: Head, verdict: Verdict, control: Extract<ControlRecord, { proof: unknown }>): SarifResult {
  const { claim, scope, method, witnesses } = control.proof;
  const at = witnesses.find((witness) => witness.at !== undefined)?.at;
  const over = `Over ${counted(scope.count, scope.what, scope.what)}; ${method}`;
  const related = witnesses
    .slice(0, 100)
    .flatMap(({ at: place, note }, index) => (place === undefined ? [] : [locationOf(place, { id: index + 1, note })]));
  return {
    ...common(head, `${claim}\n${over}`, `${verdict.threat}/${control.id}`),
    kind: 'pass',
    level: 'none',
    locations: [locationOf(at ?? NOWHERE)],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    properties: {
      product: head.product,
      status: control.status,
      scope: { what: messageOf(scope.what).text, count: scope.count, digest: scope.digest },
    },
  };
}

/** Where no line speaks, the place is where people would declare it: upload services refuse a result without a place. */
const NOWHERE: SourceLocation = { path: 'fourproof.yaml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

function common(
  { ruleId, ruleIndex, product, manyProducts }: Head,
  text: string,
  fingerprint: string,
): Pick<SarifResult, 'ruleId' | 'ruleIndex' | 'message' | 'partialFingerprints'> {
  return {
    ruleId,
    ruleIndex,
    message: messageOf(manyProducts ? `${product}: ${text}` : text),
    partialFingerprints: { 'fourproof/v1': fingerprint },
  };
}

function suppressionsOf(decision: DecisionRecord | undefined): { suppressions?: readonly Suppression[] } {
  if (decision === undefined) return {};
  const { reason, owner, expires, by } = decision;
  const justification = messageOf(
    `${reason} (${[owner, ...(expires === undefined ? [] : [`until ${expires}`]), by].join(', ')})`,
  ).text;
  return { suppressions: [{ kind: 'external', status: 'accepted', justification }] };
}
