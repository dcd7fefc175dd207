import { findPublishings } from '../../../engines/publishing/find-publishings.ts';
import { tagSettings, type TagSetting } from '../../../engines/registries/tag-settings.ts';
import { sha256 } from '../../../lib/hash.ts';
import {
  isNonEmpty,
  prove,
  proveAbsence,
  type Counterexample,
  type Gap,
  type Replayable,
  type ReplayOutcome,
} from '../../../model/index.ts';
import { counted } from '../../undecided.ts';
import type { Context, FourproofControl } from '../../context.ts';

/** The registry that the product pushes to refuses to overwrite a tag, and nobody can turn that off. */
export const registryLock: FourproofControl = {
  id: 'registry-lock',
  kind: 'guard',
  title: 'The registry refuses to overwrite a tag, and nobody can turn that off',
  needs: ['workflow', 'action', 'terraform'],
  judge({ facts, terraform }) {
    const publishings = findPublishings(facts);
    const settings = tagSettings(terraform);
    const method =
      'every repository of a registry that is declared in Terraform; the same tag is pushed again in thought';
    if (facts.dockerfile.length === 0 && publishings.length === 0 && settings.length === 0) {
      const searched = facts.workflow.map((workflow) => workflow.path);
      const claim = 'The product publishes no image.';
      return {
        counterexamples: [],
        gaps: [],
        proof: proveAbsence({ claim, what: 'workflows', elements: searched, digest: sha256, method }),
      };
    }
    if (!isNonEmpty(settings)) {
      const found = counted(publishings.length, 'step that pushes an image', 'steps that push an image');
      const message = `${found.length === 0 ? '' : `found ${found.join(', ')}; `}no registry is in sight that says whether a tag can be pushed again`;
      return {
        counterexamples: [],
        gaps: [
          {
            reason: 'not-in-sight',
            message,
            identity: 'registry-lock',
            closes: 'keep the registry in Terraform (aws_ecr_repository)',
          },
        ],
      };
    }
    const [first, ...rest] = settings.map((one) => `${one.resource} ${one.repository ?? ''}`);
    const proof = prove({
      claim: 'Every repository refuses to overwrite a tag.',
      what: 'repositories of registries',
      elements: [first ?? '', ...rest],
      digest: sha256,
      method,
      witnesses: settings.map((one) => ({ at: one.at, note: one.why })),
    });
    return { counterexamples: settings.flatMap(toCounterexample), gaps: gapsOf(settings), proof };
  },
  replay,
};

function toCounterexample({
  tags,
  exceptions,
  resource,
  repository = resource,
  at,
  why,
}: TagSetting): Counterexample[] {
  const pushed = tags === 'movable' ? '1.0' : exceptions[0];
  if (tags === 'unknown' || pushed === undefined) return [];
  const what = tags === 'movable' ? 'a tag' : `the tag \`${pushed}\``;
  return [
    {
      title: `${what} of ${repository} can be pushed again`,
      severity: 'medium',
      summary: `${why}: whoever may push to ${repository} can put another image under ${what === 'a tag' ? 'a tag that is in use' : what}.`,
      input: { kind: 'push', repository, tag: pushed, times: 2 },
      trace: [{ at, note: why, role: 'guard' }],
      replay: { engine: 'registry-lock', args: { resource, tag: pushed } },
      grants: [`change what a tag of ${repository} names`],
      identity: ['registry', resource],
    },
  ];
}

/** Whether somebody may flip the setting is a question about IAM, which this version does not read. */
function gapsOf(settings: readonly TagSetting[]): Gap[] {
  const unknown = settings
    .filter((one) => one.tags === 'unknown')
    .map((one): Gap => ({ reason: 'unresolved-value', message: one.why, at: one.at, identity: one.resource }));
  const flip = settings.find((one) => one.tags === 'locked');
  if (flip === undefined) return unknown;
  const message = `${flip.why}; who may turn that off (ecr:PutImageTagMutability) or delete the tag first is not decided: this version does not read IAM`;
  return [...unknown, { reason: 'engine-missing', message, at: flip.at, identity: 'flip' }];
}

function replay({ terraform }: Context, { replay: { args } }: Replayable): ReplayOutcome {
  const setting = tagSettings(terraform).find((one) => one.resource === args.resource);
  if (setting === undefined) return { confirmed: false, steps: ['there is no such repository any more'] };
  const tag = typeof args.tag === 'string' ? args.tag : '';
  const confirmed = setting.tags === 'movable' || (setting.tags === 'locked' && setting.exceptions.includes(tag));
  return {
    confirmed,
    steps: [
      setting.why,
      `push ${tag} with image a, push ${tag} with image b: ${confirmed ? 'the second push is taken' : 'the second push is refused'}`,
    ],
  };
}
