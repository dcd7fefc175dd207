import type { Facts } from '../../facts/index.ts';
import { parseShell, simpleCommands } from '../../lib/shell/ast.ts';
import { decodeText } from '../../lib/tree-views.ts';
import type { FileTree, SourceLocation } from '../../model/index.ts';
import { filesBehind } from '../gates/handovers.ts';
import { placeInRun } from '../gates/invocations.ts';

/** A step that may push an image in a way that this engine does not follow. */
export interface HiddenPush {
  readonly at: SourceLocation;
  readonly what: string;
}

const ACTIONS = /^(?:docker\/bake-action|goreleaser\/goreleaser-action|ko-build\/setup-ko|imjasonh\/setup-ko)@/;
const COMMANDS = /^(?:goreleaser|ko|skaffold|werf|pack|earthly|dagger|nx|bazel|bazelisk)$/;
const BAKES = /^(?:docker|buildx) (?:buildx )?bake\b/;
const PUSHES =
  /\b(?:docker|podman|buildah|nerdctl)\b[^\n]*\bpush\b|--push\b|\bcrane (?:push|copy)\b|\bskopeo copy\b|\bko (?:build|publish)\b|\bgoreleaser\b|\bjib:build\b|\bskaffold (?:build|run)\b|\bkaniko\b/;
const LARGEST_SCRIPT = 1_000_000;

/** Steps whose scripts, makefiles or tools may push images: what is said of pushes then does not cover them. */
export async function findHiddenPushes(facts: Facts, tree: FileTree): Promise<HiddenPush[]> {
  const paths = new Set(tree.files.map((file) => file.path));
  const found: HiddenPush[] = [];
  for (const step of facts.workflow.flatMap((workflow) => workflow.jobs.flatMap((job) => job.steps))) {
    if (step.uses !== undefined && ACTIONS.test(step.uses.text)) {
      found.push({ at: step.uses.at, what: `${step.uses.text.split('@')[0] ?? ''} may push images` });
    }
    if (step.run === undefined) continue;
    for (const command of simpleCommands(parseShell(step.run.text))) {
      const words = command.words.map((word) => word.text);
      const at = placeInRun(step.run, command);
      const shown = words.join(' ').slice(0, 60);
      if (COMMANDS.test(words[0] ?? '') || BAKES.test(words.join(' '))) {
        found.push({ at, what: `\`${shown}\` may push images` });
      }
      for (const path of filesBehind(words, step.workingDirectory).filter((file) => paths.has(file))) {
        const content = await tree.read(path);
        const text = content.ok ? decodeText(content.bytes.subarray(0, LARGEST_SCRIPT)) : '';
        if (PUSHES.test(text)) found.push({ at, what: `\`${shown}\` hands over to ${path}, which may push images` });
      }
    }
  }
  return found;
}
