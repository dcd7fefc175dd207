import type { PolicyRule, Request } from './types.ts';

/** Whether a rule allows a request, by the words of https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources. */
export function ruleAllows(rule: PolicyRule, request: Request): boolean {
  if (!has(rule.verbs, request.verb)) return false;
  if ('path' in request) return rule.nonResourceURLs.some((url) => urlMatches(url, request.path));
  return (
    has(rule.apiGroups, request.group) &&
    rule.resources.some((resource) => resourceMatches(resource, request.resource, request.subresource ?? '')) &&
    // A request without a name, as create and list are, is never one of the named objects.
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name ?? ''))
  );
}

/** Whether a resource of a rule is the one that is asked for: `pods` is not `pods/exec`, `*` is everything. */
export function resourceMatches(written: string, resource: string, subresource: string): boolean {
  if (written === '*') return true;
  if (subresource === '') return written === resource;
  return written === `${resource}/${subresource}` || written === `*/${subresource}`;
}

function has(list: readonly string[], wanted: string): boolean {
  return list.includes('*') || list.includes(wanted);
}

function urlMatches(written: string, path: string): boolean {
  if (written === '*' || written === path) return true;
  return written.endsWith('*') && path.startsWith(withoutStars(written));
}

function withoutStars(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '*') end--;
  return text.slice(0, end);
}
