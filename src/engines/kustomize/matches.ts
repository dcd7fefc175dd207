import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import type { TargetFact } from '../../facts/kustomization/types.ts';
import { compileRe2 } from '../../lib/re2/index.ts';

/**
 * Whether a target may select an object: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/.
 * Labels are not compared, and `renames` is set where kustomizations change names: both may match.
 */
export function mayMatch(target: TargetFact, object: KubernetesFact, renames: boolean): boolean {
  const [group = '', version = ''] = object.apiVersion.includes('/')
    ? object.apiVersion.split('/')
    : ['', object.apiVersion];
  const isNamed =
    fits(target.name, object.name) ||
    (renames && object.name !== undefined && target.name?.includes(object.name) === true);
  return (
    isNamed &&
    fits(target.kind, object.kind) &&
    fits(target.group, group) &&
    fits(target.version, version) &&
    // The namespace is often set by a kustomization on the way.
    (object.namespace === undefined || renames || fits(target.namespace, object.namespace))
  );
}

function fits(wanted: string | undefined, actual: string | undefined): boolean {
  if (wanted === undefined || wanted === '' || actual === undefined || wanted === actual) return true;
  const compiled = compileRe2(`^(?:${wanted})$`);
  if (!compiled.ok) return true;
  compiled.re2.regex.lastIndex = 0;
  return compiled.re2.regex.test(actual);
}
