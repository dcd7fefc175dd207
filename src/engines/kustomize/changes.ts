import type { Facts } from '../../facts/index.ts';
import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import type { ImageChange, KustomizationFact, PatchFact, TargetFact } from '../../facts/kustomization/types.ts';
import { parseImageReference } from '../../lib/image-reference.ts';
import { decodeText } from '../../lib/tree-views.ts';
import type { FileTree, SourceLocation } from '../../model/index.ts';
import { joinPath } from '../terraform/paths.ts';
import { isRemote, kustomizeGraph } from './inputs.ts';
import { mayMatch } from './matches.ts';
import { fieldsAt, readPatch, type PatchedField } from './read-patch.ts';

/** A change that a kustomization makes to objects, of which only a rendering shows the outcome. */
export interface KustomizeChange {
  /** Path of the kustomization. */
  readonly by: string;
  readonly at: SourceLocation;
  /** Why the kustomization was not rendered although that was asked for. */
  readonly unrendered?: string;
}

/** What kustomizations that are not rendered do to the objects that they take in. */
export interface KustomizeChanges {
  /** A patch, replacement or transformer that may change a field of an object. */
  patching(object: KubernetesFact, field: PatchedField): KustomizeChange | undefined;
  /** The entry of `images` that rewrites an image of an object, and what it makes of it. */
  rewriting(object: KubernetesFact, image: string): (KustomizeChange & { readonly text: string }) | undefined;
  /** Objects that a kustomization adds and that are not in this tree: bases from elsewhere, charts and programs. */
  readonly hidden: readonly (KustomizeChange & { readonly what: string; readonly isPlugin: boolean })[];
}

interface Rule {
  readonly by: KustomizationFact;
  readonly at: SourceLocation;
  readonly fields: ReadonlySet<PatchedField>;
  readonly target?: TargetFact;
}

const BOTH: ReadonlySet<PatchedField> = new Set(['image', 'user']);
const LARGEST = 1_000_000;

/** Reads what the kustomizations of a product change. */
export async function kustomizeChanges({
  facts,
  tree,
}: {
  readonly facts: Facts;
  readonly tree: FileTree;
}): Promise<KustomizeChanges> {
  const open = facts.kustomization.filter(({ rendered }) => rendered === undefined);
  const graph = kustomizeGraph(facts.kustomization, new Set(tree.files.map(({ path }) => path)));
  const rules = (await Promise.all(open.map((fact) => rulesOf(fact, tree)))).flat();
  const reach = new Map(open.map((fact) => [fact, graph.reachOf(fact)]));
  const reaches = (by: KustomizationFact, object: KubernetesFact): boolean =>
    object.rendered === undefined && reach.get(by)?.has(object.path) === true;
  const renames = open.some((fact) => fact.namePrefix ?? fact.nameSuffix ?? fact.namespace);
  return {
    patching(object, field) {
      const rule = rules.find(
        ({ by, fields, target }) =>
          fields.has(field) && reaches(by, object) && (target === undefined || mayMatch(target, object, renames)),
      );
      return rule === undefined ? undefined : changeOf(rule.by, rule.at);
    },
    rewriting(object, image) {
      const repository = repositoryOf(image);
      for (const by of open) {
        const change = by.images.find(({ name }) => repositoryOf(name.text) === repository);
        if (change !== undefined && reaches(by, object))
          return { ...changeOf(by, change.name.at), text: rewritten(change, image) };
      }
      return undefined;
    },
    hidden: open.flatMap((fact) => [
      ...graph
        .inputsOf(fact)
        .flatMap((input) => (input.kind === 'elsewhere' && isRemote(input.written.text) ? [input.written] : []))
        .map(({ text, at }) => ({ ...changeOf(fact, at), what: text, isPlugin: false })),
      ...fact.plugins
        .filter(({ text }) => /^(?:generators|helmChart)/.test(text))
        .map(({ text, at }) => ({ ...changeOf(fact, at), what: text, isPlugin: true })),
    ]),
  };
}

function changeOf({ path, unrendered }: KustomizationFact, at: SourceLocation): KustomizeChange {
  return { by: path, at, ...(unrendered === undefined ? {} : { unrendered }) };
}

/** The image with what an entry of `images` puts in its place. */
function rewritten({ name, newName, newTag, digest }: ImageChange, image: string): string {
  const parsed = parseImageReference(image);
  const repository = newName?.text ?? name.text;
  if (digest !== undefined) return `${repository}@${digest.text}`;
  if (newTag !== undefined) return `${repository}:${newTag.text}`;
  const rest = parsed?.digest === undefined ? (parsed?.tag === undefined ? '' : `:${parsed.tag}`) : `@${parsed.digest}`;
  return `${repository}${rest}`;
}

async function rulesOf(by: KustomizationFact, tree: FileTree): Promise<Rule[]> {
  const patches = await Promise.all(by.patches.map((patch) => ofPatch(by, patch, tree)));
  const replacements = by.replacements.flatMap(({ at, file, targets }): Rule[] =>
    file !== undefined
      ? [{ by, at, fields: BOTH }]
      : targets.map(({ select, fields }) => ({
          by,
          at,
          fields: new Set(fields.flatMap(({ text }) => fieldsAt(text.replaceAll('.', '/')))),
          target: select,
        })),
  );
  const transformers = by.plugins
    .filter(({ text }) => text.startsWith('transformers'))
    .map(({ at }): Rule => ({ by, at, fields: BOTH }));
  return [...patches.flat(), ...replacements, ...transformers].filter(({ fields }) => fields.size > 0);
}

async function ofPatch(by: KustomizationFact, { at, text, file, target }: PatchFact, tree: FileTree): Promise<Rule[]> {
  const written = text?.text ?? (file === undefined ? undefined : await textOf(by, file.text, tree));
  const parts = written === undefined ? undefined : readPatch(by.path, written);
  const given = target === undefined ? {} : { target };
  // What cannot be read may change anything of whatever it is applied to.
  if (parts === undefined) return [{ by, at, fields: BOTH, ...given }];
  return parts.map(({ fields, kind, name }) => {
    const named = { ...(kind === undefined ? {} : { kind }), ...(name === undefined ? {} : { name: escaped(name) }) };
    return { by, at, fields, target: target ?? named };
  });
}

async function textOf(by: KustomizationFact, written: string, tree: FileTree): Promise<string | undefined> {
  const path = joinPath(by.folder, written);
  const entry = tree.files.find((one) => one.path === path);
  if (entry === undefined || entry.size > LARGEST) return undefined;
  const content = await tree.read(entry.path);
  return content.ok ? decodeText(content.bytes) : undefined;
}

/** A name is a text where the patch names its object, and an expression in a target. */
function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function repositoryOf(text: string): string {
  const parsed = parseImageReference(text.split('@')[0] ?? '');
  return parsed === undefined ? text : `${parsed.registry}/${parsed.repository}`;
}
