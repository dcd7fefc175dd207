import { topOf } from '../../../lib/text-position.ts';
import { findPublishings, type Publishing } from '../../../engines/publishing/find-publishings.ts';
import { findHiddenPushes } from '../../../engines/publishing/hidden-pushes.ts';
import { sha256 } from '../../../lib/hash.ts';
import {
  isNonEmpty,
  prove,
  proveAbsence,
  type Counterexample,
  type Gap,
  type Replayable,
  type ReplayOutcome,
  type Witness,
} from '../../../model/index.ts';
import type { Context, FourproofControl } from '../../context.ts';

/** Images are pushed by CI with a short-lived identity limited to their repository, under a tag that the commit gives. */
export const publishing: FourproofControl = {
  id: 'publishing',
  kind: 'guard',
  title: 'CI pushes through an OIDC role limited to the repository, under a tag from the commit',
  needs: ['workflow', 'action'],
  async judge({ facts, repository }) {
    const publishings = findPublishings(facts);
    const hidden = (await findHiddenPushes(facts, repository)).map(({ at, what }): Gap => ({
      reason: 'not-in-sight',
      message: `${what}: with what and under which tag is not followed`,
      at,
      identity: what,
      closes: 'push in a step of the workflow',
    }));
    const method = 'every step that pushes an image: its login in the same job, and the tag as the workflow writes it';
    if (!isNonEmpty(publishings)) {
      const elsewhere = facts.inventory.otherPipelines.map((path): Gap => ({
        reason: 'not-in-sight',
        message: `${path} may push images: only GitHub workflows are read`,
        at: topOf(path),
        identity: `pipeline ${path}`,
      }));
      const unseen = [...hidden, ...elsewhere];
      if (isNonEmpty(unseen)) return { counterexamples: [], gaps: unseen };
      if (facts.dockerfile.length === 0) {
        const searched = facts.workflow.map((workflow) => workflow.path);
        return {
          counterexamples: [],
          gaps: [],
          proof: proveAbsence({
            claim: 'The product publishes no image.',
            what: 'workflows',
            elements: searched,
            digest: sha256,
            method,
          }),
        };
      }
      const message = `${facts.dockerfile.length} Dockerfile${facts.dockerfile.length === 1 ? '' : 's'}, and no workflow in sight pushes an image`;
      return {
        counterexamples: [],
        gaps: [
          {
            reason: 'not-in-sight',
            message,
            identity: 'no-publishing',
            closes: 'add the workflow that publishes the image',
          },
        ],
      };
    }
    const [first, ...rest] = publishings.map(nameOf);
    const counterexamples = publishings.flatMap((publishing) => [...byCredentials(publishing), ...byTags(publishing)]);
    const claim =
      'Every image is pushed with a short-lived identity of the workflow, under a tag that the commit gives.';
    const proof = prove({
      claim,
      what: 'pushes',
      elements: [first ?? '', ...rest],
      digest: sha256,
      method,
      witnesses: publishings.flatMap(witnesses),
    });
    return { counterexamples, gaps: [...publishings.flatMap(gapsOf), ...hidden], proof };
  },
  replay: replayPublishing,
};

function nameOf({ workflow, job, images }: Publishing): string {
  return `${workflow.path} ${job.id} ${images.map((image) => image.reference).join(' ')}`;
}

function byCredentials(publishing: Publishing): Counterexample[] {
  const { credentials, at, job, workflow } = publishing;
  if (credentials.kind !== 'long-lived') return [];
  return [
    {
      title: `images are pushed with the long-lived key \`${credentials.secret}\``,
      severity: 'high',
      summary: `Whoever has \`${credentials.secret}\` can push any tag from anywhere, at any time: nothing ties a push to this workflow.`,
      input: { kind: 'push', credentials: credentials.secret, job: job.id },
      trace: [
        { at, note: 'the image is pushed here', role: 'step' },
        { at: credentials.at, note: `logs in with \`${credentials.secret}\``, role: 'guard' },
      ],
      replay: { engine: 'publishing', args: { workflow: workflow.path, job: job.id, expect: 'long-lived' } },
      grants: ['push any tag to the registry with the key alone'],
      identity: ['credentials', job.id, credentials.secret],
    },
  ];
}

function byTags({ images, at, job, workflow }: Publishing): Counterexample[] {
  return images.flatMap(({ reference, origin }): Counterexample[] => {
    if (origin.kind !== 'movable') return [];
    return [
      {
        title: `\`${reference}\` is pushed again with every run`,
        severity: 'medium',
        summary: `${origin.why}: two runs of the job \`${job.id}\` push different images under the same name.`,
        input: { kind: 'push', reference, runs: 2 },
        trace: [{ at, note: origin.why, role: 'guard' }],
        replay: { engine: 'publishing', args: { workflow: workflow.path, job: job.id, expect: reference } },
        grants: [`change what \`${reference}\` names by any run of the workflow`],
        identity: ['tag', job.id, reference],
      },
    ];
  });
}

function gapsOf({ credentials, images, at, job }: Publishing): Gap[] {
  const undecided = images.flatMap(({ reference, origin }): Gap[] =>
    origin.kind === 'undecided'
      ? [
          {
            reason: 'unresolved-value',
            message: origin.why,
            at,
            identity: `${job.id} ${reference}`,
            closes: 'tag with ${{ github.sha }}',
          },
        ]
      : [],
  );
  if (credentials.kind === 'oidc') {
    return [
      ...undecided,
      {
        reason: 'engine-missing',
        message: `whether ${credentials.role} is limited to the repository is not decided: this version does not read IAM`,
        at: credentials.at,
        identity: `${job.id} role`,
      },
    ];
  }
  if (credentials.kind === 'unknown')
    return [
      ...undecided,
      {
        reason: 'not-in-sight',
        message: `with what the job \`${job.id}\` logs in to the registry is not in sight`,
        at,
        identity: `${job.id} login`,
      },
    ];
  return undecided;
}

function witnesses({ credentials, images, at }: Publishing): Witness[] {
  const login =
    credentials.kind === 'unknown'
      ? []
      : [
          {
            at: credentials.at,
            note:
              credentials.kind === 'oidc'
                ? `a role assumed through OIDC: ${credentials.role}`
                : 'the token of the workflow run, limited to this repository',
          },
        ];
  return [...login, ...images.map((image) => ({ at, note: `pushes \`${image.reference}\`` }))];
}

function replayPublishing({ facts }: Context, { replay }: Replayable): ReplayOutcome {
  const { workflow, job, expect } = replay.args;
  const again = findPublishings(facts).filter(
    (publishing) => publishing.workflow.path === workflow && publishing.job.id === job,
  );
  const steps = again.map((publishing) => `${nameOf(publishing)}: logs in with ${publishing.credentials.kind}`);
  const confirmed = again.some((publishing) =>
    expect === 'long-lived'
      ? publishing.credentials.kind === 'long-lived'
      : publishing.images.some(({ reference, origin }) => reference === expect && origin.kind === 'movable'),
  );
  if (confirmed && expect !== 'long-lived')
    steps.push(`run 1 with commit a, run 2 with commit b: both push ${typeof expect === 'string' ? expect : ''}`);
  return { confirmed, steps };
}
