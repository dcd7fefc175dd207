import { BY_DEFAULT, no, onlyWithSwitch, onlyWithValue, undecided, unless, unlessFalse, yes } from './answers.ts';
import { flagValue, hasFlag, input, isOn, isOpen, positional, subcommand } from './options.ts';
import type { Answer, Invocation, Subject } from './types.ts';

const TRIVY_MODES = [
  'image',
  'i',
  'rootfs',
  'vm',
  'config',
  'conf',
  'fs',
  'filesystem',
  'repo',
  'repository',
  'sbom',
  'kubernetes',
  'k8s',
];
const MISCONFIGURATION: readonly Subject[] = ['dockerfiles', 'infrastructure', 'manifests'];

export function trivySubjects(call: Invocation): readonly Subject[] {
  const mode = call.via === 'command' ? subcommand(call, TRIVY_MODES) : (input(call, ['scan-type']) ?? 'image');
  const scanners =
    call.via === 'command'
      ? flagValue(call, ['--scanners', '--security-checks'])
      : input(call, ['scanners', 'security-checks']);
  const on = (name: string, byDefault: boolean): boolean =>
    scanners === undefined ? byDefault : isOpen(scanners) || scanners.split(',').some((item) => item.trim() === name);
  switch (mode) {
    case 'image':
    case 'i':
    case 'rootfs':
    case 'vm':
      return on('vuln', true) ? ['images'] : [];
    case 'config':
    case 'conf':
      return MISCONFIGURATION;
    case 'sbom':
      return ['dependencies'];
    case 'fs':
    case 'filesystem':
    case 'repo':
    case 'repository':
      return [
        ...(on('vuln', true) ? (['dependencies'] as const) : []),
        ...(on('secret', true) ? (['secrets'] as const) : []),
        ...(on('misconfig', false) || on('config', false) ? MISCONFIGURATION : []),
      ];
    default:
      return [];
  }
}

/** Flags outrank the environment, and both the file that `--config` names. */
export function trivyFails(call: Invocation): Answer {
  const value = flagValue(call, ['--exit-code']) ?? input(call, ['exit-code']) ?? call.env.get('TRIVY_EXIT_CODE');
  const config = flagValue(call, ['--config', '-c']) ?? input(call, ['trivy-config']) ?? call.env.get('TRIVY_CONFIG');
  if (value === undefined && config !== undefined) return { answer: 'undecided', why: `${config} decides how it ends` };
  return onlyWithValue(value, call.via === 'action' ? '`exit-code`' : '--exit-code');
}

export function grypeSubjects(call: Invocation): readonly Subject[] {
  const isFolder = positional(call).some((word) => /^(?:dir:|file:|sbom:|\.{0,2}\/|\.$)/.test(word));
  return isFolder || input(call, ['path', 'sbom']) !== undefined ? ['dependencies'] : ['images'];
}

export function grypeFails(call: Invocation): Answer {
  if (call.via === 'action') return unlessFalse(call, 'fail-build');
  return onlyWithValue(flagValue(call, ['--fail-on', '-f']) ?? call.env.get('GRYPE_FAIL_ON_SEVERITY'), '--fail-on');
}

export function semgrepFails(call: Invocation): Answer {
  if (call.via === 'action') return BY_DEFAULT;
  if (subcommand(call, ['ci', 'scan']) === 'ci')
    return hasFlag(call, '--dry-run')
      ? no('--dry-run takes its failure away')
      : yes('`semgrep ci` fails on blocking findings');
  return onlyWithSwitch(call, ['--error']);
}

const GITLEAKS_MODES = ['detect', 'git', 'dir', 'directory', 'file', 'files', 'stdin'];

export function gitleaksSubjects(call: Invocation): readonly Subject[] {
  return call.via === 'action' || subcommand(call, GITLEAKS_MODES) !== undefined ? ['secrets'] : [];
}

export function gitleaksFails(call: Invocation): Answer {
  const value = flagValue(call, ['--exit-code']);
  return value === undefined ? BY_DEFAULT : onlyWithValue(value, '--exit-code');
}

export function trufflehogFails(call: Invocation): Answer {
  return call.via === 'action' ? yes('its action runs it with --fail') : onlyWithSwitch(call, ['--fail']);
}

export function npmAuditFails(call: Invocation): Answer {
  const verb = subcommand(call, ['fix', 'signatures']);
  if (verb !== undefined) return no(`\`audit ${verb}\` does not judge vulnerabilities`);
  return flagValue(call, ['--audit-level']) === 'none' ? no('--audit-level none') : BY_DEFAULT;
}

export function dependencyCheckFails(call: Invocation): Answer {
  const args = call.via === 'action' ? (input(call, ['args']) ?? '').split(/\s+/) : call.args;
  const value = flagValue({ args }, ['--failOnCVSS']);
  if (value === undefined) return no('without --failOnCVSS it ends with 0 whatever it finds');
  if (isOpen(value) || Number.isNaN(Number(value))) return undecided('--failOnCVSS');
  return Number(value) <= 10 ? yes(`--failOnCVSS is ${value}`) : no(`--failOnCVSS is ${value}, above every score`);
}

export function govulncheckFails(call: Invocation): Answer {
  const format = call.via === 'action' ? input(call, ['output-format']) : flagValue(call, ['-format', '--format']);
  if ((format !== undefined && format !== 'text') || hasFlag(call, '-json'))
    return no('with a machine format it ends with 0');
  return BY_DEFAULT;
}

export function snykSubjects(call: Invocation): readonly Subject[] {
  if (call.via === 'action') return ['dependencies'];
  switch (subcommand(call, ['code', 'container', 'iac', 'test', 'monitor'])) {
    case 'code':
      return ['source'];
    case 'container':
      return ['images'];
    case 'iac':
      return ['infrastructure', 'manifests'];
    case 'test':
    case 'monitor':
      return ['dependencies'];
    default:
      return [];
  }
}

export function snykFails(call: Invocation): Answer {
  const reportsOnly = positional(call).includes('monitor') || input(call, ['command']) === 'monitor';
  return reportsOnly ? no('`snyk monitor` reports only') : BY_DEFAULT;
}

export function hadolintFails(call: Invocation): Answer {
  const threshold =
    flagValue(call, ['--failure-threshold', '-t']) ??
    input(call, ['failure-threshold']) ??
    call.env.get('HADOLINT_FAILURE_THRESHOLD');
  if (threshold !== undefined && isOpen(threshold)) return undecided('--failure-threshold');
  if (threshold === 'none') return no('--failure-threshold none takes its failure away');
  return unless(call, ['--no-fail'], ['no-fail'], ['HADOLINT_NOFAIL']);
}

/** A compliance threshold of 0 is always reached; a fail threshold of 0 never is. */
export function kubescapeFails(call: Invocation): Answer {
  const severity = flagValue(call, ['--severity-threshold']) ?? input(call, ['severitythreshold']);
  if (severity !== undefined) return onlyWithValue(severity, '--severity-threshold');
  const risk = flagValue(call, ['--fail-threshold', '-t']) ?? input(call, ['failedthreshold']);
  if (risk !== undefined)
    return isOpen(risk)
      ? undecided('--fail-threshold')
      : Number(risk) < 100
        ? yes(`--fail-threshold is ${risk}`)
        : no('--fail-threshold is 100');
  return onlyWithValue(
    flagValue(call, ['--compliance-threshold']) ?? input(call, ['compliancethreshold']),
    '--compliance-threshold',
  );
}

export function zizmorFails(call: Invocation): Answer {
  if (zizmorUploads(call))
    return no('with `advanced-security` its findings go to code scanning and it ends with success');
  if (call.via === 'action') return BY_DEFAULT;
  if (/sarif/.test(flagValue(call, ['--format']) ?? '')) return no('with --format sarif it ends with 0');
  return unless(call, ['--no-exit-codes'], []);
}

export function zizmorUploads(call: Invocation): boolean {
  return call.via === 'action' && input(call, ['advanced-security']) !== 'false';
}

export function pinactFails(call: Invocation): Answer {
  if (call.via === 'action') return BY_DEFAULT;
  return isOn(call, ['--check', '-check']) === true
    ? yes('--check is set')
    : no('without --check it mends and does not judge');
}

export function fourproofFails(call: Invocation): Answer {
  const verb = positional(call)[0];
  const verifies = verb === undefined || verb === 'verify' || verb === 'diff' || /[./]/.test(verb);
  return verifies ? yes('it ends with 1 when a threat is open') : no(`\`fourproof ${verb}\` is no verification`);
}
