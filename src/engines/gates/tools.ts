import { BY_DEFAULT, no, unless, unlessFalse } from './answers.ts';
import {
  dependencyCheckFails,
  fourproofFails,
  gitleaksFails,
  gitleaksSubjects,
  govulncheckFails,
  grypeFails,
  grypeSubjects,
  hadolintFails,
  kubescapeFails,
  npmAuditFails,
  pinactFails,
  semgrepFails,
  snykFails,
  snykSubjects,
  trivyFails,
  trivySubjects,
  trufflehogFails,
  zizmorFails,
  zizmorUploads,
} from './behaviour.ts';
import type { Subject, Tool } from './types.ts';

/** When the documentation of the tools below was read. */
export const AS_OF = '2026-11';

const fixed =
  (...subjects: Subject[]): (() => readonly Subject[]) =>
  () =>
    subjects;
const byDefault = (): typeof BY_DEFAULT => BY_DEFAULT;

/** Every scanner whose behaviour is known, as data. */
export const TOOLS: readonly Tool[] = [
  {
    id: 'fourproof',
    name: 'fourproof',
    actions: [],
    commands: ['fourproof'],
    subjects: fixed(
      'source',
      'dependencies',
      'secrets',
      'dockerfiles',
      'images',
      'infrastructure',
      'manifests',
      'workflows',
    ),
    failsOnFinding: fourproofFails,
  },
  {
    id: 'semgrep',
    name: 'Semgrep',
    actions: ['returntocorp/semgrep-action', 'semgrep/semgrep-action'],
    commands: ['semgrep', 'opengrep'],
    subjects: fixed('source', 'secrets', 'dockerfiles', 'infrastructure', 'manifests', 'workflows'),
    failsOnFinding: semgrepFails,
  },
  {
    id: 'codeql',
    name: 'CodeQL',
    actions: ['github/codeql-action/analyze'],
    commands: [],
    subjects: fixed('source', 'workflows'),
    failsOnFinding: () =>
      no('it uploads its findings and ends with success; only a code scanning rule would stop a merge'),
    uploads: () => true,
  },
  {
    id: 'gitleaks',
    name: 'gitleaks',
    actions: ['gitleaks/gitleaks-action', 'zricethezav/gitleaks-action'],
    commands: ['gitleaks'],
    subjects: gitleaksSubjects,
    failsOnFinding: gitleaksFails,
  },
  {
    id: 'trufflehog',
    name: 'TruffleHog',
    actions: ['trufflesecurity/trufflehog'],
    commands: ['trufflehog'],
    subjects: fixed('secrets'),
    failsOnFinding: trufflehogFails,
  },
  {
    id: 'trivy',
    name: 'Trivy',
    actions: ['aquasecurity/trivy-action'],
    commands: ['trivy'],
    subjects: trivySubjects,
    failsOnFinding: trivyFails,
  },
  {
    id: 'grype',
    name: 'Grype',
    actions: ['anchore/scan-action'],
    commands: ['grype'],
    subjects: grypeSubjects,
    failsOnFinding: grypeFails,
  },
  {
    id: 'osv-scanner',
    name: 'OSV-Scanner',
    actions: ['google/osv-scanner-action/osv-scanner-action', 'google/osv-scanner-action/osv-reporter-action'],
    commands: ['osv-scanner'],
    subjects: fixed('dependencies'),
    failsOnFinding: (call) => unlessFalse(call, 'fail-on-vuln'),
  },
  {
    id: 'dependency-check',
    name: 'dependency-check',
    actions: ['dependency-check/dependency-check_action'],
    commands: ['dependency-check', 'dependency-check.sh'],
    subjects: fixed('dependencies'),
    failsOnFinding: dependencyCheckFails,
  },
  {
    id: 'dependency-review',
    name: 'dependency review',
    actions: ['actions/dependency-review-action'],
    commands: [],
    subjects: fixed('dependencies'),
    failsOnFinding: (call) => unless(call, [], ['warn-only']),
  },
  {
    id: 'npm-audit',
    name: 'npm audit',
    actions: [],
    commands: ['npm audit', 'pnpm audit', 'yarn audit', 'yarn npm audit'],
    subjects: fixed('dependencies'),
    failsOnFinding: npmAuditFails,
  },
  {
    id: 'pip-audit',
    name: 'pip-audit',
    actions: ['pypa/gh-action-pip-audit'],
    commands: ['pip-audit'],
    subjects: fixed('dependencies'),
    failsOnFinding: (call) => unless(call, ['--dry-run'], ['internal-be-careful-allow-failure']),
  },
  {
    id: 'govulncheck',
    name: 'govulncheck',
    actions: ['golang/govulncheck-action'],
    commands: ['govulncheck'],
    subjects: fixed('dependencies'),
    failsOnFinding: govulncheckFails,
  },
  {
    id: 'cargo-audit',
    name: 'cargo audit',
    actions: ['rustsec/audit-check', 'embarkstudios/cargo-deny-action'],
    commands: ['cargo audit', 'cargo deny'],
    subjects: fixed('dependencies'),
    failsOnFinding: (call) =>
      ['fix', 'list', 'fetch', 'init'].includes(call.args[0] ?? '')
        ? no(`\`${call.args[0] ?? ''}\` does not judge`)
        : BY_DEFAULT,
  },
  {
    id: 'snyk',
    name: 'Snyk',
    actions: ['snyk/actions/'],
    commands: ['snyk'],
    subjects: snykSubjects,
    failsOnFinding: snykFails,
  },
  {
    id: 'hadolint',
    name: 'hadolint',
    actions: ['hadolint/hadolint-action'],
    commands: ['hadolint'],
    subjects: fixed('dockerfiles'),
    failsOnFinding: hadolintFails,
  },
  {
    id: 'checkov',
    name: 'Checkov',
    actions: ['bridgecrewio/checkov-action'],
    commands: ['checkov'],
    subjects: fixed('dockerfiles', 'infrastructure', 'manifests', 'workflows'),
    failsOnFinding: (call) => unless(call, ['--soft-fail', '-s'], ['soft_fail']),
  },
  {
    id: 'kubescape',
    name: 'Kubescape',
    actions: ['kubescape/github-action'],
    commands: ['kubescape'],
    subjects: fixed('manifests'),
    failsOnFinding: kubescapeFails,
  },
  {
    id: 'zizmor',
    name: 'zizmor',
    actions: ['zizmorcore/zizmor-action'],
    commands: ['zizmor'],
    subjects: fixed('workflows'),
    failsOnFinding: zizmorFails,
    uploads: zizmorUploads,
  },
  {
    id: 'pinact',
    name: 'pinact',
    actions: ['suzuki-shunsuke/pinact-action'],
    commands: ['pinact'],
    subjects: fixed('workflows'),
    failsOnFinding: pinactFails,
  },
  {
    id: 'ensure-sha-pinned',
    name: 'ensure-sha-pinned-actions',
    actions: ['zgosalvez/github-actions-ensure-sha-pinned-actions'],
    commands: [],
    subjects: fixed('workflows'),
    failsOnFinding: (call) => unless(call, [], ['dry_run']),
  },
  {
    id: 'actionlint',
    name: 'actionlint',
    actions: ['rhysd/actionlint', 'raven-actions/actionlint', 'reviewdog/action-actionlint'],
    commands: ['actionlint'],
    subjects: fixed('workflows'),
    failsOnFinding: byDefault,
  },
  unmodelled('ggshield', ['secrets'], ['gitguardian/ggshield-action', 'gitguardian/ggshield/'], ['ggshield']),
  unmodelled('detect-secrets', ['secrets'], [], ['detect-secrets', 'detect-secrets-hook']),
  unmodelled('secretlint', ['secrets'], ['secretlint/'], ['secretlint']),
  unmodelled('betterleaks', ['secrets'], ['betterleaks/'], ['betterleaks']),
  unmodelled('kingfisher', ['secrets'], ['mongodb/kingfisher'], ['kingfisher']),
  unmodelled('kics', ['infrastructure', 'dockerfiles', 'manifests'], ['checkmarx/kics-github-action'], ['kics']),
  unmodelled('conftest', ['infrastructure', 'dockerfiles', 'manifests'], ['instrumenta/conftest-action'], ['conftest']),
  unmodelled('kube-linter', ['manifests'], ['stackrox/kube-linter-action'], ['kube-linter']),
  unmodelled('kube-score', ['manifests'], [], ['kube-score']),
  unmodelled('kyverno', ['manifests'], [], ['kyverno apply', 'kyverno test']),
  unmodelled('poutine', ['workflows'], ['boostsecurityio/poutine-action'], ['poutine']),
  unmodelled('dockle', ['images'], ['goodwithtech/dockle-action', 'erzz/dockle-action'], ['dockle']),
  unmodelled('docker-scout', ['images'], ['docker/scout-action'], ['docker scout']),
  unmodelled(
    'megalinter',
    ['secrets', 'dockerfiles', 'workflows'],
    ['oxsecurity/megalinter', 'super-linter/super-linter', 'github/super-linter'],
    ['mega-linter-runner'],
  ),
];

/** A tool that is known by name only: it may be a gate, and what it catches is not modelled. */
function unmodelled(
  id: string,
  subjects: readonly Subject[],
  actions: readonly string[],
  commands: readonly string[],
): Tool {
  return {
    id,
    name: id,
    actions,
    commands,
    subjects: () => subjects,
    failsOnFinding: () => ({ answer: 'undecided', why: `how ${id} ends is not modelled` }),
  };
}
