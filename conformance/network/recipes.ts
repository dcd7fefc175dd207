/**
 * What the published recipes (github.com/ahmetb/kubernetes-network-policy-recipes) say that must and must not connect,
 * in our words. The policies are read from an outside checkout; the pods are those that each recipe starts.
 */
export interface Recipe {
  /** File of the checkout. */
  readonly file: string;
  /** Which of its manifests are applied, by their names; all where it is absent. */
  readonly policies?: readonly string[];
  /** Other files whose policies it applies, too. */
  readonly with?: readonly string[];
  /** Labels of namespaces, where they have any. */
  readonly namespaces?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Pods by `namespace/name`, with their labels and named ports. */
  readonly pods: Readonly<
    Record<
      string,
      { readonly labels: Readonly<Record<string, string>>; readonly ports?: Readonly<Record<string, number>> }
    >
  >;
  /** From, to, TCP port (or `UDP/53`), and whether it connects. */
  readonly expected: readonly (readonly [from: string, to: string, port: string, connects: boolean])[];
}

const WEB = { 'default/web': { labels: { app: 'web' } } } as const;
const CLIENT = { 'default/test': { labels: { run: 'test' } }, 'other/test': { labels: { run: 'test' } } } as const;
const DNS = { 'kube-system/kube-dns': { labels: { 'k8s-app': 'kube-dns' } } } as const;
const OUTSIDE = '8.8.8.8';

export const RECIPES: readonly Recipe[] = [
  {
    file: '01-deny-all-traffic-to-an-application.md',
    pods: { ...WEB, ...CLIENT },
    expected: [
      ['default/test', 'default/web', '80', false],
      ['other/test', 'default/web', '80', false],
      [OUTSIDE, 'default/web', '80', false],
      ['default/web', 'default/test', '80', true],
    ],
  },
  {
    file: '02-limit-traffic-to-an-application.md',
    pods: {
      'default/apiserver': { labels: { app: 'bookstore', role: 'api' } },
      'default/front': { labels: { app: 'bookstore', role: 'frontend' } },
      ...CLIENT,
    },
    expected: [
      ['default/test', 'default/apiserver', '80', false],
      ['default/front', 'default/apiserver', '80', true],
      ['default/test', 'default/front', '80', true],
    ],
  },
  {
    file: '02a-allow-all-traffic-to-an-application.md',
    with: ['01-deny-all-traffic-to-an-application.md'],
    pods: { ...WEB, ...CLIENT },
    expected: [
      ['default/test', 'default/web', '80', true],
      ['other/test', 'default/web', '80', true],
      [OUTSIDE, 'default/web', '80', true],
    ],
  },
  {
    file: '03-deny-all-non-whitelisted-traffic-in-the-namespace.md',
    pods: { ...WEB, ...CLIENT },
    expected: [
      ['default/test', 'default/web', '80', false],
      ['default/web', 'default/test', '80', false],
      ['default/web', 'other/test', '80', true],
    ],
  },
  {
    file: '04-deny-traffic-from-other-namespaces.md',
    pods: { ...WEB, ...CLIENT },
    expected: [
      ['other/test', 'default/web', '80', false],
      ['default/test', 'default/web', '80', true],
      [OUTSIDE, 'default/web', '80', false],
    ],
  },
  {
    file: '05-allow-traffic-from-all-namespaces.md',
    with: ['01-deny-all-traffic-to-an-application.md'],
    pods: { ...WEB, ...CLIENT },
    expected: [
      ['other/test', 'default/web', '80', true],
      ['default/test', 'default/web', '80', true],
      [OUTSIDE, 'default/web', '80', false],
    ],
  },
  {
    file: '06-allow-traffic-from-a-namespace.md',
    namespaces: { dev: { purpose: 'testing' }, prod: { purpose: 'production' } },
    pods: { ...WEB, 'dev/test': { labels: {} }, 'prod/test': { labels: {} } },
    expected: [
      ['dev/test', 'default/web', '80', false],
      ['prod/test', 'default/web', '80', true],
    ],
  },
  {
    file: '07-allow-traffic-from-some-pods-in-another-namespace.md',
    namespaces: { other: { team: 'operations' } },
    pods: {
      ...WEB,
      ...CLIENT,
      'other/monitor': { labels: { type: 'monitoring' } },
      'default/monitor': { labels: { type: 'monitoring' } },
    },
    expected: [
      ['default/test', 'default/web', '80', false],
      ['default/monitor', 'default/web', '80', false],
      ['other/test', 'default/web', '80', false],
      ['other/monitor', 'default/web', '80', true],
    ],
  },
  {
    file: '08-allow-external-traffic.md',
    with: ['01-deny-all-traffic-to-an-application.md'],
    pods: { ...WEB, ...CLIENT },
    expected: [
      [OUTSIDE, 'default/web', '80', true],
      ['other/test', 'default/web', '80', true],
    ],
  },
  {
    file: '09-allow-traffic-only-to-a-port.md',
    policies: ['api-allow-5000'],
    pods: {
      'default/apiserver': { labels: { app: 'apiserver' } },
      'default/monitor': { labels: { role: 'monitoring' } },
      ...CLIENT,
    },
    expected: [
      ['default/test', 'default/apiserver', '8001', false],
      ['default/test', 'default/apiserver', '5000', false],
      ['default/monitor', 'default/apiserver', '5000', true],
      ['default/monitor', 'default/apiserver', '8000', false],
      ['default/monitor', 'default/apiserver', 'UDP/5000', false],
    ],
  },
  {
    file: '10-allowing-traffic-with-multiple-selectors.md',
    pods: {
      'default/db': { labels: { app: 'bookstore', role: 'db' } },
      'default/catalog': { labels: { app: 'inventory', role: 'web' } },
      'default/search': { labels: { app: 'bookstore', role: 'search' } },
      'default/mixed': { labels: { app: 'inventory', role: 'search' } },
      'default/other': { labels: { app: 'other' } },
    },
    expected: [
      ['default/catalog', 'default/db', '6379', true],
      ['default/search', 'default/db', '6379', true],
      ['default/mixed', 'default/db', '6379', false],
      ['default/other', 'default/db', '6379', false],
    ],
  },
  {
    file: '11-deny-egress-traffic-from-an-application.md',
    pods: { ...WEB, 'default/foo': { labels: { app: 'foo' } }, ...DNS },
    expected: [
      ['default/foo', 'default/web', '80', false],
      ['default/foo', OUTSIDE, '80', false],
      ['default/web', 'default/foo', '80', true],
    ],
  },
  {
    file: '12-deny-all-non-whitelisted-traffic-from-the-namespace.md',
    pods: { ...WEB, ...CLIENT },
    expected: [
      ['default/web', 'default/test', '80', false],
      ['default/test', OUTSIDE, '80', false],
      ['other/test', 'default/web', '80', true],
    ],
  },
  {
    file: '14-deny-external-egress-traffic.md',
    pods: { ...WEB, 'default/foo': { labels: { app: 'foo' } }, ...DNS },
    expected: [
      ['default/foo', 'kube-system/kube-dns', 'UDP/53', true],
      ['default/foo', 'kube-system/kube-dns', '53', true],
      ['default/foo', 'kube-system/kube-dns', '80', false],
      ['default/foo', 'default/web', '80', false],
      ['default/foo', OUTSIDE, '80', false],
      ['default/web', OUTSIDE, '80', true],
    ],
  },
];
