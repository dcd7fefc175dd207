import { describe, expect, it } from 'vitest';
import { releaseOf } from '../../../../../test/terraform/cluster.ts';
import { settingOf, summaryOf } from './find-summary.ts';
import { imagesOf } from './images.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function release(chart: string, repository: string, values = '{}', more = '') {
  return releaseOf(
    `  name = "n"\n  chart = "${chart}"\n  repository = "${repository}"\n  values = [yamlencode(${values})]\n${more}`,
    'variable "u" {}',
  );
}

const metrics = (values: string, more = '') =>
  release('metrics-server', 'https://kubernetes-sigs.github.io/metrics-server/', values, more);
const nginx = (values: string) => release('ingress-nginx', 'https://kubernetes.github.io/ingress-nginx', values);
const cilium = (values: string) => release('cilium', 'https://helm.cilium.io/', values);

describe('imagesOf', () => {
  it('knows nothing of a chart without a summary', () => {
    expect(imagesOf(release('own', 'https://charts.example'))).toMatchObject({ images: [], complete: false });
    expect(imagesOf(release('./charts/kyverno', ''))).toMatchObject({ images: [], complete: false });
  });

  it('leaves the tag to the chart where the values say nothing', () => {
    expect(imagesOf(metrics('{}'))).toEqual({
      images: [
        {
          role: 'server',
          name: 'registry.k8s.io/metrics-server/metrics-server',
          unknown: 'the tag is that of the version of the chart',
          at: expect.objectContaining({ route: 'helm_release.x' }),
        },
      ],
      complete: true,
      missing: [],
      summary: 'metrics-server chart summary of 2026-11',
    });
  });

  it('takes tag, digest and repository from the values', () => {
    expect(imagesOf(metrics(`{ image = { repository = "r.example/m", tag = "v1@${DIGEST}" } }`)).images).toMatchObject([
      { reference: `r.example/m:v1@${DIGEST}`, at: { startLine: 6, route: 'helm_release.x values.image.tag' } },
    ]);
    expect(imagesOf(metrics('{ image = { tag = "v1" } }')).images).toMatchObject([
      { reference: 'registry.k8s.io/metrics-server/metrics-server:v1' },
    ]);
    expect(imagesOf(metrics('{ image = { repository = "Not Valid", tag = "v1" } }')).images[0]).toMatchObject({
      unknown: 'Not Valid:v1 is no reference of an image',
    });
    expect(
      imagesOf(nginx(`{ controller = { image = { digest = "${DIGEST}", tag = "v9" } } }`)).images[0],
    ).toMatchObject({ reference: `registry.k8s.io/ingress-nginx/controller:v9@${DIGEST}` });
  });

  it('tells a digest of the chart from one that is taken away', () => {
    expect(imagesOf(nginx('{}')).images[0]).toMatchObject({
      name: 'registry.k8s.io/ingress-nginx/controller',
      pinnedByChart: true,
    });
    expect(imagesOf(nginx('{ controller = { image = { tag = "v9", digest = "" } } }')).images[0]).toMatchObject({
      reference: 'registry.k8s.io/ingress-nginx/controller:v9',
    });
    expect(imagesOf(nginx('{ controller = { image = { digest = null } } }')).images[0]).not.toHaveProperty(
      'pinnedByChart',
    );
    expect(imagesOf(cilium('{ image = { useDigest = false } }')).images[0]).not.toHaveProperty('pinnedByChart');
    expect(imagesOf(cilium(`{ image = { override = "r.example/c@${DIGEST}" } }`)).images[0]).toMatchObject({
      reference: `r.example/c@${DIGEST}`,
    });
  });

  it('follows switches', () => {
    const roles = (values: string) =>
      imagesOf(cilium(values))
        .images.filter(({ role }) => role === 'operator')
        .map(({ name }) => name);
    expect(roles('{}')).toEqual(['quay.io/cilium/operator-generic']);
    expect(roles('{ eni = { enabled = true } }')).toEqual(['quay.io/cilium/operator-aws']);
    expect(imagesOf(metrics('{ addonResizer = { enabled = var.u } }')).images).toMatchObject([
      { role: 'server' },
      { role: 'resizer', doubt: 'var.u has no value' },
    ]);
  });

  it('is not complete where values add what the summary does not describe', () => {
    const aws = (values: string) =>
      imagesOf(
        release(
          'secrets-store-csi-driver-provider-aws',
          'https://aws.github.io/secrets-store-csi-driver-provider-aws',
          values,
        ),
      );
    expect(aws('{}').missing).toEqual(['the chart of secrets-store-csi-driver is not part of the summary']);
    expect(aws('{ "secrets-store-csi-driver" = { install = false } }').complete).toBe(true);
    const added = imagesOf(
      nginx('{ controller = { extraContainers = [{ name = "a", image = "r.example/a:1" }, { name = "b" }] } }'),
    );
    expect(added.images.at(-1)).toMatchObject({ role: 'controller.extraContainers', reference: 'r.example/a:1' });
    expect(added.complete).toBe(false);
    expect(imagesOf(release('tigera-operator', 'https://docs.tigera.io/calico/charts')).complete).toBe(false);
  });

  it('never takes a default for a value that may be set', () => {
    const open = imagesOf(
      releaseOf(
        '  name = "n"\n  chart = "metrics-server"\n  repository = "https://kubernetes-sigs.github.io/metrics-server"\n  values = [var.u]',
        'variable "u" {}',
      ),
    );
    expect(open.complete).toBe(false);
    expect(open.images[0]?.name).toBeUndefined();
    expect(open.images[0]?.unknown).toContain('var.u has no value');
  });

  it('doubts defaults of other repositories and older versions, and keeps what the values say', () => {
    const pinned = `{ image = { repository = "r.example/m", tag = "1@${DIGEST}" } }`;
    const older = imagesOf(metrics(pinned, '  version = "3.8.0"'));
    expect(older).toMatchObject({ complete: false, images: [{ reference: `r.example/m:1@${DIGEST}` }] });
    expect(imagesOf(metrics('{}', '  version = "3.8.0"')).images[0]?.name).toBeUndefined();
    expect(imagesOf(release('metrics-server', 'https://mirror.example')).missing[0]).toContain('mirror.example');
    expect(imagesOf(metrics('{}', '  version = "~> 3.12"')).complete).toBe(false);
    expect(imagesOf(metrics('{}', '  version = "3.12.2"')).complete).toBe(true);
  });
});

describe('summaryOf', () => {
  it.each([
    ['kyverno', 'https://kyverno.github.io/kyverno/', 'kyverno', false],
    ['oci://ghcr.io/external-secrets/charts/external-secrets', '', 'external-secrets', false],
    ['gatekeeper/gatekeeper', '', 'gatekeeper', true],
    ['https://example.org/cilium-1.16.0.tgz', '', 'cilium', true],
  ])('finds %s', (chart, repository, installs, isDoubted) => {
    const given = repository === '' ? '' : `  repository = "${repository}"\n`;
    const found = summaryOf(releaseOf(`  name = "n"\n  chart = "${chart}"\n${given}`));
    expect(found?.summary.installs).toBe(installs);
    expect(found?.doubt !== undefined).toBe(isDoubted);
  });
});

describe('settingOf', () => {
  const kyverno = (values: string) => release('kyverno', 'https://kyverno.github.io/kyverno', values);

  it('gives the value, the default, or why neither is known', () => {
    expect(settingOf(kyverno('{ admissionController = { replicas = 3 } }'), 'replicas')).toMatchObject({
      kind: 'given',
      node: { value: 3 },
    });
    expect(settingOf(kyverno('{}'), 'replicas')).toMatchObject({ kind: 'default', value: 1 });
    expect(settingOf(kyverno('{ features = var.u }'), 'fail-open')).toMatchObject({
      kind: 'unknown',
      why: 'var.u has no value',
    });
    expect(
      settingOf(kyverno('{ config = { excludeKyvernoNamespace = null } }'), 'excludes-own-namespace'),
    ).toMatchObject({ kind: 'unknown' });
    expect(settingOf(kyverno('{}'), 'nothing')).toBeUndefined();
  });
});
