import { resourceMatches } from '../match.ts';
import { matchesGlob } from '../namespace-glob.ts';
import type { Binding, Grant, PolicyRule, RbacModel, Role, Subject } from '../types.ts';
import { RIGHTS, type RightName } from './rights.ts';

/** What gives a right: to all objects, or to those of some names. */
export interface Held {
  readonly all?: Grant;
  readonly named: ReadonlyMap<string, Grant>;
}

/** The rights of one subject in one scope. */
export interface ScopeRights {
  /** Absent: on the whole cluster. */
  readonly namespace?: string;
  /** Set where every verb on every resource is granted. */
  readonly everything?: Grant;
  readonly rights: ReadonlyMap<RightName, Held>;
  /** Roles that are held in this scope, with their bindings. */
  readonly roles: readonly Grant[];
}

interface RoleRights {
  readonly everything?: PolicyRule;
  readonly rights: readonly { readonly right: RightName; readonly rule: PolicyRule }[];
}

/** Which rights come with being a subject, or with bindings. */
export interface Holdings {
  readonly ofSubject: (subject: Subject) => readonly ScopeRights[];
  readonly ofRole: (role: Role, namespace: string | undefined) => readonly ScopeRights[];
}

/** Answers which rights are held; each role is read once. Rules that are not known for sure give none. */
export function holdingsOf(model: RbacModel): Holdings {
  const memo = new Map<Role, RoleRights>();
  return {
    ofSubject: (subject) => ofBindings(model.bindingsOf(subject)),
    ofRole: (role, namespace) => ofBindings([ownBinding(role, namespace)], role),
  };

  function ofBindings(bindings: readonly Binding[], bound?: Role): readonly ScopeRights[] {
    const scopes = new Map<string, OpenScope>();
    for (const binding of bindings) {
      const role = bound ?? (binding.maybe === undefined ? model.roleOf(binding) : undefined);
      if (role === undefined) continue;
      const rights = memo.get(role) ?? rightsOf(model.rulesOf(role));
      memo.set(role, rights);
      for (const namespace of namespacesOf(binding, model)) add(scopes, namespace, rights, role, binding);
    }
    return [...scopes.values()];
  }
}

/** A binding that somebody makes for itself. */
function ownBinding({ kind, name }: Role, namespace: string | undefined): Binding {
  return {
    name: '(its own)',
    scope: namespace === undefined ? { kind: 'cluster' } : { kind: 'namespace', namespace },
    role: { kind, name },
    subjects: [],
    source: 'product',
  };
}

interface OpenScope {
  readonly namespace?: string;
  everything?: Grant;
  readonly rights: Map<RightName, { all?: Grant; readonly named: Map<string, Grant> }>;
  readonly roles: Grant[];
}

function add(
  scopes: Map<string, OpenScope>,
  namespace: string | undefined,
  { everything, rights }: RoleRights,
  role: Role,
  binding: Binding,
): void {
  const key = namespace ?? '';
  const scope: OpenScope = scopes.get(key) ?? {
    ...(namespace === undefined ? {} : { namespace }),
    rights: new Map(),
    roles: [],
  };
  scopes.set(key, scope);
  const [first] = role.rules;
  if (first !== undefined || role.collects !== undefined) {
    scope.roles.push({ rule: first ?? NOTHING, role, binding });
  }
  if (everything !== undefined) scope.everything ??= { rule: everything, role, binding };
  for (const { right, rule } of rights) {
    const held = scope.rights.get(right) ?? { named: new Map<string, Grant>() };
    scope.rights.set(right, held);
    const grant = { rule, role, binding };
    if (rule.resourceNames.length === 0) held.all ??= grant;
    else for (const name of rule.resourceNames) if (!held.named.has(name)) held.named.set(name, grant);
  }
}

const NOTHING: PolicyRule = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

function namespacesOf({ scope }: Binding, { namespaces }: RbacModel): readonly (string | undefined)[] {
  if (scope.kind === 'cluster') return [undefined];
  if (scope.kind === 'namespace') return [scope.namespace];
  return namespaces.filter((namespace) => scope.globs.some((glob) => matchesGlob(glob, namespace)));
}

/** The rights that rules give, each with the first rule that gives it to all objects or to names. */
function rightsOf(rules: readonly PolicyRule[]): RoleRights {
  const sure = rules.filter(({ maybe, resources }) => maybe === undefined && resources.length > 0);
  const everything = sure.find(
    ({ verbs, apiGroups, resources, resourceNames }) =>
      verbs.includes('*') && apiGroups.includes('*') && resources.includes('*') && resourceNames.length === 0,
  );
  const rights: { right: RightName; rule: PolicyRule }[] = [];
  for (const right of PARSED) {
    for (const rule of sure) {
      if (!gives(rule, right)) continue;
      rights.push({ right: right.name, rule });
      if (rule.resourceNames.length === 0) break;
    }
  }
  return { ...(everything === undefined ? {} : { everything }), rights };
}

interface ParsedRight {
  readonly name: RightName;
  readonly verbs: readonly string[];
  readonly named: boolean;
  readonly on: readonly { readonly group: string; readonly resource: string; readonly subresource: string }[];
}

const PARSED: readonly ParsedRight[] = (Object.keys(RIGHTS) as RightName[]).map((name) => {
  const { verbs, on, named } = RIGHTS[name];
  return { name, verbs, named, on: on.map(parseTarget) };
});

function parseTarget(text: string): ParsedRight['on'][number] {
  const dot = text.indexOf('.');
  const [resource = '', subresource = ''] = (dot < 0 ? text : text.slice(0, dot)).split('/');
  return { resource, subresource, group: dot < 0 ? '' : text.slice(dot + 1) };
}

function gives(rule: PolicyRule, { verbs, on, named }: ParsedRight): boolean {
  const byName = rule.resourceNames.length > 0;
  if (byName && !named) return false;
  return on.some(
    ({ group, resource, subresource }) =>
      (rule.apiGroups.includes('*') || rule.apiGroups.includes(group)) &&
      rule.resources.some((written) => resourceMatches(written, resource, subresource)) &&
      // What is created has no name yet, except below an object that is there.
      verbs.some((verb) => (!byName || verb !== 'create' || subresource !== '') && hasVerb(rule, verb)),
  );
}

function hasVerb({ verbs }: PolicyRule, wanted: string): boolean {
  return verbs.includes('*') || verbs.includes(wanted);
}
