import { on, plainImage } from './rules.ts';
import type { ChartSummary } from './types.ts';

/** https://github.com/kubernetes-sigs/metrics-server/tree/master/charts/metrics-server. */
export const METRICS_SERVER: ChartSummary = {
  chart: 'metrics-server',
  installs: 'metrics-server',
  date: '2026-11',
  from: '3.11.0',
  repositories: ['https://kubernetes-sigs.github.io/metrics-server'],
  images: [
    plainImage('server', 'image', 'registry.k8s.io/metrics-server/metrics-server'),
    plainImage('resizer', 'addonResizer.image', 'registry.k8s.io/autoscaling/addon-resizer', {
      when: [on('addonResizer.enabled', false)],
    }),
  ],
  settings: [{ name: 'replicas', path: 'replicas', default: 1, meaning: 'Replicas of the server.' }],
};

/** https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/charts/cluster-autoscaler. */
export const CLUSTER_AUTOSCALER: ChartSummary = {
  chart: 'cluster-autoscaler',
  installs: 'cluster-autoscaler',
  date: '2026-11',
  from: '9.29.0',
  repositories: ['https://kubernetes.github.io/autoscaler'],
  images: [plainImage('autoscaler', 'image', 'registry.k8s.io/autoscaling/cluster-autoscaler')],
  containers: ['initContainers'],
  settings: [
    { name: 'replicas', path: 'replicaCount', default: 1, meaning: 'Replicas of the autoscaler.' },
    {
      name: 'cluster',
      path: 'autoDiscovery.clusterName',
      meaning: 'Name of the cluster whose groups of nodes it changes.',
    },
  ],
};
