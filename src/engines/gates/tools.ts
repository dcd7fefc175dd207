import { anyFlag, flagValue, hasFlag, input, positional } from './options.ts';
import type { Answer, Invocation, Subject, Tool } from './types.ts';

/** When the documentation of the tools below was read. */
export const AS_OF = '2026-11';

const YES: Answer = { answer: 'yes', why: 'it fails on a finding by default' };

function yes(why: string): Answer {
  return { answer: 'yes', why };
}

function no(why: string): Answer {
  return { answer: 'no', why };
}

/** Fails only with a flag; `flags` that take a value must have one that is not zero. */
function onlyWith(call: Invocation, flags: readonly string[], inputs: readonly string[]): Answer {
  const value = call.via === 'command' ? flagValue(call, flags) : input(call, inputs);
  if (value === undefined) return anyFlag(call, flags) ? yes(`${flags[0] ?? ''} is set`) : no(`without ${call.via === 'command' ? flags.join(' or ') : `\`${inputs.join('` or `')}\``} it never fails`);
  if (/\$|\{\{/.test(value)) return { answer: 'undecided', why: `an expression decides \`${value}\`` };
  return value === '' || value === '0' || value === 'false' ? no(`it is told to end with ${value === '' ? 'nothing' : value}`) : yes(`it is told to fail (${value})`);
}

function unless(call: Invocation, flags: readonly string[], inputs: readonly string[]): Answer {
  const flag = flags.find((name) => hasFlag(call, name));
  if (flag !== undefined) return no(`${flag} takes its failure away`);
  const value = input(call, inputs);
  if (value === undefined || value === 'false' || value === '') return YES;
  return value === 'true' ? no(`\`${inputs[0] ?? ''}: true\` takes its failure away`) : { answer: 'undecided', why: `an expression decides \`${value}\`` };
}

function fixed(...subjects: Subject[]): () => readonly Subject[] {
  return () => subjects;
}

function trivySubjects(call: Invocation): readonly Subject[] {
  const mode = call.via === 'command' ? positional(call)[0] : (input(call, ['scan-type']) ?? 'image');
  const scanners = call.via === 'command' ? flagValue(call, ['--scanners', '--security-checks']) : input(call, ['scanners', 'security-checks']);
  const on = (name: string, byDefault: boolean): boolean => (scanners === undefined ? byDefault : scanners.split(',').includes(name));
  switch (mode) {
    case 'image':
    case 'rootfs':
    case 'vm':
      return [...(on('vuln', true) ? (['images'] as const) : [])];
    case 'config':
      return ['dockerfiles', 'infrastructure', 'manifests'];
    case 'fs':
    case 'filesystem':
    case 'repo':
    case 'repository':
      return [
        ...(on('vuln', true) ? (['dependencies'] as const) : []),
        ...(on('secret', true) ? (['secrets'] as const) : []),
        ...(on('misconfig', false) || on('config', false) ? (['dockerfiles', 'infrastructure', 'manifests'] as const) : []),
      ];
    default:
      return [];
  }
}

function semgrepSubjects(): readonly Subject[] {
  return ['source', 'secrets', 'dockerfiles', 'infrastructure', 'manifests', 'workflows'];
}

function semgrepFails(call: Invocation): Answer {
  if (call.via === 'action') return YES;
  if (positional(call)[0] === 'ci') return hasFlag(call, '--dry-run') ? no('--dry-run') : yes('`semgrep ci` fails on blocking findings');
  return hasFlag(call, '--error') ? yes('--error is set') : no('without --error `semgrep scan` ends with 0 whatever it finds');
}

function gitleaksFails(call: Invocation): Answer {
  const value = flagValue(call, ['--exit-code']);
  if (value === '0') return no('--exit-code 0');
  return value !== undefined && /\$/.test(value) ? { answer: 'undecided', why: 'an expression decides --exit-code' } : YES;
}

/** Every scanner whose behaviour is known, as data. */
export const TOOLS: readonly Tool[] = [
  {
    id: 'fourproof',
    name: 'fourproof',
    actions: [],
    commands: ['fourproof'],
    subjects: fixed('source', 'dependencies', 'secrets', 'dockerfiles', 'images', 'infrastructure', 'manifests', 'workflows'),
    failsOnFinding(call) {
      const verb = positional(call)[0];
      const verifies = verb === undefined || verb === 'verify' || verb === 'diff' || /[./]/.test(verb);
      return verifies ? yes('fourproof ends with 1 when a threat is open') : no(`\`fourproof ${verb}\` is no verification`);
    },
  },
  { id: 'semgrep', name: 'Semgrep', actions: ['returntocorp/semgrep-action', 'semgrep/semgrep-action'], commands: ['semgrep', 'opengrep'], subjects: semgrepSubjects, failsOnFinding: semgrepFails },
  { id: 'codeql', name: 'CodeQL', actions: ['github/codeql-action/analyze'], commands: [], subjects: fixed('source'), failsOnFinding: () => no('it uploads its findings and ends with success; only a code scanning rule would stop a merge') },
  { id: 'gitleaks', name: 'gitleaks', actions: ['gitleaks/gitleaks-action', 'zricethezav/gitleaks-action'], commands: ['gitleaks'], subjects: (call) => (positional(call)[0] === 'protect' ? [] : ['secrets']), failsOnFinding: gitleaksFails },
  { id: 'trufflehog', name: 'TruffleHog', actions: ['trufflesecurity/trufflehog'], commands: ['trufflehog'], subjects: fixed('secrets'), failsOnFinding: (call) => (call.via === 'action' ? yes('its action runs it with --fail') : hasFlag(call, '--fail') ? yes('--fail is set') : no('without --fail it ends with 0')) },
  { id: 'trivy', name: 'Trivy', actions: ['aquasecurity/trivy-action'], commands: ['trivy'], subjects: trivySubjects, failsOnFinding: (call) => (call.env.has('TRIVY_EXIT_CODE') && call.env.get('TRIVY_EXIT_CODE') !== '0' ? yes('TRIVY_EXIT_CODE is set') : onlyWith(call, ['--exit-code'], ['exit-code'])) },
  { id: 'grype', name: 'Grype', actions: ['anchore/scan-action'], commands: ['grype'], subjects: (call) => (positional(call)[0]?.startsWith('dir:') === true || input(call, ['path']) !== undefined ? ['dependencies'] : ['images']), failsOnFinding: (call) => (call.via === 'action' ? unlessFalse(call, 'fail-build') : onlyWith(call, ['--fail-on', '-f'], [])) },
  { id: 'osv-scanner', name: 'OSV-Scanner', actions: ['google/osv-scanner-action/'], commands: ['osv-scanner'], subjects: fixed('dependencies'), failsOnFinding: (call) => (call.via === 'action' ? unlessFalse(call, 'fail-on-vuln') : YES) },
  { id: 'dependency-check', name: 'dependency-check', actions: ['dependency-check/dependency-check_action'], commands: ['dependency-check', 'dependency-check.sh'], subjects: fixed('dependencies'), failsOnFinding: dependencyCheckFails },
  { id: 'dependency-review', name: 'dependency review', actions: ['actions/dependency-review-action'], commands: [], subjects: fixed('dependencies'), failsOnFinding: (call) => unless(call, [], ['warn-only']) },
  { id: 'npm-audit', name: 'npm audit', actions: [], commands: ['npm audit', 'pnpm audit', 'yarn audit', 'yarn npm audit'], subjects: fixed('dependencies'), failsOnFinding: (call) => (positional(call)[0] === 'fix' ? no('`audit fix` mends and does not judge') : YES) },
  { id: 'pip-audit', name: 'pip-audit', actions: ['pypa/gh-action-pip-audit'], commands: ['pip-audit'], subjects: fixed('dependencies'), failsOnFinding: () => YES },
  { id: 'govulncheck', name: 'govulncheck', actions: ['golang/govulncheck-action'], commands: ['govulncheck'], subjects: fixed('dependencies'), failsOnFinding: govulncheckFails },
  { id: 'cargo-audit', name: 'cargo audit', actions: ['rustsec/audit-check'], commands: ['cargo audit', 'cargo deny'], subjects: fixed('dependencies'), failsOnFinding: () => YES },
  { id: 'snyk', name: 'Snyk', actions: ['snyk/actions/'], commands: ['snyk'], subjects: snykSubjects, failsOnFinding: (call) => (positional(call).includes('monitor') ? no('`snyk monitor` reports only') : YES) },
  { id: 'hadolint', name: 'hadolint', actions: ['hadolint/hadolint-action'], commands: ['hadolint'], subjects: fixed('dockerfiles'), failsOnFinding: (call) => unless(call, ['--no-fail'], ['no-fail']) },
  { id: 'checkov', name: 'Checkov', actions: ['bridgecrewio/checkov-action'], commands: ['checkov'], subjects: fixed('dockerfiles', 'infrastructure', 'manifests', 'workflows'), failsOnFinding: (call) => unless(call, ['--soft-fail', '-s'], ['soft_fail']) },
  { id: 'kubescape', name: 'Kubescape', actions: ['kubescape/github-action'], commands: ['kubescape'], subjects: fixed('manifests'), failsOnFinding: (call) => onlyWith(call, ['--compliance-threshold', '--severity-threshold', '--fail-threshold'], ['severitythreshold', 'compliancethreshold', 'failedthreshold']) },
  { id: 'zizmor', name: 'zizmor', actions: ['zizmorcore/zizmor-action'], commands: ['zizmor'], subjects: fixed('workflows'), failsOnFinding: (call) => (call.via === 'action' ? (input(call, ['advanced-security']) === 'false' ? YES : no('with `advanced-security` its findings go to code scanning and it ends with success')) : /sarif/.test(flagValue(call, ['--format']) ?? '') ? no('with --format sarif it ends with 0') : YES) },
  { id: 'pinact', name: 'pinact', actions: ['suzuki-shunsuke/pinact-action'], commands: ['pinact'], subjects: fixed('workflows'), failsOnFinding: (call) => (call.via === 'action' || hasFlag(call, '--check') ? YES : no('without --check it mends and does not judge')) },
  unmodelled('ggshield', 'secrets', ['gitguardian/ggshield-action', 'gitguardian/ggshield/'], ['ggshield']),
  unmodelled('detect-secrets', 'secrets', [], ['detect-secrets', 'detect-secrets-hook']),
  unmodelled('secretlint', 'secrets', ['secretlint/'], ['secretlint']),
  unmodelled('betterleaks', 'secrets', ['betterleaks/'], ['betterleaks']),
  unmodelled('kingfisher', 'secrets', ['mongodb/kingfisher'], ['kingfisher']),
  unmodelled('kics', 'infrastructure', ['checkmarx/kics-github-action'], ['kics']),
  unmodelled('conftest', 'infrastructure', ['instrumenta/conftest-action'], ['conftest']),
  unmodelled('dockle', 'images', ['goodwithtech/dockle-action', 'erzz/dockle-action'], ['dockle']),
  unmodelled('docker-scout', 'images', ['docker/scout-action'], ['docker scout']),
  unmodelled('megalinter', 'dockerfiles', ['oxsecurity/megalinter', 'super-linter/super-linter', 'github/super-linter'], ['mega-linter-runner']),
];

/** A tool that is known by name only: it may be a gate, and what it catches is not modelled. */
function unmodelled(id: string, subject: Subject, actions: readonly string[], commands: readonly string[]): Tool {
  const broad: readonly Subject[] = id === 'megalinter' ? ['secrets', 'dockerfiles', 'workflows'] : subject === 'infrastructure' ? ['infrastructure', 'dockerfiles', 'manifests'] : [subject];
  return { id, name: id, actions, commands, subjects: () => broad, failsOnFinding: () => ({ answer: 'undecided', why: `how ${id} ends is not modelled` }) };
}

function unlessFalse(call: Invocation, name: string): Answer {
  const value = input(call, [name]);
  if (value === 'false') return no(`\`${name}: false\``);
  return value === undefined || value === 'true' ? YES : { answer: 'undecided', why: `an expression decides \`${name}\`` };
}

function dependencyCheckFails(call: Invocation): Answer {
  const args = call.via === 'action' ? (input(call, ['args']) ?? '').split(/\s+/) : call.args;
  const value = flagValue({ args }, ['--failOnCVSS']);
  if (value === undefined) return no('without --failOnCVSS it ends with 0');
  return Number(value) <= 10 ? yes(`--failOnCVSS ${value}`) : { answer: 'undecided', why: `--failOnCVSS ${value}` };
}

function govulncheckFails(call: Invocation): Answer {
  const format = call.via === 'action' ? input(call, ['output-format']) : flagValue(call, ['-format', '--format']);
  if ((format !== undefined && format !== 'text') || hasFlag(call, '-json')) return no('with a machine format it ends with 0');
  return YES;
}

function snykSubjects(call: Invocation): readonly Subject[] {
  const words = call.via === 'command' ? positional(call) : [];
  if (words[0] === 'code') return ['source'];
  if (words[0] === 'container') return ['images'];
  if (words[0] === 'iac') return ['infrastructure', 'manifests'];
  return ['dependencies'];
}
