import type { Facts } from '../../facts/index.ts';
import { parseShell, simpleCommands } from '../../lib/shell/ast.ts';
import { decodeText } from '../../lib/tree-views.ts';
import type { FileTree, SourceLocation } from '../../model/index.ts';
import type { Located } from '../../facts/workflow/types.ts';
import { holdsOnPullRequest } from './condition.ts';
import { mergeTriggers } from './coverage.ts';
import { filesBehind, filesBehindAction, isHarmlessAction, mayCheck } from './handovers.ts';
import { placeInRun, shellOptions } from './invocations.ts';
import { calledBy, jobsOf, localPath, runningSteps, type RunningStep, type TriggeredJob } from './jobs.ts';
import { recogniseCommand, toolOfAction, toolOfImage } from './recognise.ts';
import { TOOLS } from './tools.ts';
import type { Indirection, Subject, Tool } from './types.ts';

/**
 * What the jobs of a pull request hand over to and this engine does not follow: scripts, makefiles, workflows and
 * actions of others. A guard is not called missing while one of these may be it.
 */
export async function findIndirections(facts: Facts, tree: FileTree): Promise<Indirection[]> {
  const named = toolsByFile(tree);
  const found: Indirection[] = [];
  for (const workflow of facts.workflow) {
    if (mergeTriggers(workflow.triggers).length === 0) continue;
    for (const triggered of jobsOf(workflow, facts)) {
      const { uses } = triggered.checked.job;
      const isOpen =
        uses !== undefined &&
        calledBy(triggered.checked.job, facts) === undefined &&
        !(localPath(uses.text) === undefined && isHarmlessAction(uses.text.toLowerCase()));
      if (!mayRun(triggered.conditions)) continue;
      if (isOpen) found.push({ at: uses.at, what: `the reusable workflow ${uses.text} is not followed` });
      for (const running of runningSteps(triggered.checked.job.steps, facts))
        if (mayRun(running.conditions))
          found.push(...(await ofAction(running, named)), ...(await ofScript(running, triggered, named)));
    }
  }
  return found;
}

/** Whether no condition keeps it from running on a pull request. */
function mayRun(conditions: readonly Located[]): boolean {
  return conditions.every(
    ({ text }) => holdsOnPullRequest(text) !== false || holdsOnPullRequest(text, 'merge_group') !== false,
  );
}

async function ofAction(
  { step: { uses } }: RunningStep,
  named: (path: string) => Promise<readonly Tool[]>,
): Promise<Indirection[]> {
  const name = uses?.text.split('@')[0]?.toLowerCase() ?? '';
  const found: Indirection[] = [];
  if (uses !== undefined)
    for (const path of filesBehindAction(name))
      found.push(...hides(await named(path), uses.at, `${name} hands over to ${path}`));
  if (found.length > 0) return found;
  if (
    uses === undefined ||
    name.startsWith('docker://') ||
    toolOfAction(name) !== undefined ||
    isHarmlessAction(name) ||
    !mayCheck(name)
  )
    return [];
  return [{ at: uses.at, what: `what the action ${name} checks is not modelled` }];
}

async function ofScript(
  { step }: RunningStep,
  { shell }: TriggeredJob,
  named: (path: string) => Promise<readonly Tool[]>,
): Promise<Indirection[]> {
  const run = step.run;
  if (run === undefined) return [];
  const used = step.shell ?? shell;
  if (shellOptions(used) === undefined)
    return hides(
      TOOLS.filter((tool) => isNamed(tool, run.text)),
      run.at,
      `a script for ${used ?? 'another shell'} is not followed`,
    );
  const found: Indirection[] = [];
  for (const command of simpleCommands(parseShell(run.text))) {
    const words = command.words.map((word) => word.text);
    if (recogniseCommand(words) !== undefined) continue;
    const at = placeInRun(run, command);
    const shown = words.join(' ').replace(/\s+/g, ' ').slice(0, 60);
    for (const path of filesBehind(words, step.workingDirectory))
      found.push(...hides(await named(path), at, `\`${shown}\` hands over to ${path}`));
    if (runsText(words)) found.push(...hides(toolsIn(words.slice(1).join(' ')), at, `\`${shown}\` is not followed`));
  }
  return found;
}

/** Whether a command may run what its words name: a shell with `-c`, a container, a task runner that is not known. */
function runsText([first = '', ...rest]: readonly string[]): boolean {
  const name = first.split('/').at(-1) ?? '';
  if (/^(?:ba|z|da)?sh$/.test(name)) return rest.includes('-c') || rest.some((word) => /^-[a-z]*c$/.test(word));
  if (/^(?:docker|podman|nerdctl)$/.test(name)) return rest.includes('run') || rest.includes('exec');
  if (/^(?:mvnw?|gradlew?)$/.test(name)) return true;
  return (
    /^(?:nix|devbox|devenv|earthly|dagger|bazel|lefthook|act|parallel|retry|eval|doas|nohup|stdbuf|poetry|uv|pipx|hatch|mise|asdf|bundle)$/.test(
      name,
    ) && !rest.includes('install')
  );
}

function hides(tools: readonly Tool[], at: SourceLocation, what: string): Indirection[] {
  return tools.map((tool) => ({
    at,
    what: `${what}, which names ${tool.id}`,
    toolId: tool.id,
    subjects: subjectsOf(tool, at),
  }));
}

/** Everything that a tool may look at, since how it is called is not seen. */
function subjectsOf(tool: Tool, at: SourceLocation): readonly Subject[] {
  if (tool.id === 'trivy') return ['dependencies', 'secrets', 'dockerfiles', 'images', 'infrastructure', 'manifests'];
  if (tool.id === 'gitleaks') return ['secrets'];
  if (tool.id === 'snyk') return ['dependencies', 'source', 'images', 'infrastructure', 'manifests'];
  return tool.subjects({ tool, via: 'command', args: [], inputs: new Map(), env: new Map(), at });
}

function toolsIn(text: string): Tool[] {
  const images = text.split(/\s+/).flatMap((word) => toolOfImage(word) ?? []);
  return [...new Set([...images, ...TOOLS.filter((tool) => isNamed(tool, text))])];
}

const MOST_BYTES = 1_000_000;

/** Tools that a file of the tree names; each file is read once. */
function toolsByFile(tree: FileTree): (path: string) => Promise<readonly Tool[]> {
  const paths = new Set(tree.files.map((file) => file.path));
  const known = new Map<string, Promise<readonly Tool[]>>();
  async function read(path: string): Promise<readonly Tool[]> {
    const content = await tree.read(path);
    return content.ok ? toolsIn(decodeText(content.bytes.subarray(0, MOST_BYTES))) : [];
  }
  return (path) => {
    if (!paths.has(path)) return Promise.resolve([]);
    const result = known.get(path) ?? read(path);
    known.set(path, result);
    return result;
  };
}

/** Whether a text names a tool's command as a word; plugins of build tools carry it as a part of theirs. */
function isNamed(tool: Tool, text: string): boolean {
  const lower = text.toLowerCase();
  const names =
    tool.id === 'dependency-check' ? [...tool.commands, 'dependency-check-maven', 'dependencycheck'] : tool.commands;
  return names.some((name) => isWordIn(lower, name));
}

function isWordIn(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + name.length] ?? ' ')) return true;
  }
  return false;
}
