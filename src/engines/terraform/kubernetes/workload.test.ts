import { describe, expect, it } from 'vitest';
import { clusterOf, shown } from '../../../../test/terraform/cluster.ts';

const DEPLOYMENT = `variable "tag" {}
resource "kubernetes_deployment_v1" "orders" {
  metadata {
    name   = "orders"
    labels = { "app.kubernetes.io/name" = "orders", snake_case = "kept" }
  }
  wait_for_rollout = false
  spec {
    replicas = 2
    selector {
      match_labels = { app_name = "orders" }
    }
    template {
      metadata { labels = { app_name = "orders" } }
      spec {
        service_account_name = "orders"
        host_pid             = false
        image_pull_secrets { name = "pull" }
        security_context {
          run_as_non_root = true
          run_as_user     = 1000
        }
        init_container {
          name  = "wait"
          image = "registry.example/wait@sha256:0a540e2ddf74d0d2d3d45f9ef248d7dbc96576accdbcc6a2dd7eaff9fea56504"
        }
        container {
          name  = "app"
          image = "registry.example/orders:1"
          env {
            name = "PASSWORD"
            value_from {
              secret_key_ref {
                name = "db"
                key  = "password"
              }
            }
          }
          env_from {
            config_map_ref { name = "orders" }
          }
          port { container_port = 8080 }
          resources { limits = { memory = "1Gi" } }
          volume_mount {
            name       = "tmp"
            mount_path = "/tmp"
          }
        }
        container {
          name  = "side"
          image = "registry.example/side:\${var.tag}"
        }
        volume {
          name = "tmp"
          empty_dir {}
        }
        volume {
          name = "scratch"
          ephemeral {
            volume_claim_template {
              spec { access_modes = ["ReadWriteOnce"] }
            }
          }
        }
        toleration { key = "x" }
        affinity {
          node_affinity {
            required_during_scheduling_ignored_during_execution {
              node_selector_term {
                match_expressions {
                  key      = "k"
                  operator = "Exists"
                }
              }
            }
          }
          pod_anti_affinity {
            required_during_scheduling_ignored_during_execution { topology_key = "zone" }
          }
        }
      }
    }
  }
}`;

describe('a workload', () => {
  const [fact] = clusterOf(DEPLOYMENT).facts;

  it('is the object that the API gets', () => {
    expect(shown(fact?.root)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'orders',
        labels: { 'app.kubernetes.io/name': 'orders', snake_case: 'kept' },
        namespace: 'default',
      },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app_name: 'orders' } },
        template: {
          metadata: { labels: { app_name: 'orders' } },
          spec: {
            serviceAccountName: 'orders',
            hostPID: false,
            imagePullSecrets: [{ name: 'pull' }],
            securityContext: { runAsNonRoot: true, runAsUser: 1000 },
            initContainers: [{ name: 'wait', image: expect.stringContaining('wait@sha256') }],
            containers: [
              {
                name: 'app',
                image: 'registry.example/orders:1',
                env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
                envFrom: [{ configMapRef: { name: 'orders' } }],
                ports: [{ containerPort: 8080 }],
                resources: { limits: { memory: '1Gi' } },
                volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
              },
              { name: 'side', image: { $unknown: 'var.tag has no value' } },
            ],
            volumes: [
              { name: 'tmp', emptyDir: {} },
              { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } },
            ],
            tolerations: [{ key: 'x' }],
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                  nodeSelectorTerms: [{ matchExpressions: [{ key: 'k', operator: 'Exists' }] }],
                },
              },
              podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone' }] },
            },
          },
        },
      },
    });
  });

  it('has its pod, with places in the configuration, and unknown images that are no empty text', () => {
    expect(fact).toMatchObject({
      path: 'main.tf',
      name: 'orders',
      namespace: 'default',
      at: { startLine: 2, route: 'kubernetes_deployment_v1.orders' },
    });
    expect(fact?.pod?.runAsUser).toMatchObject({ text: '1000' });
    expect(
      fact?.pod?.containers.map(({ list, name, image }) => [
        list,
        name,
        image?.text,
        image?.unknown,
        image?.at.startLine,
        image?.at.route,
      ]),
    ).toEqual([
      [
        'initContainers',
        'wait',
        expect.any(String),
        undefined,
        25,
        'kubernetes_deployment_v1.orders spec.template.spec.initContainers[0].image',
      ],
      [
        'containers',
        'app',
        'registry.example/orders:1',
        undefined,
        29,
        'kubernetes_deployment_v1.orders spec.template.spec.containers[0].image',
      ],
      [
        'containers',
        'side',
        '',
        'var.tag has no value',
        51,
        'kubernetes_deployment_v1.orders spec.template.spec.containers[1].image',
      ],
    ]);
  });

  it('keeps a hole where the number of its containers is not known', () => {
    const source =
      'variable "m" {}\nresource "kubernetes_pod" "p" {\n  metadata { name = "p" }\n  spec {\n    container { image = "a@sha256:1" }\n    dynamic "container" {\n      for_each = var.m\n      content { image = container.value }\n    }\n  }\n}';
    const [pod] = clusterOf(source).facts;
    expect(pod?.pod?.containers.map(({ image }) => image?.unknown ?? image?.text)).toEqual([
      'a@sha256:1',
      'var.m has no value',
    ]);
  });
});
