import { coversPath } from '../../../engines/gates/coverage.ts';
import { runDrill } from '../../../engines/gates/drill.ts';
import { findGates } from '../../../engines/gates/find-gates.ts';
import { findIndirections } from '../../../engines/gates/indirections.ts';
import type { Gate, Indirection, Subject } from '../../../engines/gates/types.ts';
import { sha256 } from '../../../lib/hash.ts';
import { isNonEmpty, proveAbsence, type Replayable, type ReplayOutcome } from '../../../model/index.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { catches, KNOWN } from './modelled-gates.ts';
import { isMovable, referencesToPlant, type PlantedReference } from './planted-references.ts';

/** A pull request that brings a movable reference is stopped. */
export const referenceGate: FourproofControl = {
  id: 'reference-gate',
  kind: 'guard',
  title: 'A required check stops a pull request that brings a reference that can move',
  needs: ['workflow', 'action', 'branch-rules'],
  async judge(context) {
    const gates = gatesOf(context);
    const attacks = referencesToPlant(context, gates);
    if (!isNonEmpty(attacks)) {
      const claim = 'The product refers to no image and no action.';
      return {
        counterexamples: [],
        gaps: [],
        proof: proveAbsence({
          claim,
          what: 'files',
          elements: context.tree.files.map((file) => file.path),
          digest: sha256,
          method: 'no workflow, Kubernetes object, compose file or Dockerfile',
        }),
      };
    }
    return runDrill<PlantedReference>({
      claim: 'A pull request that brings a movable reference cannot be merged.',
      engine: 'reference-gate',
      attacks,
      gates,
      indirections: await indirectionsOf(context),
      facts: context.facts,
      catches: (attack, gate) => catches(attack, gate, context),
    });
  },
  replay: replayDrill,
};

const SUBJECTS: readonly Subject[] = ['workflows', 'manifests', 'dockerfiles'];

function gatesOf({ facts, declared }: Context): Gate[] {
  return findGates(facts, declared.defaultBranch).filter(
    (gate) => gate.subjects.some((subject) => SUBJECTS.includes(subject)) && KNOWN.has(gate.call.tool.id),
  );
}

/** What may hide one of the tools above; what a scanner of something else hides is no matter here. */
async function indirectionsOf({ facts, repository }: Context): Promise<Indirection[]> {
  const all = await findIndirections(facts, repository);
  return all.filter(({ subjects, toolId }) =>
    toolId === undefined
      ? subjects === undefined || subjects.some((subject) => SUBJECTS.includes(subject))
      : KNOWN.has(toolId),
  );
}

/** Plants it again: the reference must be movable, and nothing in the tree as it stands may stop it. */
async function replayDrill(context: Context, { replay }: Replayable): Promise<ReplayOutcome> {
  const gates = gatesOf(context);
  const attack = referencesToPlant(context, gates).find(
    (item) => item.id === replay.args.attack && item.path === replay.args.path,
  );
  if (attack === undefined) return { confirmed: false, steps: ['there is nothing to plant it in any more'] };
  const verdicts = gates.map((gate) => {
    const caught = catches(attack, gate, context);
    const starts = gate.triggers.length === 0 || gate.isHeld || coversPath(gate.triggers, attack.path);
    const why =
      caught.answer === 'no' ? caught.why : starts ? gate.stops.why : `its path filters leave out ${attack.path}`;
    return { gate, why, mayStop: caught.answer !== 'no' && starts && gate.stops.answer !== 'no' };
  });
  const stopping = verdicts.filter((verdict) => verdict.mayStop);
  const hidden = await indirectionsOf(context);
  const steps = [
    `plant ${attack.what} in a copy of ${attack.path}`,
    isMovable(attack) ? `${attack.reference} is movable` : `${attack.reference} is not movable`,
    ...verdicts.map(({ gate, why }) => `${gate.call.tool.name} in ${gate.where}: ${why}`),
    stopping.length + hidden.length === 0
      ? `${gates.length} gates looked at, none stops the merge`
      : `${stopping[0]?.gate.call.tool.name ?? hidden[0]?.what ?? ''} may stop it`,
  ];
  return { confirmed: isMovable(attack) && stopping.length === 0 && hidden.length === 0, steps };
}
