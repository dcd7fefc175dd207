import { describe, expect, it } from 'vitest';
import { descend } from '../../../lib/yaml/index.ts';
import { clusterOf, shown } from '../../../../test/terraform/cluster.ts';

describe('every kind that runs pods', () => {
  it.each([
    ['kubernetes_pod', 'spec {\nPOD\n}', 'Pod'],
    ['kubernetes_pod_v1', 'spec {\nPOD\n}', 'Pod'],
    ['kubernetes_stateful_set', 'spec {\ntemplate {\nspec {\nPOD\n}\n}\n}', 'StatefulSet'],
    ['kubernetes_daemonset', 'spec {\ntemplate {\nspec {\nPOD\n}\n}\n}', 'DaemonSet'],
    ['kubernetes_daemon_set_v1', 'spec {\ntemplate {\nspec {\nPOD\n}\n}\n}', 'DaemonSet'],
    ['kubernetes_replication_controller', 'spec {\ntemplate {\nspec {\nPOD\n}\n}\n}', 'ReplicationController'],
    ['kubernetes_job_v1', 'spec {\ntemplate {\nspec {\nPOD\n}\n}\n}', 'Job'],
    ['kubernetes_cron_job', 'spec {\njob_template {\nspec {\ntemplate {\nspec {\nPOD\n}\n}\n}\n}\n}', 'CronJob'],
    ['kubernetes_cron_job_v1', 'spec {\njob_template {\nspec {\ntemplate {\nspec {\nPOD\n}\n}\n}\n}\n}', 'CronJob'],
  ])('%s', (type, body, kind) => {
    const pod = 'container {\nname = "a"\nimage = "x:1"\n}';
    const [fact] = clusterOf(
      `resource "${type}" "a" {\nmetadata {\nname = "n"\nnamespace = "s"\n}\n${body.replace('POD', pod)}\n}`,
    ).facts;
    expect(fact).toMatchObject({
      kind,
      name: 'n',
      namespace: 's',
      pod: { containers: [{ name: 'a', image: { text: 'x:1' } }] },
    });
  });
});

describe('other kinds', () => {
  const one = (type: string, body: string) => shown(clusterOf(`resource "${type}" "a" {\n${body}\n}`).facts[0]?.root);

  it('of access', () => {
    expect(
      one(
        'kubernetes_cluster_role',
        'metadata { name = "a" }\nrule {\n  api_groups = [""]\n  resources = ["pods"]\n  verbs = ["*"]\n}\nrule { non_resource_urls = ["/metrics"] }\naggregation_rule {\n  cluster_role_selectors {\n    match_labels = { a_b = "c" }\n  }\n}',
      ),
    ).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'a' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }, { nonResourceURLs: ['/metrics'] }],
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a_b: 'c' } }] },
    });
    expect(
      one(
        'kubernetes_role_binding_v1',
        'metadata { name = "a" }\nrole_ref {\n  kind = "Role"\n  name = "r"\n}\nsubject {\n  kind = "ServiceAccount"\n  name = "s"\n}',
      ),
    ).toMatchObject({
      kind: 'RoleBinding',
      roleRef: { kind: 'Role', name: 'r' },
      subjects: [{ kind: 'ServiceAccount', name: 's', namespace: 'default' }],
    });
  });

  it('of the network', () => {
    expect(
      one(
        'kubernetes_network_policy',
        'metadata { name = "a" }\nspec {\n  pod_selector {}\n  policy_types = ["Ingress"]\n  ingress {\n    from {\n      namespace_selector {\n        match_expressions {\n          key = "k"\n          operator = "In"\n          values = ["v"]\n        }\n      }\n    }\n    from {\n      ip_block { cidr = "10.0.0.0/8" }\n    }\n    ports {\n      port = 5432\n      protocol = "TCP"\n    }\n  }\n  egress {}\n}',
      ),
    ).toMatchObject({
      apiVersion: 'networking.k8s.io/v1',
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              { namespaceSelector: { matchExpressions: [{ key: 'k', operator: 'In', values: ['v'] }] } },
              { ipBlock: { cidr: '10.0.0.0/8' } },
            ],
            ports: [{ port: 5432, protocol: 'TCP' }],
          },
        ],
        egress: [{}],
      },
    });
    expect(
      one(
        'kubernetes_ingress_v1',
        'spec {\n  rule {\n    host = "h"\n    http {\n      path {\n        path = "/"\n        backend {\n          service {\n            name = "s"\n            port { number = 80 }\n          }\n        }\n      }\n    }\n  }\n  tls { hosts = ["h"] }\n}',
      ),
    ).toMatchObject({
      spec: {
        rules: [
          { host: 'h', http: { paths: [{ path: '/', backend: { service: { name: 's', port: { number: 80 } } } }] } },
        ],
        tls: [{ hosts: ['h'] }],
      },
    });
    expect(
      one(
        'kubernetes_service',
        'spec {\n  selector = { app_x = "y" }\n  cluster_ip = "None"\n  port {\n    port = 80\n    target_port = "http"\n  }\n}',
      ),
    ).toMatchObject({
      spec: { selector: { app_x: 'y' }, clusterIP: 'None', ports: [{ port: 80, targetPort: 'http' }] },
    });
  });

  it('of data: what Terraform holds as text is stringData', () => {
    expect(
      one(
        'kubernetes_secret',
        'metadata { name = "a" }\ndata = { some_key = "text" }\nbinary_data = { b = "aGk=" }\nwait_for_service_account_token = false',
      ),
    ).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a', namespace: 'default' },
      stringData: { some_key: 'text' },
      data: { b: 'aGk=' },
    });
    expect(one('kubernetes_config_map_v1', 'data = { "a.b" = "c" }')).toMatchObject({
      kind: 'ConfigMap',
      data: { 'a.b': 'c' },
    });
    expect(
      one(
        'kubernetes_service_account',
        'metadata { name = "a" }\nsecret { name = "s" }\nautomount_service_account_token = false',
      ),
    ).toMatchObject({
      secrets: [{ name: 's' }],
      automountServiceAccountToken: false,
    });
  });

  it('of limits, webhooks and volumes', () => {
    expect(
      one('kubernetes_limit_range', 'spec {\n  limit {\n    type = "Pod"\n    max = { cpu = "1" }\n  }\n}'),
    ).toMatchObject({ spec: { limits: [{ type: 'Pod', max: { cpu: '1' } }] } });
    expect(
      one(
        'kubernetes_validating_webhook_configuration_v1',
        'webhook {\n  name = "w"\n  failure_policy = "Ignore"\n  client_config {\n    service {\n      name = "s"\n      namespace = "n"\n    }\n  }\n  rule { operations = ["CREATE"] }\n}',
      ),
    ).toMatchObject({
      kind: 'ValidatingWebhookConfiguration',
      webhooks: [
        {
          name: 'w',
          failurePolicy: 'Ignore',
          clientConfig: { service: { name: 's' } },
          rules: [{ operations: ['CREATE'] }],
        },
      ],
    });
    expect(
      one('kubernetes_persistent_volume', 'spec {\n  persistent_volume_source {\n    host_path { path = "/" }\n  }\n}'),
    ).toMatchObject({ spec: { hostPath: { path: '/' } } });
    expect(one('kubernetes_default_service_account', 'metadata { namespace = "n" }')).toMatchObject({
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: 'n' },
    });
  });

  it('that the table does not have are read and named, and parts of other objects are a gap', () => {
    const { facts, unread } = clusterOf(
      'resource "kubernetes_brand_new_v1beta1" "a" {\n  some_field = 1\n}\nresource "kubernetes_labels" "b" {}\ndata "kubernetes_secret" "c" {}\nresource "aws_x" "y" {}',
    );
    expect(facts.map((fact) => shown(fact.root))).toEqual([{ apiVersion: 'v1beta1', kind: 'BrandNew', someField: 1 }]);
    expect(unread.map(({ reason, at }) => [reason, at?.route])).toEqual([
      ['engine-missing', 'kubernetes_brand_new_v1beta1.a'],
      ['engine-missing', 'kubernetes_labels.b'],
    ]);
  });

  it('keep a field named __proto__ as data', () => {
    const [fact] = clusterOf('resource "kubernetes_config_map" "a" {\n  data = { "__proto__" = "x" }\n}').facts;
    expect(descend(fact?.root, 'data', '__proto__')).toMatchObject({ value: 'x' });
  });
});
