import { TOOLS } from './tools.ts';
import type { Tool } from './types.ts';

/** A tool that a command runs, with the words after its name. */
export interface Recognised {
  readonly tool: Tool;
  readonly args: readonly string[];
}

const RUNNERS: readonly (readonly string[])[] = [
  ['npx'],
  ['bunx'],
  ['uvx'],
  ['pnpm', 'dlx'],
  ['pnpm', 'exec'],
  ['yarn', 'dlx'],
  ['yarn', 'exec'],
  ['npm', 'exec'],
  ['pipx', 'run'],
  ['poetry', 'run'],
  ['pdm', 'run'],
  ['hatch', 'run'],
  ['uv', 'tool', 'run'],
  ['uv', 'run'],
  ['mise', 'exec'],
  ['mise', 'x'],
  ['go', 'tool'],
  ['go', 'run'],
  ['python', '-m'],
  ['python3', '-m'],
  ['sudo'],
  ['time'],
  ['nice'],
  ['exec'],
  ['command'],
  ['env'],
  ['xargs'],
];
const MOST_WRAPPERS = 6;
/** Options of the runners that take the next word with them. */
const TAKES_WORD = new Set([
  '-p',
  '--package',
  '--from',
  '--python',
  '-n',
  '-P',
  '-I',
  '-u',
  '-g',
  '--with',
  '--timeout',
]);
const NO_CHECK = /^(?:--version|-V|version|--help|-h|help|completion|login|auth|install|update|init|clean|plugin)$/;

/** Finds a known tool behind the wrappers that people run it with; asking for its version or help is no call of it. */
export function recogniseCommand(words: readonly string[]): Recognised | undefined {
  let rest = [...words];
  for (let round = 0; round < MOST_WRAPPERS; round++) {
    const found = toolNamed(rest) ?? toolInContainer(rest);
    if (found !== undefined)
      return found.args.some((word, index) => (index === 0 || word.startsWith('--')) && NO_CHECK.test(word))
        ? undefined
        : found;
    const runner = RUNNERS.find((prefix) => prefix.every((word, index) => rest[index] === word));
    if (runner !== undefined) {
      // `command -v` only asks whether there is one.
      if (runner[0] === 'command' && /^-[vV]$/.test(rest[1] ?? '')) return undefined;
      rest = skipOptions(rest.slice(runner.length));
    } else if (rest[0] === 'timeout') {
      rest = rest.slice(
        1 +
          rest
            .slice(1)
            .findIndex((word, index, all) => !word.startsWith('-') && !/^-[ks]$/.test(all[index - 1] ?? '')) +
          1,
      );
    } else {
      return undefined;
    }
  }
  return undefined;
}

/** Options of a runner, and assignments after `env`. */
function skipOptions(words: readonly string[]): string[] {
  let at = 0;
  while (at < words.length && (/^-/.test(words[at] ?? '') || /^[A-Za-z_]\w*=/.test(words[at] ?? '')))
    at += TAKES_WORD.has(words[at] ?? '') ? 2 : 1;
  return words.slice(at);
}

function toolNamed(words: readonly string[]): Recognised | undefined {
  const [first = '', second = '', third = ''] = words;
  // `npx fourproof@1.2.3`, `./bin/gitleaks`, `github.com/x/gitleaks/v8@latest`
  const name = (
    first
      .replace(/(?<=.)@[^@/]*$/, '')
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1) ?? ''
  ).toLowerCase();
  for (const [length, spelled] of [
    [1, name],
    [2, `${name} ${second}`],
    [3, `${name} ${second} ${third}`],
  ] as const) {
    const tool = TOOLS.find((candidate) => candidate.commands.includes(spelled));
    if (tool !== undefined) return { tool, args: words.slice(length) };
  }
  return undefined;
}

/** `docker run ... image args`, where the image is that of a tool. */
function toolInContainer(words: readonly string[]): Recognised | undefined {
  const [engine = '', verb = '', next = ''] = words;
  if (!/^(?:docker|podman|nerdctl)$/.test(engine) || (verb !== 'run' && !(verb === 'container' && next === 'run')))
    return undefined;
  const at = words.findIndex((word, index) => index > 1 && toolOfImage(word) !== undefined);
  const tool = toolOfImage(words[at] ?? '');
  if (tool === undefined) return undefined;
  const args = words.slice(at + 1);
  return { tool, args: tool.commands.includes(args[0] ?? '') ? args.slice(1) : args };
}

const IMAGES: ReadonlyMap<string, string> = new Map([
  ['aquasec/trivy', 'trivy'],
  ['aquasecurity/trivy', 'trivy'],
  ['zricethezav/gitleaks', 'gitleaks'],
  ['gitleaks/gitleaks', 'gitleaks'],
  ['trufflesecurity/trufflehog', 'trufflehog'],
  ['semgrep/semgrep', 'semgrep'],
  ['returntocorp/semgrep', 'semgrep'],
  ['hadolint/hadolint', 'hadolint'],
  ['anchore/grype', 'grype'],
  ['bridgecrew/checkov', 'checkov'],
  ['google/osv-scanner', 'osv-scanner'],
  ['owasp/dependency-check', 'dependency-check'],
  ['zizmorcore/zizmor', 'zizmor'],
  ['rhysd/actionlint', 'actionlint'],
  ['checkmarx/kics', 'kics'],
]);

/** The tool that an image runs, whatever its registry, tag or digest. */
export function toolOfImage(image: string): Tool | undefined {
  const name = image.split('@')[0]?.replace(/:[^/]*$/, '') ?? '';
  const id = [...IMAGES].find(([repository]) => name === repository || name.endsWith(`/${repository}`))?.[1];
  return TOOLS.find((tool) => tool.id === id);
}

/** The tool that an action runs; a name that ends with `/` stands for everything below it. */
export function toolOfAction(name: string): Tool | undefined {
  if (name === 'snyk/actions/setup') return undefined;
  return TOOLS.find((tool) =>
    tool.actions.some((action) => (action.endsWith('/') ? name.startsWith(action) : name === action)),
  );
}
