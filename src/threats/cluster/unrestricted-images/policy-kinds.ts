/** Kinds of objects that decide on admission: Kyverno's, Kubernetes' own, and the webhooks that carry them. */
export const POLICY_KINDS: readonly string[] = [
  'ClusterPolicy',
  'Policy',
  'PolicyException',
  'ValidatingPolicy',
  'MutatingPolicy',
  'ImageValidatingPolicy',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
];
