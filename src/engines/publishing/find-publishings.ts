import type { Facts } from '../../facts/index.ts';
import type { Job, Step, WorkflowFact } from '../../facts/workflow/types.ts';
import { parseImageReference } from '../../lib/image-reference.ts';
import type { SourceLocation } from '../../model/index.ts';
import { runningSteps } from '../gates/jobs.ts';
import { credentialsFor, type Credentials } from './credentials.ts';
import { environment, fillIn } from './environment.ts';
import { pushesOf } from './pushes.ts';
import { scansBefore, type ImageScan } from './scans.ts';
import { originOfTag, type TagOrigin } from './tags.ts';

/** A step that pushes an image to a registry. */
export interface Publishing {
  readonly workflow: WorkflowFact;
  readonly job: Job;
  readonly step: Step;
  readonly at: SourceLocation;
  /** References that are pushed, expressions as written, with where each tag comes from. */
  readonly images: readonly { readonly reference: string; readonly origin: TagOrigin }[];
  readonly credentials: Credentials;
  /** Scans of images that run before it in the same job. */
  readonly scans: readonly ImageScan[];
}

/** Every step of a workflow that pushes an image: actions, and commands of docker, podman, buildah, crane and skopeo. */
export function findPublishings(facts: Pick<Facts, 'workflow' | 'action'>): Publishing[] {
  return facts.workflow.flatMap((workflow) => workflow.jobs.flatMap((job) => publishingsOf(workflow, job, facts)));
}

function publishingsOf(workflow: WorkflowFact, job: Job, facts: Pick<Facts, 'workflow' | 'action'>): Publishing[] {
  // The secrets of a reusable workflow are names that its callers fill in, with a workflow token as well.
  const isCalled = workflow.triggers.some((trigger) => trigger.event === 'workflow_call');
  const steps = runningSteps(job.steps, facts).map((running) => running.step);
  return steps.flatMap((step, index) => {
    const env = environment(workflow, job, step);
    const fill = (text: string): string => fillIn(text, env);
    return pushesOf(step, steps, fill).map(({ at, references }): Publishing => {
      const registries = references.filter((reference) => !reference.startsWith('type=')).map(registryOf);
      const credentials = credentialsFor(registries, steps.slice(0, index + 1), env, at, fill);
      return {
        workflow,
        job,
        step,
        at,
        images: references.map((reference) => ({ reference, origin: originOfTag(reference) })),
        credentials: isCalled && credentials.kind === 'long-lived' ? { kind: 'unknown' } : credentials,
        scans: scansBefore(
          steps.slice(0, index + 1),
          at,
          references,
          (other) => environment(workflow, job, other),
          job.defaultShell ?? workflow.defaultShell,
          step.condition?.text,
        ),
      };
    });
  });
}

/** Host of a reference; an expression in it stays. */
function registryOf(reference: string): string {
  const first = reference.split('/')[0] ?? '';
  if (first.includes('$')) return first;
  return (
    parseImageReference(`${first}/x`)?.registry ??
    (/[.:]/.test(first) && reference.includes('/') ? first.toLowerCase() : 'docker.io')
  );
}
