import type { Located } from '../../../facts/workflow/types.ts';
import type { Context } from '../../context.ts';
import { inCompose } from './in-compose.ts';
import { inDockerfiles } from './in-dockerfiles.ts';
import { inKubernetes } from './in-kubernetes.ts';
import { inWorkflows } from './in-workflows.ts';
import { asWritten, type Reference } from './reference.ts';

/** Every image reference of Kubernetes objects, compose files, Dockerfiles, workflows and actions. */
export async function collectImageReferences(context: Context): Promise<Reference[]> {
  return [
    ...(await inKubernetes(context)),
    ...(await inCompose(context)),
    ...(await inDockerfiles(context)),
    ...(await inWorkflows(context)),
  ];
}

/** Every action and reusable workflow that workflows and composite actions use, local ones and docker images aside. */
export function collectActionReferences({ facts }: Context): Reference[] {
  const isRemote = (uses: Located): boolean => !/^(?:\.{1,2}\/|\$\/|docker:\/\/)/.test(uses.text);
  const ofSteps = (list: readonly { readonly uses?: Located }[], user: string): Reference[] =>
    list.flatMap((step) =>
      step.uses !== undefined && isRemote(step.uses) ? [asWritten(step.uses, user, 'workflow')] : [],
    );
  return [
    ...facts.workflow.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => [...ofSteps([job], `job ${job.id}`), ...ofSteps(job.steps, `job ${job.id}`)]),
    ),
    ...facts.action.flatMap((action) => ofSteps(action.steps, 'composite action')),
  ];
}
