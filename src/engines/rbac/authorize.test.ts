import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bind, core, modelOf, role, terraformModel } from '../../../test/rbac/model.ts';
import { authorize } from './authorize.ts';
import { subjectOf } from './subjects.ts';
import type { PolicyRule, RbacModel, Request } from './types.ts';

const ANN = '{kind: User, name: ann}';

function asks(model: RbacModel, user: string, request: Request): string {
  return authorize(model, subjectOf(user), request).kind;
}
function on(verb: string, resource: string, more: Partial<Request> = {}): Request {
  return { verb, group: '', resource, ...more };
}

describe('authorize', () => {
  it('names the rule, the role and the binding with their places', () => {
    const model = modelOf(role('reader', core('get', 'pods')) + bind('ann-reads', 'reader', ANN));
    const decision = authorize(model, subjectOf('ann'), on('get', 'pods'));
    expect(decision).toMatchObject({
      kind: 'allowed',
      by: [
        {
          rule: { at: { startLine: 5 } },
          role: { name: 'reader' },
          binding: { name: 'ann-reads', at: { startLine: 7 } },
        },
      ],
    });
    expect(asks(model, 'bob', on('get', 'pods'))).toBe('denied');
  });

  it('keeps a RoleBinding in its namespace, also of a ClusterRole, and takes non-resource rules from it', () => {
    const rules = `${core('get', 'pods')}, {nonResourceURLs: [/metrics], verbs: [get]}`;
    const model = modelOf(role('reader', rules) + bind('b', 'reader', ANN, 'shop'));
    expect(asks(model, 'ann', on('get', 'pods', { namespace: 'shop' }))).toBe('allowed');
    expect(asks(model, 'ann', on('get', 'pods', { namespace: 'other' }))).toBe('denied');
    expect(asks(model, 'ann', on('get', 'pods'))).toBe('denied');
    expect(asks(model, 'ann', { verb: 'get', path: '/metrics' })).toBe('denied');
  });

  it('tells a resource from its subresources', () => {
    const model = modelOf(
      role('a', core('create', 'pods')) +
        bind('a', 'a', ANN) +
        role('b', core('update', '"*/status"')) +
        bind('b', 'b', ANN) +
        role('c', core('watch', '"*"')) +
        bind('c', 'c', ANN),
    );
    expect(asks(model, 'ann', on('create', 'pods', { subresource: 'exec' }))).toBe('denied');
    expect(asks(model, 'ann', on('update', 'nodes', { subresource: 'status' }))).toBe('allowed');
    expect(asks(model, 'ann', on('update', 'nodes'))).toBe('denied');
    expect(asks(model, 'ann', on('watch', 'pods', { subresource: 'log' }))).toBe('allowed');
  });

  it('lets names grant what names them, and never a list or a create', () => {
    const model = modelOf(role('one', core('get, list, create', 'secrets', 'token')) + bind('b', 'one', ANN));
    expect(asks(model, 'ann', on('get', 'secrets', { name: 'token' }))).toBe('allowed');
    expect(asks(model, 'ann', on('list', 'secrets', { name: 'token' }))).toBe('allowed');
    expect(asks(model, 'ann', on('list', 'secrets'))).toBe('denied');
    expect(asks(model, 'ann', on('create', 'secrets'))).toBe('denied');
  });

  it('matches paths whole, and by their start where a star ends them', () => {
    const rule = '{nonResourceURLs: ["/healthz", "/logs/*"], verbs: [get]}';
    const model = modelOf(role('urls', rule) + bind('b', 'urls', ANN));
    const paths = ['/healthz', '/healthz/etcd', '/logs/', '/logs/a/b', '/logs'];
    expect(paths.filter((path) => asks(model, 'ann', { verb: 'get', path }) === 'allowed')).toEqual([
      '/healthz',
      '/logs/',
      '/logs/a/b',
    ]);
  });

  it('gives a service account the groups that it has, and its namespace by default', () => {
    const model = modelOf(
      role('a', core('get', 'pods'), 'shop') +
        bind('b', 'Role/a', '{kind: ServiceAccount, name: web}', 'shop') +
        role('c', core('get', 'nodes')) +
        bind('d', 'c', '{kind: Group, name: "system:serviceaccounts:shop"}'),
    );
    expect(asks(model, 'system:serviceaccount:shop:web', on('get', 'pods', { namespace: 'shop' }))).toBe('allowed');
    expect(asks(model, 'system:serviceaccount:shop:job', on('get', 'pods', { namespace: 'shop' }))).toBe('denied');
    expect(asks(model, 'system:serviceaccount:shop:job', on('get', 'nodes'))).toBe('allowed');
    expect(asks(model, 'system:serviceaccount:other:web', on('get', 'nodes'))).toBe('denied');
  });

  it('refuses members of system:masters nothing', () => {
    expect(
      authorize(modelOf('', { complete: true }), subjectOf('root', ['system:masters']), on('delete', 'nodes')),
    ).toMatchObject({
      kind: 'allowed',
    });
  });

  it('does not decide what hangs on something that is not known', () => {
    const missing = modelOf(bind('b', 'elsewhere', ANN));
    expect(asks(missing, 'ann', on('get', 'pods'))).toBe('undecided');
    expect(asks(missing, 'bob', on('get', 'pods'))).toBe('denied');
    expect(asks(modelOf(bind('b', 'elsewhere', ANN), { complete: true }), 'ann', on('get', 'pods'))).toBe('denied');
  });

  it('takes a rule, a role or a subject of Terraform that is not known for what it may be', () => {
    const terraform = (verbs: string, who: string): string => `
      variable "open" {}
      resource "kubernetes_cluster_role" "r" {
        metadata { name = "r" }
        rule {
          api_groups = [""]
          resources  = ["pods"]
          verbs      = ${verbs}
        }
      }
      resource "kubernetes_cluster_role_binding" "b" {
        metadata { name = "b" }
        role_ref {
          api_group = "rbac.authorization.k8s.io"
          kind      = "ClusterRole"
          name      = "r"
        }
        subject {
          api_group = "rbac.authorization.k8s.io"
          kind      = "User"
          name      = ${who}
        }
      }`;
    const verbs = terraformModel(terraform('var.open', '"ann"'));
    expect([asks(verbs, 'ann', on('get', 'pods')), asks(verbs, 'ann', on('get', 'nodes'))]).toEqual([
      'undecided',
      'denied',
    ]);
    const subject = terraformModel(terraform('["get"]', 'var.open'));
    expect([asks(subject, 'bob', on('get', 'pods')), asks(subject, 'bob', on('list', 'pods'))]).toEqual([
      'undecided',
      'denied',
    ]);
    expect(subject.gaps).toMatchObject([{ reason: 'unresolved-value' }]);
  });
});

const word = fc.constantFrom('a', 'b', 'a/s', '*', '*/s', 'a*');
const list = fc.array(word, { maxLength: 3 });
const rules = fc.array(
  fc.record({ verbs: list, apiGroups: list, resources: list, resourceNames: list, nonResourceURLs: fc.constant([]) }),
  { maxLength: 4 },
);

describe('authorize, against an evaluator that is written another way', () => {
  it('agrees on every resource request', () => {
    fc.assert(
      fc.property(
        rules,
        fc.tuple(word, word, word, fc.constantFrom('', 's'), fc.constantFrom('', 'a', 'b')),
        (own, asked) => {
          const [verb, group, resource, subresource, name] = asked;
          const text = JSON.stringify(own).slice(1, -1);
          const model = modelOf(role('r', text) + bind('b', 'r', ANN));
          const expected = own.some((rule) => allowedByPattern(rule, verb, group, resource, subresource, name));
          expect(asks(model, 'ann', { verb, group, resource, subresource, name }) === 'allowed').toBe(expected);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** A rule as the set of requests that it spells out, one regular expression each. */
function allowedByPattern(
  rule: PolicyRule,
  verb: string,
  group: string,
  resource: string,
  sub: string,
  name: string,
): boolean {
  const asked = [verb, group, sub === '' ? resource : `${resource}/${sub}`, name].join('\n');
  const names = rule.resourceNames.length === 0 ? [''] : rule.resourceNames;
  return rule.verbs.some((ruleVerb) =>
    rule.apiGroups.some((ruleGroup) =>
      rule.resources.some((ruleResource) =>
        names.some((ruleName) => {
          const parts = [
            ruleVerb === '*' ? '.*' : quote(ruleVerb),
            ruleGroup === '*' ? '.*' : quote(ruleGroup),
            ruleResource === '*'
              ? '.*'
              : ruleResource.startsWith('*/') && sub !== ''
                ? `.*${quote(ruleResource.slice(1))}`
                : quote(ruleResource),
            rule.resourceNames.length === 0 ? '.*' : quote(ruleName),
          ];
          return new RegExp(`^${parts.join('\\n')}$`).test(asked);
        }),
      ),
    ),
  );
}

function quote(text: string): string {
  return text.replace(/[*/]/g, '\\$&');
}
