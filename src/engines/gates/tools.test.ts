import { describe, expect, it } from 'vitest';
import { flagValue, flagValues, hasFlag, isOn, positional } from './options.ts';
import { recogniseCommand, toolOfAction } from './recognise.ts';
import { TOOLS } from './tools.ts';
import type { Invocation } from './types.ts';

const at = { path: 'w.yml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

/** `id: yes|no|undecided [subjects]` of a command line; undefined where no tool is called. */
function command(line: string, env: Readonly<Record<string, string>> = {}): string | undefined {
  const found = recogniseCommand(line.split(/\s+/));
  if (found === undefined) return undefined;
  const call: Invocation = {
    tool: found.tool,
    via: 'command',
    args: found.args,
    inputs: new Map(),
    env: new Map(Object.entries(env)),
    at,
  };
  return `${found.tool.id}: ${found.tool.failsOnFinding(call).answer} [${found.tool.subjects(call).join(' ')}]`;
}

function action(name: string, inputs: Readonly<Record<string, string>> = {}): string | undefined {
  const tool = toolOfAction(name);
  if (tool === undefined) return undefined;
  const call: Invocation = {
    tool,
    via: 'action',
    args: [],
    inputs: new Map(Object.entries(inputs)),
    env: new Map(),
    at,
  };
  return `${tool.id}: ${tool.failsOnFinding(call).answer} [${tool.subjects(call).join(' ')}]`;
}

const MISCONFIGURATION = 'dockerfiles infrastructure manifests';

describe('commands', () => {
  it.each([
    ['trivy fs .', 'trivy: no [dependencies secrets]'],
    ['trivy fs --exit-code 1 .', 'trivy: yes [dependencies secrets]'],
    ['trivy fs --exit-code=1 --scanners=vuln .', 'trivy: yes [dependencies]'],
    ['trivy --exit-code 0 image --exit-code 1 x', 'trivy: yes [images]'],
    ['trivy image --exit-code 1 --exit-code 0 x', 'trivy: no [images]'],
    ['trivy --cache-dir /tmp/c config --exit-code $CODE .', `trivy: undecided [${MISCONFIGURATION}]`],
    ['trivy config --config trivy.yaml .', `trivy: undecided [${MISCONFIGURATION}]`],
    ['grype dir:. --fail-on high', 'grype: yes [dependencies]'],
    ['grype alpine:3 -o table', 'grype: no [images]'],
    ['gitleaks detect', 'gitleaks: yes [secrets]'],
    ['gitleaks dir . --exit-code 0', 'gitleaks: no [secrets]'],
    ['gitleaks dir . --exit-code=0', 'gitleaks: no [secrets]'],
    ['gitleaks -c x.toml protect --staged', 'gitleaks: yes []'],
    ['trufflehog git file://. --fail', 'trufflehog: yes [secrets]'],
    ['trufflehog git file://.', 'trufflehog: no [secrets]'],
    ['trufflehog git file://. --fail=false', 'trufflehog: no [secrets]'],
    ['semgrep --config p/ci', 'semgrep: no [source secrets dockerfiles infrastructure manifests workflows]'],
    ['semgrep scan --error', 'semgrep: yes [source secrets dockerfiles infrastructure manifests workflows]'],
    ['semgrep ci', 'semgrep: yes [source secrets dockerfiles infrastructure manifests workflows]'],
    ['semgrep ci --dry-run', 'semgrep: no [source secrets dockerfiles infrastructure manifests workflows]'],
    ['osv-scanner scan -r .', 'osv-scanner: yes [dependencies]'],
    ['dependency-check.sh --scan .', 'dependency-check: no [dependencies]'],
    ['dependency-check.sh --scan . --failOnCVSS 7', 'dependency-check: yes [dependencies]'],
    ['dependency-check.sh --scan . --failOnCVSS 11', 'dependency-check: no [dependencies]'],
    ['npm audit --audit-level=high', 'npm-audit: yes [dependencies]'],
    ['npm audit signatures', 'npm-audit: no [dependencies]'],
    ['npm audit fix', 'npm-audit: no [dependencies]'],
    ['pip-audit --dry-run', 'pip-audit: no [dependencies]'],
    ['govulncheck ./...', 'govulncheck: yes [dependencies]'],
    ['govulncheck -format sarif ./...', 'govulncheck: no [dependencies]'],
    ['govulncheck -json ./...', 'govulncheck: no [dependencies]'],
    ['cargo deny check', 'cargo-audit: yes [dependencies]'],
    ['snyk test', 'snyk: yes [dependencies]'],
    ['snyk monitor', 'snyk: no [dependencies]'],
    ['snyk container test x', 'snyk: yes [images]'],
    ['hadolint Dockerfile', 'hadolint: yes [dockerfiles]'],
    ['hadolint --no-fail Dockerfile', 'hadolint: no [dockerfiles]'],
    ['hadolint -t none Dockerfile', 'hadolint: no [dockerfiles]'],
    ['checkov -d . --soft-fail', 'checkov: no [dockerfiles infrastructure manifests workflows]'],
    ['checkov -d .', 'checkov: yes [dockerfiles infrastructure manifests workflows]'],
    ['kubescape scan .', 'kubescape: no [manifests]'],
    ['kubescape scan . --compliance-threshold 0', 'kubescape: no [manifests]'],
    ['kubescape scan . --fail-threshold 0', 'kubescape: yes [manifests]'],
    ['kubescape scan . --severity-threshold high', 'kubescape: yes [manifests]'],
    ['zizmor .', 'zizmor: yes [workflows]'],
    ['zizmor --format=sarif .', 'zizmor: no [workflows]'],
    ['zizmor --no-exit-codes .', 'zizmor: no [workflows]'],
    ['pinact run --check', 'pinact: yes [workflows]'],
    ['pinact run', 'pinact: no [workflows]'],
    [
      'fourproof verify',
      'fourproof: yes [source dependencies secrets dockerfiles images infrastructure manifests workflows]',
    ],
    [
      'fourproof explain x',
      'fourproof: no [source dependencies secrets dockerfiles images infrastructure manifests workflows]',
    ],
    ['ggshield secret scan ci', 'ggshield: undecided [secrets]'],
  ])('%s', (line, expected) => {
    expect(command(line)).toBe(expected);
  });

  it.each([
    'npx fourproof@1.2.3 verify',
    'npx --yes fourproof',
    'npm exec -- fourproof',
    'pnpm dlx fourproof verify',
    'sudo -u ci fourproof',
    'timeout 10m fourproof',
    'timeout -k 5 10m fourproof',
    'env A=b fourproof',
    './node_modules/.bin/fourproof verify',
    'command fourproof',
  ])('looks behind %s', (line) => {
    expect(command(line)).toMatch(/^fourproof: yes/);
  });

  it.each([
    ['go run github.com/gitleaks/gitleaks/v8@latest detect', 'gitleaks'],
    ['go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ./...', 'govulncheck'],
    ['uvx --from zizmor zizmor .', 'zizmor'],
    ['python3 -m pip_audit', undefined],
    ['docker run --rm -v $PWD:/repo ghcr.io/gitleaks/gitleaks:v8 dir /repo', 'gitleaks'],
    ['docker run --rm aquasec/trivy@sha256:abc image --exit-code 1 x', 'trivy'],
    ['podman container run hadolint/hadolint hadolint -', 'hadolint'],
    ['docker run alpine gitleaks', undefined],
    ['echo gitleaks detect', undefined],
    ['pip install semgrep', undefined],
    ['gitleaks version', undefined],
    ['hadolint --version', undefined],
    ['command -v hadolint', undefined],
    ['trivy image --help', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s is a call of %s', (line, id) => {
    expect(command(line)?.split(':')[0]).toBe(id);
  });

  it('reads the environment where no flag is given', () => {
    expect(command('trivy image x', { TRIVY_EXIT_CODE: '1' })).toMatch(/yes/);
    expect(command('trivy image x', { TRIVY_EXIT_CODE: '${{ inputs.code }}' })).toMatch(/undecided/);
    expect(command('trivy image --exit-code 0 x', { TRIVY_EXIT_CODE: '1' })).toMatch(/no/);
    expect(command('grype x', { GRYPE_FAIL_ON_SEVERITY: 'high' })).toMatch(/yes/);
    expect(command('hadolint Dockerfile', { HADOLINT_NOFAIL: '1' })).toMatch(/no/);
  });
});

describe('actions', () => {
  it.each([
    ['aquasecurity/trivy-action', {}, 'trivy: no [images]'],
    ['aquasecurity/trivy-action', { 'exit-code': '1', 'scan-type': 'fs' }, 'trivy: yes [dependencies secrets]'],
    ['aquasecurity/trivy-action', { 'exit-code': '0' }, 'trivy: no [images]'],
    ['aquasecurity/trivy-action', { 'exit-code': '${{ inputs.code }}' }, 'trivy: undecided [images]'],
    ['aquasecurity/trivy-action', { 'trivy-config': 'trivy.yaml' }, 'trivy: undecided [images]'],
    ['anchore/scan-action', { image: 'x' }, 'grype: yes [images]'],
    ['anchore/scan-action', { path: '.', 'fail-build': 'false' }, 'grype: no [dependencies]'],
    ['gitleaks/gitleaks-action', {}, 'gitleaks: yes [secrets]'],
    ['trufflesecurity/trufflehog', {}, 'trufflehog: yes [secrets]'],
    ['hadolint/hadolint-action', { 'no-fail': 'true' }, 'hadolint: no [dockerfiles]'],
    ['hadolint/hadolint-action', {}, 'hadolint: yes [dockerfiles]'],
    [
      'bridgecrewio/checkov-action',
      { soft_fail: 'true' },
      'checkov: no [dockerfiles infrastructure manifests workflows]',
    ],
    ['actions/dependency-review-action', { 'warn-only': 'true' }, 'dependency-review: no [dependencies]'],
    ['kubescape/github-action', { severitythreshold: 'high' }, 'kubescape: yes [manifests]'],
    ['zizmorcore/zizmor-action', {}, 'zizmor: no [workflows]'],
    ['zizmorcore/zizmor-action', { 'advanced-security': 'false' }, 'zizmor: yes [workflows]'],
    ['snyk/actions/node', { command: 'monitor' }, 'snyk: no [dependencies]'],
    ['snyk/actions/node', {}, 'snyk: yes [dependencies]'],
    ['snyk/actions/setup', {}, undefined],
    ['github/codeql-action/analyze', {}, 'codeql: no [source workflows]'],
    ['github/codeql-action/init', {}, undefined],
    ['zgosalvez/github-actions-ensure-sha-pinned-actions', { dry_run: 'true' }, 'ensure-sha-pinned: no [workflows]'],
    ['actions/checkout', {}, undefined],
  ] as const)('%s %j', (name, inputs, expected) => {
    expect(action(name, inputs)).toBe(expected);
  });

  it('gives every tool an id of its own', () => {
    expect(new Set(TOOLS.map((tool) => tool.id)).size).toBe(TOOLS.length);
    for (const tool of TOOLS) expect(tool.actions.length + tool.commands.length, tool.id).toBeGreaterThan(0);
  });
});

describe('options', () => {
  const call = { args: ['run', '-f', 'a', '--x=1', '--x', '2', '--on', '--off=false', '--maybe=$Y', '--end'] };

  it('reads flags in their forms, the last one counting', () => {
    expect(flagValue(call, ['--x'])).toBe('2');
    expect(flagValues(call, ['--x', '-f'])).toEqual(['a', '1', '2']);
    expect(flagValue(call, ['--end'])).toBeUndefined();
    expect([hasFlag(call, '--off'), hasFlag(call, '--o')]).toEqual([true, false]);
    expect(['--on', '--off', '--maybe', '--none'].map((name) => isOn(call, [name]))).toEqual([
      true,
      false,
      undefined,
      false,
    ]);
    expect(positional({ args: ['scan', '--x', '.'] })).toEqual(['scan', '.']);
  });
});
