import { runDrill, type Attack, type Caught } from '../../../engines/gates/drill.ts';
import { findGates } from '../../../engines/gates/find-gates.ts';
import { findIndirections } from '../../../engines/gates/indirections.ts';
import type { Gate } from '../../../engines/gates/types.ts';
import { sha256 } from '../../../lib/hash.ts';
import { isNonEmpty, proveAbsence, type Replayable, type ReplayOutcome } from '../../../model/index.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { fixityOfAction, fixityOfImage } from './registries.ts';

/** A pull request that brings a movable reference is stopped. */
export const referenceGate: FourproofControl = {
  id: 'reference-gate',
  kind: 'guard',
  title: 'A required check stops a pull request that brings a reference that can move',
  needs: ['workflow', 'action', 'branch-rules'],
  async judge(context) {
    const attacks = attacksFor(context);
    if (!isNonEmpty(attacks)) {
      const claim = 'The product refers to no image and no action.';
      return { counterexamples: [], gaps: [], proof: proveAbsence({ claim, what: 'files', elements: context.tree.files.map((file) => file.path), digest: sha256, method: 'no workflow, Kubernetes object, compose file or Dockerfile' }) };
    }
    const gates = findGates(context.facts, context.declared.defaultBranch).filter((gate) => gate.subjects.some((subject) => SUBJECTS.includes(subject)) && KNOWN.has(gate.call.tool.id));
    const indirections = (await findIndirections(context.facts, context.tree)).filter((item) => item.subjects?.some((subject) => SUBJECTS.includes(subject)) === true);
    return runDrill({ claim: 'A pull request that brings a movable reference cannot be merged.', engine: 'reference-gate', attacks, gates, indirections, facts: context.facts, catches });
  },
  replay: replayDrill,
};

const SUBJECTS: readonly string[] = ['workflows', 'manifests', 'dockerfiles'];

interface PlantedReference extends Attack {
  readonly reference: string;
}

/** One attack for each kind of reference that the product has. */
function attacksFor({ facts }: Context): PlantedReference[] {
  const grants = ['change what runs without a change in the repository'];
  const attacks: PlantedReference[] = [];
  const workflow = facts.workflow[0];
  const object = facts.kubernetes.find((fact) => fact.pod !== undefined);
  const compose = facts.compose[0];
  const dockerfile = facts.dockerfile[0];
  if (workflow !== undefined) attacks.push({ id: 'movable-action', what: 'an action by tag (`uses: planted/action@v1`)', path: workflow.path, grants, reference: 'planted/action@v1' });
  if (object !== undefined) attacks.push({ id: 'movable-pod-image', what: 'a pod with an image by tag (`docker.io/planted/app:1.0`)', path: object.path, grants, reference: 'docker.io/planted/app:1.0' });
  if (compose !== undefined) attacks.push({ id: 'movable-service-image', what: 'a compose service with an image by tag (`docker.io/planted/app:1.0`)', path: compose.path, grants, reference: 'docker.io/planted/app:1.0' });
  if (dockerfile !== undefined) attacks.push({ id: 'movable-base', what: 'a base image by tag (`FROM alpine:3.20`)', path: dockerfile.path, grants, reference: 'alpine:3.20' });
  return attacks;
}

/** Tools whose answer to a movable reference is executed or documented; others look at something else. */
const KNOWN = new Set(['fourproof', 'zizmor', 'pinact', 'checkov', 'semgrep', 'kics', 'conftest', 'megalinter']);

function catches(attack: Attack, { call }: Gate): Caught {
  switch (call.tool.id) {
    case 'fourproof':
      return isMovable((attack as PlantedReference).reference)
        ? { answer: 'yes', how: 'executed', why: 'our own control says open on the copy' }
        : { answer: 'no', how: 'executed', why: 'our own control does not object' };
    case 'zizmor':
    case 'pinact':
      return attack.id === 'movable-action' ? { answer: 'yes', how: 'modelled', why: 'it asks for a commit hash' } : { answer: 'no', how: 'modelled', why: 'it reads workflows only' };
    case 'checkov':
      return attack.id === 'movable-pod-image' ? { answer: 'yes', how: 'modelled', why: 'CKV_K8S_43 asks for a digest' } : { answer: 'no', how: 'modelled', why: 'it has no rule for this reference' };
    case 'semgrep':
      return { answer: 'undecided', how: 'modelled', why: 'this version does not run Semgrep rules' };
    default:
      return { answer: 'undecided', how: 'modelled', why: `what ${call.tool.name} makes of it is not modelled` };
  }
}

function isMovable(reference: string): boolean {
  const fixity = reference.includes('@v') ? fixityOfAction(reference) : fixityOfImage(reference);
  return fixity.kind === 'movable';
}

/** Plants it again: the reference must be movable, and no gate of the tree as it stands may stop it. */
async function replayDrill(context: Context, { replay }: Replayable): Promise<ReplayOutcome> {
  const attack = attacksFor(context).find((item) => item.id === replay.args.attack);
  if (attack === undefined) return { confirmed: false, steps: ['there is nothing to plant it in any more'] };
  const gates = findGates(context.facts, context.declared.defaultBranch).filter((gate) => KNOWN.has(gate.call.tool.id));
  const stopping = gates.filter((gate) => gate.stops.answer !== 'no' && catches(attack, gate).answer !== 'no');
  const steps = [
    `plant ${attack.what} in a copy of ${attack.path}`,
    isMovable(attack.reference) ? `${attack.reference} is movable` : `${attack.reference} is not movable`,
    ...gates.map((gate) => `${gate.call.tool.name} in ${gate.where}: ${catches(attack, gate).answer === 'no' ? catches(attack, gate).why : gate.stops.why}`),
    stopping.length === 0 ? `${gates.length} gates looked at, none stops the merge` : `${stopping[0]?.call.tool.name ?? ''} may stop it`,
  ];
  return { confirmed: isMovable(attack.reference) && stopping.length === 0, steps };
}
