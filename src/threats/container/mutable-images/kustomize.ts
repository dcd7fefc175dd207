import { child, itemsOf, parseYaml, textOf } from '../../../lib/yaml/index.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import { parseImageReference } from '../../../lib/image-reference.ts';
import type { Assessment, Gap } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import type { Reference } from './references.ts';

/**
 * A kustomization's `images` rewrites references of Kubernetes objects. Until kustomizations are read as facts, a
 * reference that one may rewrite is open to neither verdict: its counterexample becomes a gap.
 */
export async function rewrittenByKustomize(assessment: Assessment, references: readonly Reference[], context: Context): Promise<Assessment> {
  const rewritten = await imageNames(context);
  if (rewritten.size === 0) return assessment;
  const affected = new Map<string, string>();
  for (const { written, user } of references) {
    const parsed = parseImageReference(written.split('@')[0] ?? '');
    const by = parsed === undefined ? undefined : rewritten.get(`${parsed.registry}/${parsed.repository}`);
    if (by !== undefined && !/^(?:service|job|FROM|COPY|RUN|#|docker|composite)/.test(user)) affected.set(JSON.stringify([user, written]), by);
  }
  if (affected.size === 0) return assessment;
  const isAffected = (identity: readonly string[]): string | undefined => affected.get(JSON.stringify(identity));
  const moved = assessment.counterexamples.flatMap(({ identity, trace }): Gap[] => {
    const by = isAffected(identity);
    if (by === undefined) return [];
    const message = `${identity.join(' runs ')}, and ${by} may name another image for it when it is applied`;
    return [{ reason: 'unrendered-template', message, at: trace[0].at, identity: identity.join(' '), closes: `kubectl kustomize ${by.replace(/\/?[^/]+$/, '') || '.'} > rendered.yaml` }];
  });
  const kept = assessment.counterexamples.filter(({ identity }) => isAffected(identity) === undefined);
  return { ...assessment, counterexamples: kept, gaps: [...assessment.gaps, ...moved] } as Assessment;
}

/** Repositories that some kustomization rewrites, with its path. */
async function imageNames({ tree }: Context): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { path } of tree.files) {
    if (!/(?:^|\/)[Kk]ustomization(?:\.ya?ml)?$/.test(path)) continue;
    const content = await tree.read(path);
    if (!content.ok || content.bytes.length > 1_000_000) continue;
    for (const document of parseYaml(path, decodeText(content.bytes))) {
      for (const image of itemsOf(document.ok ? child(document.root, 'images') : undefined)) {
        const parsed = parseImageReference(textOf(child(image, 'name')) ?? '');
        if (parsed !== undefined) names.set(`${parsed.registry}/${parsed.repository}`, path);
      }
    }
  }
  return names;
}
