import type { Facts } from '../../facts/index.ts';
import { parseShell, simpleCommands } from '../../lib/shell/ast.ts';
import { decodeText } from '../../lib/tree-views.ts';
import type { FileTree } from '../../model/index.ts';
import { mergeTriggers } from './coverage.ts';
import { jobsOf } from './find-gates.ts';
import { placeInRun } from './invocations.ts';
import { TOOLS } from './tools.ts';
import type { Indirection, Subject } from './types.ts';

/** Files that a command hands over to, by the command's name. */
const HANDOVERS: Readonly<Record<string, readonly string[]>> = {
  make: ['Makefile', 'makefile', 'GNUmakefile'],
  just: ['justfile', 'Justfile', '.justfile'],
  task: ['Taskfile.yml', 'Taskfile.yaml'],
  npm: ['package.json'],
  yarn: ['package.json'],
  pnpm: ['package.json'],
  bun: ['package.json'],
  'pre-commit': ['.pre-commit-config.yaml'],
  prek: ['.pre-commit-config.yaml'],
  tox: ['tox.ini', 'pyproject.toml'],
  nox: ['noxfile.py'],
  mvn: ['pom.xml'],
  mvnw: ['pom.xml'],
  gradle: ['build.gradle', 'build.gradle.kts'],
  gradlew: ['build.gradle', 'build.gradle.kts'],
};
const SHELLS = new Set(['bash', 'sh', 'zsh', 'source', '.', 'python', 'python3', 'node']);
const HINT = /secur|secret|leak|scan|sast|vuln|lint|audit|sonar|guard|compliance/i;

/**
 * What the jobs of a pull request hand over to and this engine does not follow: scripts, makefiles, workflows and
 * actions of others. A guard is not called missing while one of these may be it.
 */
export async function findIndirections(facts: Facts, tree: FileTree): Promise<Indirection[]> {
  const found: Indirection[] = [];
  for (const workflow of facts.workflow) {
    if (mergeTriggers(workflow.triggers).length === 0) continue;
    for (const { checked } of jobsOf(workflow, facts)) {
      const { job } = checked;
      if (job.uses !== undefined && !job.uses.text.startsWith('./')) {
        found.push({ at: job.uses.at, what: `the reusable workflow ${job.uses.text} is not in this tree` });
      }
      for (const step of job.steps) {
        const name = step.uses?.text.split('@')[0]?.toLowerCase() ?? '';
        const known = TOOLS.some((tool) => tool.actions.some((action) => name.startsWith(action)));
        const common = /^(?:\.\/|actions\/(?!dependency)|docker\/(?:login|setup|metadata|build|bake)|aws-actions\/|github\/codeql-action\/)/.test(name);
        if (step.uses !== undefined && !known && !common && HINT.test(name)) {
          found.push({ at: step.uses.at, what: `what the action ${name} checks is not modelled` });
        }
        if (step.run === undefined) continue;
        for (const command of simpleCommands(parseShell(step.run.text))) {
          const words = command.words.map((word) => word.text);
          for (const path of filesBehind(words, step.workingDirectory)) {
            const tools = await toolsNamedIn(tree, path);
            for (const { id, subjects } of tools) {
              found.push({ at: placeInRun(step.run, command), what: `\`${words.join(' ').slice(0, 60)}\` hands over to ${path}, which names ${id}`, subjects });
            }
          }
        }
      }
    }
  }
  return found;
}

function filesBehind(words: readonly string[], workingDirectory: string | undefined): string[] {
  const [first = '', second] = words;
  const name = first.split('/').at(-1) ?? '';
  const base = workingDirectory === undefined ? '' : `${workingDirectory.replace(/^\.\//, '').replace(/\/$/, '')}/`;
  const script = SHELLS.has(first) ? second : first.includes('/') ? first : undefined;
  const files = [...(HANDOVERS[name] ?? []), ...(script === undefined || script.startsWith('/') ? [] : [script.replace(/^\.\//, '')])];
  return files.flatMap((file) => (base === '' ? [file] : [base + file, file]));
}

async function toolsNamedIn(tree: FileTree, path: string): Promise<{ id: string; subjects: readonly Subject[] }[]> {
  if (!tree.files.some((file) => file.path === path)) return [];
  const content = await tree.read(path);
  if (!content.ok) return [];
  const text = decodeText(content.bytes.subarray(0, 1_000_000)).toLowerCase();
  return TOOLS.flatMap((tool) => {
    const named = tool.commands.some((command) => new RegExp(`(?<![\\w-])${command.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(text));
    if (!named) return [];
    const subjects = tool.subjects({ tool, via: 'command', args: [], inputs: new Map(), env: new Map(), at: { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } });
    return [{ id: tool.id, subjects: tool.id === 'trivy' ? ['dependencies', 'secrets', 'dockerfiles', 'images', 'infrastructure', 'manifests'] : subjects }];
  });
}
