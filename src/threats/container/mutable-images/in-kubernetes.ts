import { findBuilds } from '../../../engines/builds/find-builds.ts';
import type { KubernetesFact } from '../../../facts/kubernetes/types.ts';
import { located } from '../../../facts/workflow/read-steps.ts';
import { child, descend, itemsOf, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import type { Context } from '../../context.ts';
import { asWritten, type Reference } from './reference.ts';

/** Groups whose objects carry pod templates of their own shape: their `image` is pulled when they run. */
const RUNS_IMAGES =
  /^(?:argoproj\.io|tekton\.dev|serving\.knative\.dev|batch\.volcano\.sh|kubeflow\.org|ray\.io|sparkoperator\.k8s\.io|actions\.github\.com)\//;
/** Kinds whose `image` is a pattern, a schema or data, and runs nowhere. */
const RUNS_NOTHING =
  /^(?:CustomResourceDefinition|ConfigMap|Secret|Policy|ClusterPolicy|ConstraintTemplate|Kustomization|Component|ValidatingAdmissionPolicy|MutatingAdmissionPolicy|Application|ImagePolicy|ImageRepository|\w*ValidatingPolicy)$/;
/** Keys of other kinds that name an image, beside `image` itself. */
const IMAGE_KEYS = new Set(['image', 'imageName', 'dockerImage', 'containerImage']);
const DEEPEST = 60;

/** References of pods, of their image volumes, and of other objects that name an `image`. */
export async function inKubernetes(context: Context): Promise<Reference[]> {
  const built = (await findBuilds(context)).images.flatMap((image) => image.names);
  return context.facts.kubernetes.flatMap((fact) =>
    [...ofPod(fact), ...ofOthers(fact), ...ofChart(fact)].map((reference) =>
      builtHere({ ...reference, object: fact }, built),
    ),
  );
}

function ofPod({ kind, namespace, name, pod }: KubernetesFact): Reference[] {
  return (pod?.containers ?? []).flatMap((container) => {
    const list = container.list === 'containers' ? 'container' : container.list.replace(/s$/, '');
    return container.image === undefined
      ? []
      : [
          asWritten(
            container.image,
            `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name ?? ''} ${list} ${container.name}`,
            'kubernetes',
          ),
        ];
  });
}

function ofOthers({ kind, apiVersion, namespace, name, pod, root }: KubernetesFact): Reference[] {
  if (RUNS_NOTHING.test(kind)) return [];
  const known = new Set(pod?.containers.flatMap((container) => container.image?.at ?? []));
  const found: Reference[] = [];
  const add = (node: YamlNode): void => {
    const written = located(node);
    if (node.kind !== 'scalar' || written === undefined || known.has(node.at)) return;
    if (typeof node.value !== 'string' && written.unknown === undefined) return;
    const user = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name ?? ''} ${node.at.route ?? ''}`;
    const reference = asWritten(written, user, 'kubernetes');
    const isSure = pod !== undefined || RUNS_IMAGES.test(apiVersion);
    found.push(
      isSure
        ? reference
        : { ...reference, doubt: `what ${apiVersion} ${kind} does with its \`image\` is not modelled` },
    );
  };
  walk(root, 0, (key, value, parent) => {
    if (IMAGE_KEYS.has(key)) {
      add(value);
      // An image volume: `image: { reference: ... }`.
      if (value.kind === 'map' && parent !== 'spec')
        value.entries.filter((entry) => entry.key === 'reference').forEach((entry) => add(entry.value));
    }
  });
  return found;
}

/** A chart from elsewhere that an operator deploys: its images are not in this tree. */
function ofChart({ apiVersion, kind, namespace, name, root }: KubernetesFact): Reference[] {
  const group = apiVersion.split('/')[0] ?? '';
  const found =
    kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io'
      ? [child(descend(root, 'spec', 'chart', 'spec'), 'chart') ?? descend(root, 'spec', 'chartRef', 'name')]
      : kind === 'HelmChart' && group === 'helm.cattle.io'
        ? [descend(root, 'spec', 'chart')]
        : kind === 'Application' && group === 'argoproj.io'
          ? [
              descend(root, 'spec', 'source', 'chart'),
              ...itemsOf(descend(root, 'spec', 'sources')).map((source) => child(source, 'chart')),
            ]
          : [];
  const user = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name ?? ''} chart`;
  return found.flatMap((node) => {
    const text = textOf(node);
    if (node === undefined || text === undefined) return [];
    const doubt = 'the images that the chart runs are not in this tree';
    return [{ text, written: text, at: node.at, user, missing: [], origin: 'kubernetes' as const, doubt }];
  });
}

function walk(
  node: YamlNode,
  depth: number,
  visit: (key: string, value: YamlNode, parent: string) => void,
  parent = '',
): void {
  if (depth > DEEPEST) return;
  if (node.kind === 'list') for (const item of node.items) walk(item, depth + 1, visit, parent);
  if (node.kind !== 'map') return;
  for (const { key, value } of node.entries) {
    visit(key, value, parent);
    walk(value, depth + 1, visit, key);
  }
}

/** A bare name that the product itself builds is replaced by whoever deploys it; nothing is pulled under it. */
function builtHere(reference: Reference, built: readonly string[]): Reference {
  const name = reference.text?.replace(/[:@].*$/, '') ?? '';
  if (name === '' || /[./]/.test(name)) return reference;
  const isBuilt = built.some((other) => other.replace(/[:@].*$/, '') === name);
  return isBuilt
    ? { ...reference, doubt: `the product builds an image of that name, and whatever deploys it decides what is run` }
    : reference;
}
