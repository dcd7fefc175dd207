import { describe, expect, it } from 'vitest';
import { factsOfTexts, workflowOf } from '../../../test/gate-facts.ts';
import { findPublishings } from './find-publishings.ts';
import { pushedBy } from './pushes.ts';
import { describeScans } from './scans.ts';
import { originOfTag } from './tags.ts';

const W = '.github/workflows/p.yml';
const ECR = '1.dkr.ecr.eu-west-1.amazonaws.com';

async function publishings(steps: string, more: Readonly<Record<string, string>> = {}, job = '') {
  const { facts } = await factsOfTexts({ [W]: workflowOf({ on: 'push', steps, job }), ...more });
  return findPublishings(facts);
}

describe('originOfTag', () => {
  it.each([
    ['ghcr.io/o/a:${{ github.sha }}', 'commit'],
    ['a:v1-${GITHUB_SHA}', 'commit'],
    ['a:$(git rev-parse --short HEAD)', 'commit'],
    ['a:$(git describe --tags --always)', 'commit'],
    ['a:$(git describe --tags --abbrev=0)', 'undecided'],
    ['a:${{ github.run_id }}', 'commit'],
    ['a:${{ github.ref_name }}', 'movable'],
    ['a:${{ github.ref_name }}-${{ github.sha }}', 'commit'],
    ['a:latest', 'movable'],
    ['a:commit', 'movable'],
    ['localhost:5000/a', 'movable'],
    ['a', 'movable'],
    ['${{ env.IMAGE }}', 'undecided'],
    ['a:${{ steps.v.outputs.version }}', 'undecided'],
    ['type=sha', 'commit'],
    ['type=ref,event=branch', 'movable'],
    ['type=semver,pattern={{version}}', 'movable'],
    ['type=raw,value=${{ github.sha }}', 'commit'],
    ['type=raw,value=latest,enable={{is_default_branch}}', 'movable'],
    ["type=raw,value=latest,enable=${{ github.ref == 'x' }}", 'undecided'],
  ])('%s: %s', (reference, kind) => {
    expect(originOfTag(reference).kind).toBe(kind);
  });
});

describe('what is pushed', () => {
  it.each([
    ['docker push a:1', ['a:1']],
    ['docker image push a:1', ['a:1']],
    ['docker build -t a:1 --push .', ['a:1']],
    ['docker buildx build --push=false -t a:1 .', []],
    ['docker buildx build --tag=a:1 -t b:2 --output type=registry .', ['a:1', 'b:2']],
    ['docker build -t a:1 .', []],
    ['docker buildx imagetools create -t a:latest a:1', ['a:latest']],
    ['docker manifest push a:1', ['a:1']],
    ['sudo podman push a:1', ['a:1']],
    ['crane copy a:1 b:2', ['b:2']],
    ['crane tag o/a:1 latest', ['o/a:latest']],
    ['skopeo copy docker://a:1 docker://b:2', ['b:2']],
    ['docker pull a', []],
    ['git push origin', []],
  ])('%s', (line, expected) => {
    expect(pushedBy(line.split(' '))).toEqual(expected);
  });

  it('reads docker/build-push-action with tags of docker/metadata-action', async () => {
    const steps =
      '- id: meta\n  uses: docker/metadata-action@v5\n  with:\n    tags: |\n      type=sha\n      type=raw,value=x,enable=false\n      latest\n- uses: docker/build-push-action@v6\n  with: {push: true, tags: "${{ steps.meta.outputs.tags }}"}';
    const [publishing] = await publishings(steps);
    expect(publishing?.images.map(({ reference, origin }) => `${reference} ${origin.kind}`)).toEqual([
      'type=sha commit',
      'type=raw,value=latest movable',
    ]);
    expect(publishing?.at).toMatchObject({ startLine: 14 });
    expect(await publishings('- uses: docker/build-push-action@v6\n  with: {push: false, tags: a}')).toEqual([]);
    expect(await publishings('- uses: docker/build-push-action@v6\n  with: {tags: a}')).toEqual([]);
  });

  it('fills in variables and follows composite actions', async () => {
    const composite =
      'runs:\n  using: composite\n  steps:\n    - run: docker push "$IMAGE:${{ github.sha }}"\n      shell: bash\n';
    const [publishing] = await publishings('- uses: ./p', { 'p/action.yml': composite }, 'env: {IMAGE: ghcr.io/o/a}');
    expect(publishing?.images[0]?.reference).toBe('ghcr.io/o/a:${{ github.sha }}');
    expect(publishing?.at).toMatchObject({ path: 'p/action.yml', startLine: 4 });
  });
});

describe('with what it logs in', () => {
  const hub = '- uses: docker/login-action@v3\n  with: {username: u, password: "${{ secrets.HUB }}"}\n';
  const ghcr = '- uses: docker/login-action@v3\n  with: {registry: ghcr.io, password: "${{ secrets.GITHUB_TOKEN }}"}\n';
  const role = '- uses: aws-actions/configure-aws-credentials@v4\n  with: {role-to-assume: arn}\n';
  const keys = '- uses: aws-actions/configure-aws-credentials@v4\n  with: {aws-access-key-id: "${{ secrets.KEY }}"}\n';
  const push = (image: string): string => `- run: docker push ${image}:\${{ github.sha }}`;
  it.each([
    [hub + push('o/a'), 'long-lived HUB'],
    [ghcr + push('ghcr.io/o/a'), 'workflow-token'],
    [hub + ghcr + push('ghcr.io/o/a'), 'workflow-token'],
    [hub + role + push(`${ECR}/a`), 'oidc'],
    [keys + push(`${ECR}/a`), 'long-lived KEY'],
    [keys + role + push(`${ECR}/a`), 'oidc'],
    [role + push('o/a'), 'unknown'],
    [hub + ghcr + push('$REGISTRY/a'), 'unknown'],
    [hub + push('$REGISTRY/a'), 'long-lived HUB'],
    [
      '- run: echo "${{ secrets.PASS }}" | docker login -u x --password-stdin ghcr.io\n' + push('ghcr.io/o/a'),
      'long-lived PASS',
    ],
    ['- run: echo "${{ secrets.PASS }}" | docker login -u x --password-stdin ghcr.io\n' + push('o/a'), 'unknown'],
    [
      '- uses: google-github-actions/auth@v2\n  with: {workload_identity_provider: p, service_account: s}\n' +
        push('europe-docker.pkg.dev/o/a'),
      'oidc',
    ],
    [
      '- uses: google-github-actions/auth@v2\n  with: {credentials_json: "${{ secrets.GCP }}"}\n' + push('gcr.io/o/a'),
      'long-lived GCP',
    ],
    ['- uses: azure/login@v2\n  with: {client-id: c}\n' + push('x.azurecr.io/a'), 'oidc'],
    [push('o/a'), 'unknown'],
    [push('o/a') + '\n' + hub, 'unknown'],
  ])('%j: %s', async (steps, expected) => {
    const [publishing] = await publishings(steps);
    const credentials = publishing?.credentials;
    expect(credentials?.kind === 'long-lived' ? `long-lived ${credentials.secret}` : credentials?.kind).toBe(expected);
  });
});

describe('scans before the push', () => {
  const image = 'ghcr.io/o/a:${{ github.sha }}';
  const scan = `- run: trivy image --exit-code 1 --severity HIGH ${image}\n`;
  const push = `- run: docker push ${image}`;
  it.each([
    [push, 'pushes without a scan before it'],
    [push + '\n' + scan, 'pushes without a scan before it'],
    [scan + push, 'Trivy scans the same image before the push and can fail at HIGH'],
    [
      `- run: |\n    trivy image --exit-code 1 ${image}\n    docker push ${image}`,
      'Trivy scans the same image before the push and can fail',
    ],
    [`- run: |\n    docker push ${image}\n    trivy image --exit-code 1 ${image}`, 'pushes without a scan before it'],
    [
      `- run: trivy image --exit-code 1 other:1\n${push}`,
      'Trivy scans other:1, which is not known to be what is pushed, before the push and can fail',
    ],
    [`- run: trivy image ${image}\n${push}`, 'and cannot fail (without --exit-code it ends with 0 whatever it finds)'],
    [
      `- run: trivy image --exit-code 1 ${image}\n  continue-on-error: true\n${push}`,
      'and cannot fail (`continue-on-error` ignores its failure)',
    ],
    [
      `- run: trivy image --exit-code 1 ${image}\n  if: github.event_name == 'pull_request'\n${push}`,
      'and may not fail (it runs only if',
    ],
    [
      `- uses: aquasecurity/trivy-action@v1\n  with: {image-ref: "${image}", exit-code: "1"}\n${push}`,
      'scans the same image before the push and can fail',
    ],
  ])('%j', async (steps, expected) => {
    const found = await publishings(steps);
    expect(found[0] === undefined ? '' : describeScans(found[0])).toContain(expected);
  });
});
