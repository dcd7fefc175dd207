import { findBuilds } from '../../../engines/builds/find-builds.ts';
import { runDrill, tryGate, type Attack, type Caught } from '../../../engines/gates/drill.ts';
import { findGates } from '../../../engines/gates/find-gates.ts';
import { findIndirections } from '../../../engines/gates/indirections.ts';
import type { Gate } from '../../../engines/gates/types.ts';
import { isNonEmpty, type Assessment, type Replayable, type ReplayOutcome } from '../../../model/index.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { configured, hadolintConfig, modelled } from './modelled-tools.ts';
import { isCaughtByUs, plantDockerfiles, type PlantedDockerfile } from './planted.ts';
import { noDockerfile } from './shared.ts';

/** A pull request that brings an insecure Dockerfile is stopped. */
export const dockerfileGate: FourproofControl = {
  id: 'dockerfile-gate',
  kind: 'guard',
  title: 'A required check stops a pull request that brings an insecure Dockerfile',
  needs: ['dockerfile', 'workflow', 'action', 'branch-rules'],
  async judge(context) {
    const attacks = await plantDockerfiles(context);
    const unread = isNonEmpty(attacks) ? [] : (await findBuilds(context)).doubts;
    if (isNonEmpty(unread)) return { counterexamples: [], gaps: unread };
    if (!isNonEmpty(attacks))
      return { proof: noDockerfile('there is no Dockerfile to guard'), counterexamples: [], gaps: [] };
    const catches = await judgeWith(context, attacks);
    const assessment = runDrill({
      claim:
        'A pull request that brings `USER root`, a look-alike base, an ADD from a URL or a password in ENV cannot be merged.',
      engine: 'dockerfile-gate',
      attacks,
      gates: gatesOf(context),
      indirections: (await findIndirections(context.facts, context.repository)).filter(
        (item) => item.subjects?.includes('dockerfiles') ?? true,
      ),
      facts: context.facts,
      catches,
    });
    return oneForEachKind(assessment);
  },
  replay: replayDrill,
};

function gatesOf({ facts, declared }: Context): Gate[] {
  return findGates(facts, declared.defaultBranch).filter((gate) => gate.subjects.includes('dockerfiles'));
}

/** Our own rules are run on each copy; other tools are looked up. */
async function judgeWith(
  context: Context,
  attacks: readonly PlantedDockerfile[],
): Promise<(attack: Attack, gate: Gate) => Caught> {
  const hadolint = await hadolintConfig(context.repository);
  const ours = new Map<Attack, boolean>();
  for (const attack of attacks) ours.set(attack, await isCaughtByUs(attack, context));
  return (attack, { call }) => {
    if (call.tool.id !== 'fourproof') {
      return configured(call, context.repository) ?? modelled(attack as PlantedDockerfile, call, hadolint);
    }
    const caught = ours.get(attack) === true;
    return {
      answer: caught ? 'yes' : 'no',
      how: 'executed',
      why: caught ? 'our own control says open on the copy' : 'our own control does not object to the copy',
    };
  };
}

/** The same attack that gets through in several Dockerfiles is one finding, at the first of them. */
function oneForEachKind(assessment: Assessment): Assessment {
  const kinds = new Map(
    assessment.counterexamples
      .toReversed()
      .map((counterexample) => [counterexample.identity.join(' '), counterexample]),
  );
  return {
    ...assessment,
    counterexamples: assessment.counterexamples.filter(
      (counterexample) => kinds.get(counterexample.identity.join(' ')) === counterexample,
    ),
  };
}

/** Plants it again: our own control must object to the copy, and no gate of the tree as it stands may stop it. */
async function replayDrill(context: Context, { replay }: Replayable): Promise<ReplayOutcome> {
  const attack = (await plantDockerfiles(context)).find(
    (item) => item.id === replay.args.attack && item.path === replay.args.path,
  );
  if (attack === undefined) return { confirmed: false, steps: ['its Dockerfile is not there any more'] };
  const real = await isCaughtByUs(attack, context);
  const catches = await judgeWith(context, [attack]);
  const gates = gatesOf(context);
  const stopping = gates.find((gate) => tryGate({ catches }, attack, gate).outcome.answer !== 'no');
  const steps = [
    `plant ${attack.what} in a copy of ${attack.path}`,
    real
      ? `${attack.control.id} says open on the copy: the attack is real`
      : `${attack.control.id} does not object to the copy`,
    ...gates.map(
      (gate) => `${gate.call.tool.name} in ${gate.where}: ${tryGate({ catches }, attack, gate).outcome.why}`,
    ),
    stopping === undefined
      ? `${gates.length === 0 ? 'no gate looks at Dockerfiles' : 'none of these stops it'}: it can be merged`
      : `${stopping.call.tool.name} may stop it`,
  ];
  return { confirmed: real && stopping === undefined, steps };
}
