import { on, part, plainImage } from './rules.ts';
import type { ChartSummary, Condition, ImageRule } from './types.ts';

function kyvernoImage(role: string, path: string, repository: string, when?: readonly Condition[]): ImageRule {
  return {
    role,
    path,
    registry: part([`${path}.registry`, 'global.image.registry', `${path}.defaultRegistry`], 'reg.kyverno.io'),
    repository: part(`${path}.repository`, repository),
    tag: part(`${path}.tag`),
    ...(when === undefined ? {} : { when }),
  };
}

/** https://github.com/kyverno/kyverno/tree/main/charts/kyverno. Pods of `helm test` are not among the images. */
export const KYVERNO: ChartSummary = {
  chart: 'kyverno',
  installs: 'kyverno',
  date: '2026-11',
  from: '3.8.0',
  repositories: [
    'https://kyverno.github.io/kyverno',
    'oci://ghcr.io/kyverno/charts',
    'oci://reg.kyverno.io/kyverno/charts',
  ],
  images: [
    kyvernoImage('admission controller', 'admissionController.container.image', 'kyverno/kyverno'),
    kyvernoImage('admission controller, start', 'admissionController.initContainer.image', 'kyverno/kyvernopre'),
    kyvernoImage('background controller', 'backgroundController.image', 'kyverno/background-controller', [
      on('backgroundController.enabled', true),
    ]),
    kyvernoImage('cleanup controller', 'cleanupController.image', 'kyverno/cleanup-controller', [
      on('cleanupController.enabled', true),
    ]),
    kyvernoImage('reports controller', 'reportsController.image', 'kyverno/reports-controller', [
      on('reportsController.enabled', true),
    ]),
    kyvernoImage('migration of custom resources', 'crds.migration.image', 'kyverno/kyverno-cli', [
      on('crds.migration.enabled', true),
    ]),
    {
      ...kyvernoImage('clean-up of webhooks', 'webhooksCleanup.image', 'kyverno/readiness-checker', [
        on('webhooksCleanup.enabled', true),
      ]),
      registry: part(['webhooksCleanup.image.registry', 'global.image.registry'], 'ghcr.io'),
    },
  ],
  containers: ['admissionController.extraInitContainers', 'admissionController.extraContainers'],
  beyond: [{ when: on('reportsServer.enabled', false), what: 'the chart of reports-server' }],
  settings: [
    {
      name: 'replicas',
      path: 'admissionController.replicas',
      default: 1,
      meaning: 'Replicas of the admission controller; with one, no request is judged while it restarts.',
    },
    {
      name: 'fail-open',
      path: 'features.forceFailurePolicyIgnore.enabled',
      default: false,
      meaning: 'Every webhook lets requests pass while Kyverno does not answer.',
    },
    {
      name: 'exceptions',
      path: 'features.policyExceptions.enabled',
      default: false,
      meaning: 'Policy exceptions take objects out of policies.',
    },
    {
      name: 'exceptions-namespace',
      path: 'features.policyExceptions.namespace',
      meaning: 'The namespace in which policy exceptions count.',
    },
    {
      name: 'excludes-own-namespace',
      path: 'config.excludeKyvernoNamespace',
      default: true,
      meaning: 'Requests for its own namespace are not judged.',
    },
    {
      name: 'excluded-namespaces',
      path: 'config.resourceFiltersExcludeNamespaces',
      default: [],
      meaning: 'Namespaces whose default filters are taken away, so that they are judged.',
    },
    {
      name: 'resource-filters',
      path: 'config.resourceFilters',
      meaning:
        'Kinds, namespaces and names that are not judged, `[kind,namespace,name]`; by default those of the system namespaces among others.',
    },
    {
      name: 'resource-filters-exclude',
      path: 'config.resourceFiltersExclude',
      default: [],
      meaning: 'Filters taken away from the default ones.',
    },
    {
      name: 'resource-filters-include',
      path: 'config.resourceFiltersInclude',
      default: [],
      meaning: 'Filters beside the default ones.',
    },
    {
      name: 'resource-filters-include-namespaces',
      path: 'config.resourceFiltersIncludeNamespaces',
      default: [],
      meaning: 'More namespaces that are not judged.',
    },
    {
      name: 'match-conditions',
      path: 'config.matchConditions',
      default: [],
      meaning: 'Conditions under which a request reaches a webhook.',
    },
    {
      name: 'webhook-selectors',
      path: 'config.webhooks',
      meaning: 'Selectors of the webhooks; by default kube-system is not judged.',
    },
    {
      name: 'excluded-usernames',
      path: 'config.excludeUsernames',
      default: [],
      meaning: 'User names whose requests are not judged.',
    },
    {
      name: 'excluded-groups',
      path: 'config.excludeGroups',
      meaning: 'Groups whose requests are not judged; by default system:nodes.',
    },
  ],
};

/** https://github.com/open-policy-agent/gatekeeper/tree/master/charts/gatekeeper. */
export const GATEKEEPER: ChartSummary = {
  chart: 'gatekeeper',
  installs: 'gatekeeper',
  date: '2026-11',
  from: '3.20.0',
  repositories: ['https://open-policy-agent.github.io/gatekeeper/charts'],
  images: [
    plainImage('controller and audit', 'image', 'openpolicyagent/gatekeeper', { tag: 'release' }),
    {
      role: 'custom resources',
      path: 'image',
      repository: part(
        ['preInstall.crdRepository.image.repository', 'image.crdRepository'],
        'openpolicyagent/gatekeeper-crds',
      ),
      tag: part('image.release'),
      when: [on('upgradeCRDs.enabled', true)],
    },
    plainImage(
      'label of the namespace, upgrade',
      'postUpgrade.labelNamespace.image',
      'openpolicyagent/gatekeeper-crds',
      { when: [on('postUpgrade.labelNamespace.enabled', false)] },
    ),
    plainImage(
      'label of the namespace, installation',
      'postInstall.labelNamespace.image',
      'openpolicyagent/gatekeeper-crds',
      { when: [on('postInstall.labelNamespace.enabled', true)] },
    ),
    plainImage('probe of the webhook', 'postInstall.probeWebhook.image', 'curlimages/curl', {
      when: [on('postInstall.probeWebhook.enabled', true)],
    }),
    plainImage(
      'removal of the webhooks',
      'preUninstall.deleteWebhookConfigurations.image',
      'openpolicyagent/gatekeeper-crds',
      { when: [on('preUninstall.deleteWebhookConfigurations.enabled', false)] },
    ),
  ],
  beyond: [
    { when: on('enableViolationExport', false), what: 'the side container that exports violations' },
    // Its tag has a value of its own then, `preInstall.crdRepository.image.tag`.
    {
      when: { path: 'preInstall.crdRepository.image.repository', is: '(given)', default: '' },
      what: 'an image of its own for custom resources',
    },
  ],
  settings: [
    { name: 'replicas', path: 'replicas', default: 3, meaning: 'Replicas of the controller.' },
    {
      name: 'failure-policy',
      path: 'validatingWebhookFailurePolicy',
      default: 'Ignore',
      meaning: 'What happens to requests while the validating webhook does not answer.',
    },
    {
      name: 'failure-policy-of-labels',
      path: 'validatingWebhookCheckIgnoreFailurePolicy',
      default: 'Fail',
      meaning: 'The same, for the label that exempts a namespace.',
    },
    { name: 'disabled', path: 'disableValidatingWebhook', default: false, meaning: 'There is no validating webhook.' },
    {
      name: 'excluded-namespaces',
      path: 'controllerManager.exemptNamespaces',
      default: [],
      meaning: 'Namespaces that may bear the label which exempts them.',
    },
    {
      name: 'excluded-namespace-prefixes',
      path: 'controllerManager.exemptNamespacePrefixes',
      default: [],
      meaning: 'Starts of the names of such namespaces.',
    },
    {
      name: 'excluded-labels',
      path: 'validatingWebhookExemptNamespacesLabels',
      meaning: 'Labels of namespaces that are not judged.',
    },
    {
      name: 'object-selector',
      path: 'validatingWebhookObjectSelector',
      meaning: 'Objects that are judged; by default all.',
    },
    {
      name: 'match-conditions',
      path: 'validatingWebhookMatchConditions',
      default: [],
      meaning: 'Conditions under which a request is judged.',
    },
  ],
};
