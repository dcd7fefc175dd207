import { sha256 } from '../../../lib/hash.ts';
import {
  isNonEmpty,
  prove,
  proveAbsence,
  type Assessment,
  type Counterexample,
  type Gap,
  type Replayable,
  type ReplayOutcome,
} from '../../../model/index.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import type { Context } from '../../context.ts';
import { renderedAgain } from '../../rendered.ts';
import type { Reference } from './reference.ts';
import type { Fixity } from './registries.ts';
import { replayInTerraform } from './replay-terraform.ts';

/** How one kind of reference is judged. */
export interface ReferenceQuestion {
  /** Name of the control. */
  readonly engine: string;
  /** What the references are, in the plural. */
  readonly what: string;
  readonly claim: string;
  readonly method: string;
  fixityOf(text: string): Fixity;
  /** Where references were looked for, for the proof that there are none. */
  searched(context: Context): readonly string[];
  /** What an attacker gains by moving one. */
  grants(text: string): readonly string[];
}

/** Judges every reference: movable ones are counterexamples, open ones gaps. */
export function judgeReferences(
  question: ReferenceQuestion,
  references: readonly Reference[],
  context: Context,
): Assessment {
  const counterexamples: Counterexample[] = [];
  const gaps: Gap[] = [];
  for (const reference of references) {
    if (reference.text === undefined) {
      gaps.push(unresolved(reference));
      continue;
    }
    const fixity = question.fixityOf(reference.text);
    if (reference.doubt !== undefined && fixity.kind !== 'fixed') gaps.push(doubtful(reference, reference.doubt));
    else if (fixity.kind === 'movable')
      counterexamples.push(toCounterexample(question, reference, reference.text, fixity));
    else if (fixity.kind === 'by-registry') gaps.push(byRegistry(reference, fixity));
    else if (fixity.kind === 'no-reference')
      gaps.push({
        reason: 'unresolved-value',
        message: `\`${reference.written}\` (${reference.user}): ${fixity.why}`,
        at: reference.at,
        identity: `${reference.user} ${reference.written}`,
      });
  }
  const elements = references.map((reference) => `${reference.at.path} ${reference.user} ${reference.written}`);
  const common = { what: question.what, digest: sha256, method: question.method };
  const proof = isNonEmpty(elements)
    ? prove({
        ...common,
        claim: question.claim,
        elements,
        witnesses: references.map((reference) => ({
          at: reference.at,
          note: `${reference.user}: ${witness(question, reference)}`,
        })),
      })
    : proveAbsence({ ...common, claim: `There are no ${question.what}.`, elements: question.searched(context) });
  return { proof, counterexamples, gaps };
}

function witness(question: ReferenceQuestion, { text, written }: Reference): string {
  return text === undefined ? written : question.fixityOf(text).why;
}

function unresolved({ written, at, user, missing, unknown }: Reference): Gap {
  const names = missing.join(', ');
  const message =
    unknown === undefined
      ? `${user} runs \`${written}\`, and nothing in sight says what ${names} is`
      : `${user} runs ${written.startsWith('(') ? 'an image' : `\`${written}\``} that is not known: ${unknown}`;
  return {
    reason: 'unresolved-value',
    message,
    at,
    identity: `${user} ${written}`,
    closes:
      unknown === undefined
        ? `write the reference out with its digest, or give ${names} a value in the repository`
        : 'write the reference out with its digest',
  };
}

function doubtful({ written, at, user }: Reference, doubt: string): Gap {
  return {
    reason: 'not-in-sight',
    message: `${user} names \`${written}\`: ${doubt}`,
    at,
    identity: `${user} ${written}`,
    closes: 'put the manifest that is applied in the repository, with the digest of the image',
  };
}

function byRegistry({ written, at, user }: Reference, fixity: Extract<Fixity, { kind: 'by-registry' }>): Gap {
  return {
    reason: 'not-in-sight',
    message: `${user} runs \`${written}\`: ${fixity.why}`,
    at,
    identity: `${user} ${written}`,
    closes: 'pin the digest: append @sha256:… as the registry prints it',
  };
}

function toCounterexample(
  question: ReferenceQuestion,
  { at, user, written, token }: Reference,
  text: string,
  fixity: Extract<Fixity, { kind: 'movable' }>,
): Counterexample {
  return {
    title: `\`${text}\`${text === written ? '' : ` (written \`${written}\`)`} can change without a change here`,
    severity: fixity.severity,
    summary: `${user} runs \`${text}\`: ${fixity.why}. The next run takes whatever it names then.`,
    input: { kind: 'reference', written, resolved: text },
    trace: [{ at, note: fixity.why, role: 'sink' }],
    replay: {
      engine: question.engine,
      args: { path: at.path, line: at.startLine, written: token ?? written, resolved: text },
    },
    grants: question.grants(text),
    identity: [user, written],
  };
}

/** Reads the line again from the tree, and looks for a digest or a commit by hand. */
export async function replayReference(context: Context, { replay, trace }: Replayable): Promise<ReplayOutcome> {
  const { written, resolved } = replay.args;
  const at = trace.at(-1)?.at ?? trace[0].at;
  // What stands in Terraform is an expression: it is evaluated again.
  if (/\.(?:tf|tofu)(?:\.json)?$/.test(at.path)) return replayInTerraform(context, { replay });
  const by = typeof written === 'string' ? renderedAgain(context, at, written) : undefined;
  if (by !== undefined && typeof written === 'string' && typeof resolved === 'string')
    return outcomeOf(resolved, [`${by} rendered ${at.path} again: ${at.route ?? ''} is ${written}`]);
  const content = await context.tree.read(at.path);
  if (!content.ok) return { confirmed: false, steps: [`${at.path} cannot be read: ${content.why}`] };
  const lines = decodeText(content.bytes).split('\n');
  const line = lines.slice(at.startLine - 1, Math.min(at.endLine, at.startLine + 20)).join('\n');
  const steps = [`read ${at.path}:${at.startLine}: ${line.trim().slice(0, 160)}`];
  if (typeof written !== 'string' || typeof resolved !== 'string' || !standsIn(written.trim(), line, lines)) {
    // The line may be one of a template: it is rendered again.
    const again = context.facts.terraform.length === 0 ? undefined : await replayInTerraform(context, { replay });
    if (again?.confirmed === true) return { ...again, steps: [...steps, ...again.steps] };
    return { confirmed: false, steps: [...steps, 'the reference is not on that line any more'] };
  }
  return outcomeOf(resolved, steps);
}

function outcomeOf(resolved: string, before: readonly string[]): ReplayOutcome {
  const name = resolved.includes('@') ? resolved.slice(resolved.lastIndexOf('@') + 1) : resolved;
  const fixed = /^sha(?:256|512):[0-9a-f]{64,}$/.test(name) || /^[0-9a-f]{40}$/i.test(name);
  const seen = fixed
    ? `\`${name}\` names the bytes themselves`
    : `\`${resolved}\` holds no digest and no full commit: who may push there decides what it names`;
  return { confirmed: !fixed, steps: [...before, seen] };
}

/** On the line itself, or behind the YAML alias that stands there. */
function standsIn(written: string, line: string, lines: readonly string[]): boolean {
  if (line.includes(written)) return true;
  const alias = /\*([\w.-]+)\s*$/.exec(line.replace(/\s#.*$/, ''))?.[1];
  return alias !== undefined && lines.some((other) => other.includes(`&${alias} `) && other.includes(written));
}
