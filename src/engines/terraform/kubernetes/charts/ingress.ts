import { on, part, plainImage } from './rules.ts';
import type { ChartSummary, Condition, ImageRule } from './types.ts';

/** https://github.com/aws/eks-charts/tree/master/stable/aws-load-balancer-controller. */
export const LOAD_BALANCER_CONTROLLER: ChartSummary = {
  chart: 'aws-load-balancer-controller',
  installs: 'aws-load-balancer-controller',
  date: '2026-11',
  from: '1.6.0',
  repositories: ['https://aws.github.io/eks-charts'],
  images: [plainImage('controller', 'image', 'public.ecr.aws/eks/aws-load-balancer-controller')],
  settings: [
    { name: 'replicas', path: 'replicaCount', default: 2, meaning: 'Replicas of the controller.' },
    { name: 'cluster', path: 'clusterName', meaning: 'Name of the cluster that it serves.' },
  ],
};

function certManagerImage(role: string, path: string, name: string, when?: readonly Condition[]): ImageRule {
  return {
    role,
    path,
    registry: part(`${path}.registry`, ''),
    repository: part(`${path}.repository`, `quay.io/jetstack/${name}`),
    tag: part(`${path}.tag`),
    digest: { from: [`${path}.digest`] },
    ...(when === undefined ? {} : { when }),
  };
}

function given(path: string, what: string): { when: Condition; what: string } {
  return { when: { path, is: '(given)', default: '' }, what };
}

/** https://cert-manager.io/docs/installation/helm/. */
export const CERT_MANAGER: ChartSummary = {
  chart: 'cert-manager',
  installs: 'cert-manager',
  date: '2026-11',
  from: 'v1.15.0',
  repositories: ['https://charts.jetstack.io', 'oci://quay.io/jetstack/charts'],
  images: [
    certManagerImage('controller', 'image', 'cert-manager-controller'),
    certManagerImage('webhook', 'webhook.image', 'cert-manager-webhook'),
    certManagerImage('injector of authorities', 'cainjector.image', 'cert-manager-cainjector', [
      on('cainjector.enabled', true),
    ]),
    certManagerImage('solver of challenges', 'acmesolver.image', 'cert-manager-acmesolver'),
    certManagerImage('check of the API', 'startupapicheck.image', 'cert-manager-startupapicheck', [
      on('startupapicheck.enabled', true),
    ]),
  ],
  containers: ['extraContainers'],
  beyond: [
    given('imageRegistry', 'another registry for every image'),
    given('imageNamespace', 'another namespace for every image'),
  ],
  settings: [
    { name: 'replicas', path: 'webhook.replicaCount', default: 1, meaning: 'Replicas of the webhook.' },
    { name: 'crds', path: 'crds.enabled', default: false, meaning: 'Its custom resources are installed with it.' },
  ],
};

function nginxImage(role: string, path: string, image: string, when?: readonly Condition[], byChart = true): ImageRule {
  return {
    role,
    path,
    registry: part([`${path}.registry`, 'global.image.registry'], 'registry.k8s.io'),
    repository: part(`${path}.image`, image),
    tag: part(`${path}.tag`),
    digest: { from: [`${path}.digest`], ...(byChart ? { byChart: true as const } : {}) },
    ...(when === undefined ? {} : { when }),
  };
}

/** https://github.com/kubernetes/ingress-nginx/tree/main/charts/ingress-nginx. */
export const INGRESS_NGINX: ChartSummary = {
  chart: 'ingress-nginx',
  installs: 'ingress-nginx',
  date: '2026-11',
  from: '4.12.0',
  repositories: ['https://kubernetes.github.io/ingress-nginx'],
  images: [
    nginxImage('controller', 'controller.image', 'ingress-nginx/controller'),
    nginxImage(
      'certificate of the webhook',
      'controller.admissionWebhooks.patch.image',
      'ingress-nginx/kube-webhook-certgen',
      [on('controller.admissionWebhooks.enabled', true), on('controller.admissionWebhooks.patch.enabled', true)],
    ),
    nginxImage(
      'default answers',
      'defaultBackend.image',
      'defaultbackend-amd64',
      [on('defaultBackend.enabled', false)],
      false,
    ),
  ],
  containers: ['controller.extraContainers', 'controller.extraInitContainers', 'controller.extraModules'],
  beyond: [
    {
      when: on('controller.image.chroot', false),
      what: 'the image with chroot, which has a name and digest of its own',
    },
    given('controller.image.repository', 'an image of another repository'),
    given('controller.admissionWebhooks.patch.image.repository', 'an image of another repository'),
    given('defaultBackend.image.repository', 'an image of another repository'),
  ],
  settings: [
    { name: 'replicas', path: 'controller.replicaCount', default: 1, meaning: 'Replicas of the controller.' },
    {
      name: 'failure-policy',
      path: 'controller.admissionWebhooks.failurePolicy',
      default: 'Fail',
      meaning: 'What happens to ingresses while the webhook does not answer.',
    },
    {
      name: 'snippets',
      path: 'controller.allowSnippetAnnotations',
      default: false,
      meaning: 'Annotations may hold parts of the configuration of NGINX.',
    },
  ],
};
