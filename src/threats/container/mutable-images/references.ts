import { buildGraph } from '../../../engines/builds/graph.ts';
import { findBuilds } from '../../../engines/builds/find-builds.ts';
import type { Located } from '../../../facts/workflow/types.ts';
import { interpolate } from '../../../lib/interpolation.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { Context } from '../../context.ts';

/** A reference to something that runs, wherever it is written. */
export interface Reference {
  /** With its variables filled in; undefined where the sources leave them open. */
  readonly text: string | undefined;
  readonly written: string;
  readonly at: SourceLocation;
  /** What uses it, free of line numbers: `Deployment shop/orders container orders`. */
  readonly user: string;
  /** Names that nothing in sight gives a value. */
  readonly missing: readonly string[];
}

/** Every image reference of Kubernetes objects, compose files, Dockerfiles, workflows and docker actions. */
export async function collectImageReferences(context: Context): Promise<Reference[]> {
  return [...inKubernetes(context), ...inCompose(context), ...(await inDockerfiles(context)), ...inWorkflows(context)];
}

function inKubernetes({ facts }: Context): Reference[] {
  return facts.kubernetes.flatMap(({ kind, namespace, name, pod }) =>
    (pod?.containers ?? []).flatMap((container) => {
      const user = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name ?? ''} ${container.list === 'containers' ? 'container' : container.list.replace(/s$/, '')} ${container.name}`;
      return container.image === undefined ? [] : [written(container.image, user)];
    }),
  );
}

/** A service that is built here runs what was just built, under the name that `image` gives it. */
function inCompose({ facts }: Context): Reference[] {
  return facts.compose.flatMap(({ services }) =>
    services.flatMap(({ name, image, build }) => {
      if (image === undefined || build !== undefined) return [];
      const filled = interpolate(image.text, new Map());
      const user = `service ${name}`;
      return [filled.ok ? { ...written(image, user), text: filled.text, missing: [] } : { ...written(image, user), text: undefined, missing: filled.missing }];
    }),
  );
}

async function inDockerfiles(context: Context): Promise<Reference[]> {
  const { images } = await findBuilds(context);
  const seen = new Map<string, Reference>();
  for (const image of images) {
    for (const { how, reference, written: text, at, instruction } of buildGraph(image).externals) {
      const user = `${how} of ${image.file.path}`;
      const found: Reference = { text: reference.known ? reference.text : undefined, written: text, at, user, missing: reference.known ? [] : reference.missing };
      seen.set(JSON.stringify([image.file.path, instruction, found.text ?? text]), found);
    }
  }
  const frontends = context.facts.dockerfile.flatMap(({ path, syntax, at }): Reference[] => {
    const line: SourceLocation = { path, startLine: at.startLine, startColumn: 1, endLine: at.startLine, endColumn: 1, route: 'syntax' };
    return syntax === undefined ? [] : [{ text: syntax, written: syntax, at: line, user: `# syntax= of ${path}`, missing: [] }];
  });
  return [...seen.values(), ...frontends];
}

function inWorkflows({ facts }: Context): Reference[] {
  const steps = (list: Context['facts']['workflow'][number]['jobs'][number]['steps'], user: string): Reference[] =>
    list.flatMap((step) => (step.uses?.text.startsWith('docker://') === true ? [written({ ...step.uses, text: step.uses.text.slice('docker://'.length) }, user)] : []));
  return [
    ...facts.workflow.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => [...job.images.filter((image) => image.text !== '').map((image) => written(image, `job ${job.id}`)), ...steps(job.steps, `job ${job.id}`)]),
    ),
    ...facts.action.flatMap((action) => [
      ...(action.image?.text.startsWith('docker://') === true ? [written({ ...action.image, text: action.image.text.slice('docker://'.length) }, 'docker action')] : []),
      ...steps(action.steps, 'composite action'),
    ]),
  ];
}

const OPEN = /\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|\$\{?[A-Za-z_]\w*\}?|<[\w -]+>/g;

function written({ text, at }: Located, user: string): Reference {
  const missing = text.match(OPEN) ?? [];
  return { text: missing.length === 0 ? text : undefined, written: text, at, user, missing };
}

/** Every action and reusable workflow that workflows and composite actions use, local ones and docker images aside. */
export function collectActionReferences({ facts }: Context): Reference[] {
  const isRemote = (uses: Located): boolean => !/^(?:\.{1,2}\/|docker:\/\/)/.test(uses.text);
  const ofSteps = (list: readonly { readonly uses?: Located }[], user: string): Reference[] =>
    list.flatMap((step) => (step.uses !== undefined && isRemote(step.uses) ? [written(step.uses, user)] : []));
  return [
    ...facts.workflow.flatMap((workflow) => workflow.jobs.flatMap((job) => [...ofSteps([job], `job ${job.id}`), ...ofSteps(job.steps, `job ${job.id}`)])),
    ...facts.action.flatMap((action) => ofSteps(action.steps, 'composite action')),
  ];
}
