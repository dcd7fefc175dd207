/** Files that a command hands over to, by the command's name. */
const HANDOVERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['make', ['Makefile', 'makefile', 'GNUmakefile']],
  ['just', ['justfile', 'Justfile', '.justfile']],
  ['task', ['Taskfile.yml', 'Taskfile.yaml']],
  ['mage', ['magefile.go']],
  ['rake', ['Rakefile']],
  ['npm', ['package.json']],
  ['npx', ['package.json']],
  ['yarn', ['package.json']],
  ['pnpm', ['package.json']],
  ['bun', ['package.json']],
  ['pre-commit', ['.pre-commit-config.yaml']],
  ['prek', ['.pre-commit-config.yaml']],
  ['lefthook', ['lefthook.yml', '.lefthook.yml']],
  ['tox', ['tox.ini', 'pyproject.toml']],
  ['nox', ['noxfile.py']],
  ['mvn', ['pom.xml']],
  ['mvnw', ['pom.xml']],
  ['gradle', ['build.gradle', 'build.gradle.kts']],
  ['gradlew', ['build.gradle', 'build.gradle.kts']],
]);
const WRAPPERS = new Set(['sudo', 'time', 'env', 'exec', 'uvx', 'npx', 'bunx']);
/** Runners of projects, whose own words may come before the command. */
const RUNNERS = new Set(['uv', 'poetry', 'pdm', 'hatch', 'pipx', 'mise', 'bundle', 'timeout', 'xvfb-run']);
const SHELLS = new Set(['bash', 'sh', 'zsh', 'source', '.', 'python', 'python3', 'node', 'pwsh']);

/** Files of the tree that a command runs or takes its tasks from: seen from the root and from its working directory. */
export function filesBehind(words: readonly string[], workingDirectory: string | undefined): string[] {
  const start = words.findIndex((word) => !WRAPPERS.has(word) && !word.startsWith('-') && !/^[A-Za-z_]\w*=/.test(word));
  const own = start < 0 ? [] : words.slice(start);
  const [first = '', ...rest] = own;
  const name = first.split('/').at(-1) ?? '';
  const script = SHELLS.has(name)
    ? rest.find((word) => !word.startsWith('-'))
    : first.includes('/')
      ? first
      : undefined;
  const files = [
    ...(RUNNERS.has(name) ? rest.flatMap((word) => HANDOVERS.get(word) ?? []) : (HANDOVERS.get(name) ?? [])),
    ...(script === undefined || script.startsWith('/') ? [] : [script.replace(/^\.\//, '')]),
  ];
  const folders = ['', folder(workingDirectory), ...(name === 'make' ? makeFolders(rest) : [])];
  return [...new Set(folders.flatMap((base) => files.map((file) => base + file)))];
}

/** Files that an action takes its tasks from. */
export function filesBehindAction(name: string): readonly string[] {
  if (/^(?:pre-commit\/action|j178\/prek-action)$/.test(name)) return ['.pre-commit-config.yaml'];
  return name === 'trunk-io/trunk-action' ? ['.trunk/trunk.yaml'] : [];
}

function folder(path: string | undefined): string {
  const plain = (path ?? '').replace(/^\.\//, '').replace(/\/$/, '');
  return plain === '' || plain === '.' ? '' : `${plain}/`;
}

/** `make -C folder`. */
function makeFolders(words: readonly string[]): string[] {
  const at = words.indexOf('-C');
  return at < 0 ? [] : [folder(words[at + 1])];
}

/** Actions that fetch, set up, build, publish or report, and judge nothing. */
const HARMLESS =
  /^(?:[.$]\/|actions\/(?!dependency)|docker\/(?:login|setup|metadata|build|bake)|aws-actions\/|google-github-actions\/|azure\/(?:login|setup|docker)|github\/codeql-action\/|step-security\/|ossf\/scorecard-action|anchore\/(?:sbom-action|scan-action\/download)|aquasecurity\/setup-trivy|sigstore\/|slsa-framework\/|codecov\/|snyk\/actions\/setup)/;
/** Linters of languages, prose and messages: their names sound like a gate, and none of ours is their business. */
const OTHER_LINTERS =
  /golangci|eslint|stylelint|markdownlint|markdown-lint|commitlint|commit-lint|semantic-pull|yamllint|yaml-lint|shellcheck|sh-checker|codespell|spell|ktlint|swiftlint|rubocop|prettier|clippy|rustfmt|pylint|flake8|ruff|mypy|clang|buf-|helm\/|chart-testing|lint-pr|pr-lint|editorconfig|typos|link|license|dco|changelog/;
const HINT = /secur|secret|leak|scan|sast|vuln|lint|audit|sonar|(?<!chain)guard|compliance|pin|kubevious|polic|conform/;

export function isHarmlessAction(name: string): boolean {
  return HARMLESS.test(name) || OTHER_LINTERS.test(name);
}

/** Whether an action's name says that it may look for what a gate looks for. */
export function mayCheck(name: string): boolean {
  return HINT.test(name);
}
