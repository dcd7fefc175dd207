import { topOf } from '../../lib/text-position.ts';
import type { Facts } from '../../facts/index.ts';
import { sha256 } from '../../lib/hash.ts';
import {
  isNonEmpty,
  prove,
  type Assessment,
  type Counterexample,
  type Gap,
  type GapReason,
  type Json,
  type NonEmpty,
  type TraceStep,
  type Witness,
} from '../../model/index.ts';
import { coversPath, mergeTriggers } from './coverage.ts';
import { looksAt } from './looks-at.ts';
import { weakest } from './failing.ts';
import { EXPORT_COMMAND } from './required.ts';
import { AS_OF } from './tools.ts';
import type { Answer, Gate, Indirection } from './types.ts';

/** An attack that is planted in a copy of the product. */
export interface Attack {
  /** kebab-case, stable: part of the fingerprint. */
  readonly id: string;
  /** What is planted, as a noun phrase. */
  readonly what: string;
  /** Path of the planted file below the root. */
  readonly path: string;
  /** What the attacker has when nothing stops it. */
  readonly grants: readonly string[];
}

/** Whether a gate sees an attack, and how we know: our engine ran its rules, or its documented behaviour was looked up. */
export interface Caught extends Answer {
  readonly how: 'executed' | 'modelled';
  /** Why it is undecided, where it is: rules from elsewhere by default. */
  readonly reason?: GapReason;
}

export interface Drill<A extends Attack = Attack> {
  /** What the guard must do, as a sentence. */
  readonly claim: string;
  /** Name of the control, which replays its counterexamples. */
  readonly engine: string;
  readonly attacks: NonEmpty<A>;
  /** Gates that look at the subject of the attacks. */
  readonly gates: readonly Gate[];
  readonly indirections: readonly Indirection[];
  readonly facts: Facts;
  catches(attack: A, gate: Gate): Caught;
}

interface Trial {
  readonly gate: Gate;
  readonly caught: Caught;
  readonly outcome: Answer;
}

/** Replays every attack against every gate: an attack that one gate stops is stopped. */
export function runDrill<A extends Attack>(drill: Drill<A>): Assessment {
  const counterexamples: Counterexample[] = [];
  const gaps: Gap[] = [];
  const witnesses: Witness[] = [];
  const methods = new Set<string>();
  for (const attack of drill.attacks) {
    const trials = drill.gates.map((gate) => tryGate(drill, attack, gate));
    const stopped = trials.find((trial) => trial.outcome.answer === 'yes');
    const undecided = trials.filter((trial) => trial.outcome.answer === 'undecided');
    if (stopped !== undefined) {
      const { gate, caught } = stopped;
      methods.add(caught.how);
      witnesses.push({
        at: gate.call.at,
        note: `${attack.what}: ${gate.call.tool.name} in ${gate.where} stops it (${caught.how}: ${caught.why}; ${gate.parts.required.why})`,
      });
    } else if (
      undecided.length > 0 ||
      drill.indirections.length > 0 ||
      drill.facts.inventory.otherPipelines.length > 0
    ) {
      gaps.push(...toGaps(drill, attack, undecided));
    } else {
      counterexamples.push(toCounterexample(drill, attack, trials));
    }
  }
  if (gaps.length > 0 && witnesses.length === 0) {
    const [first, ...rest] = mergeGaps(gaps);
    return first === undefined
      ? { counterexamples, gaps: [missing(drill)] }
      : { counterexamples, gaps: [first, ...rest] };
  }
  const elements = drill.attacks.map((attack) => `${attack.id} ${attack.path}`);
  const method = `drill: each attack is planted in a copy and put to every gate of a pull request; ${[...methods].join(' and ') || 'no gate answered'}${methods.has('modelled') ? ` (tool table of ${AS_OF})` : ''}. A gate counts when it runs on pull_request, can fail its job and a rule requires its check; a change of the gate itself is left to review.`;
  if (!isNonEmpty(elements)) return { counterexamples, gaps: [missing(drill)] };
  return {
    counterexamples,
    gaps: mergeGaps(gaps),
    proof: prove({ claim: drill.claim, what: 'attacks', elements, digest: sha256, method, witnesses }),
  };
}

/** One attack against one gate: whether the merge is stopped is the `outcome`. */
export function tryGate<A extends Attack>(drill: Pick<Drill<A>, 'catches'>, attack: A, gate: Gate): Trial {
  const caught = drill.catches(attack, gate);
  const covers: Answer = coversPath(gate.triggers, attack.path)
    ? { answer: 'yes', why: 'its path filters let it run' }
    : gate.isHeld
      ? {
          answer: 'undecided',
          why: `its path filters leave out ${attack.path}; its check is required and stays pending, so that such a change waits for somebody to go round the rule`,
        }
      : { answer: 'no', why: `its path filters leave out ${attack.path}` };
  const looks = looksAt(gate.call, attack.path);
  const runs = gate.triggers.length === 0 ? [looks] : [looks, covers];
  return { gate, caught, outcome: weakest([caught, ...runs, gate.stops]) };
}

function toGaps<A extends Attack>(drill: Drill<A>, attack: A, undecided: readonly Trial[]): Gap[] {
  if (undecided.length > 0) {
    return undecided.map(({ gate, caught, outcome }): Gap => {
      const message = `${gate.call.tool.name} in ${gate.where}: ${outcome.why}`;
      const unruled = outcome === gate.parts.required || outcome.why === gate.parts.required.why;
      const rules = caught.answer === 'undecided' && outcome.why === caught.why;
      return {
        reason: rules ? (caught.reason ?? 'undrillable-rules') : unruled ? 'not-in-sight' : 'unresolved-value',
        message,
        at: gate.call.at,
        identity: `${gate.call.tool.id} ${outcome.why}`,
        ...(unruled
          ? { closes: EXPORT_COMMAND }
          : rules && caught.reason === undefined
            ? { closes: 'keep the rules that the gate runs in the repository' }
            : {}),
      };
    });
  }
  const indirect = drill.indirections.map((item): Gap => ({
    reason: 'not-in-sight',
    message: item.what,
    at: item.at,
    identity: item.what,
    closes: 'call the scanner in a step of the workflow',
  }));
  const pipelines = drill.facts.inventory.otherPipelines.map((path): Gap => ({
    reason: 'not-in-sight',
    message: `${path} may hold a gate: only GitHub workflows are read`,
    at: topOf(path),
    identity: `pipeline ${path}`,
    closes: `accept it in fourproof.yaml, with the gate of ${path} as the reason`,
  }));
  return [...indirect, ...pipelines].map((gap) => ({ ...gap, message: `${gap.message} (${attack.what})` }));
}

/** The same reason for several attacks is one gap. */
function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const byIdentity = new Map<string, Gap>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.reason, gap.identity, gap.at?.path, gap.at?.startLine]);
    if (!byIdentity.has(key)) byIdentity.set(key, gap);
  }
  return [...byIdentity.values()];
}

function missing(drill: Pick<Drill, 'engine'>): Gap {
  return { reason: 'not-in-sight', message: `nothing to drill for ${drill.engine}`, identity: drill.engine };
}

function toCounterexample(
  drill: Pick<Drill, 'engine' | 'facts'>,
  attack: Attack,
  trials: readonly Trial[],
): Counterexample {
  const planted: TraceStep = { at: topOf(attack.path), note: `a pull request plants ${attack.what}`, role: 'source' };
  const passed = trials.map(({ gate, outcome, caught }): TraceStep => {
    const sees = caught.answer === 'yes' ? 'reports, does not stop' : 'does not see it';
    return { at: gate.call.at, note: `${gate.call.tool.name} ${sees}: ${outcome.why}`, role: 'guard' };
  });
  const summary =
    trials.length === 0
      ? `${capitalised(attack.what)} can be merged: no gate of a pull request looks for it.`
      : `${capitalised(attack.what)} can be merged: ${trials.map(({ gate, outcome }) => `${gate.call.tool.name} (${gate.where}): ${outcome.why}`).join('; ')}.`;
  const args: { readonly [key: string]: Json } = { attack: attack.id, path: attack.path };
  return {
    title: `nothing stops ${attack.what}`,
    severity: 'medium',
    summary,
    input: { kind: 'planted-file', attack: attack.id, path: attack.path },
    trace: [planted, ...(passed.length > 0 ? passed : unguarded(drill.facts))],
    replay: { engine: drill.engine, args },
    grants: attack.grants,
    identity: ['drill', attack.id],
  };
}

/** Where a gate would stand: the workflow that a pull request runs, or any other. */
function unguarded({ workflow }: Facts): TraceStep[] {
  const runs = workflow.find(({ triggers }) => mergeTriggers(triggers).length > 0);
  const [first] = workflow;
  if (runs !== undefined)
    return [{ at: topOf(runs.path), note: 'runs for it, and no step looks for it', role: 'guard' }];
  if (first === undefined) return [];
  return [{ at: topOf(first.path), note: 'no workflow runs for a pull request', role: 'guard' }];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
