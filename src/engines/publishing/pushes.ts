import type { Step } from '../../facts/workflow/types.ts';
import { parseShell, simpleCommands } from '../../lib/shell/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { placeInRun } from '../gates/invocations.ts';
import { flagValues, isOn, positional } from '../gates/options.ts';
import { tagsOfMetadata } from './tags.ts';

/** References that one action or command pushes, with their variables filled in where they are written out. */
export interface Push {
  readonly at: SourceLocation;
  readonly references: readonly string[];
}

/** What a step pushes; `steps` are those of its job, where docker/metadata-action may make its tags. */
export function pushesOf(step: Step, steps: readonly Step[], fill: (text: string) => string): Push[] {
  if (/^docker\/build-push-action@/.test(step.uses?.text ?? '')) return pushOfAction(step, steps, fill);
  const run = step.run;
  if (run === undefined) return [];
  return simpleCommands(parseShell(run.text)).flatMap((command) => {
    const references = pushedBy(command.words.map((word) => word.text)).map(fill);
    return references.length === 0 ? [] : [{ at: placeInRun(run, command), references }];
  });
}

function pushOfAction(step: Step, steps: readonly Step[], fill: (text: string) => string): Push[] {
  const push = step.with.get('push')?.text.trim();
  const outputs = step.with.get('outputs')?.text ?? '';
  if ((push === undefined || push === 'false') && !/type=registry|push=true/.test(outputs)) return [];
  const tags = (step.with.get('tags')?.text ?? '').split(/[\n,]/).map((line) => line.trim());
  const references = tags.filter((tag) => tag !== '').flatMap((tag) => tagsOfMetadata(tag, steps) ?? [fill(tag)]);
  return [{ at: step.uses?.at ?? step.at, references }];
}

/** References that a command pushes or tags in a registry. */
export function pushedBy(words: readonly string[]): readonly string[] {
  const [tool = '', ...rest] = words[0] === 'sudo' ? words.slice(1) : words;
  switch (tool.split('/').at(-1)) {
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'buildah':
      return pushedByDocker(rest);
    case 'crane':
      if (rest[0] === 'copy' || rest[0] === 'cp' || rest[0] === 'push')
        return positional({ args: rest.slice(1) }).slice(1, 2);
      return rest[0] === 'tag'
        ? positional({ args: rest.slice(1) })
            .slice(0, 2)
            .slice(-1)
            .map((tag) => `${(rest[1] ?? '').replace(/[:@][^/]*$/, '')}:${tag}`)
        : [];
    case 'skopeo':
      return rest[0] === 'copy'
        ? rest.slice(-1).flatMap((word) => (word.startsWith('docker://') ? [word.slice('docker://'.length)] : []))
        : [];
    default:
      return [];
  }
}

function pushedByDocker(words: readonly string[]): readonly string[] {
  const args = ['image', 'buildx', 'manifest', 'builder'].includes(words[0] ?? '') ? words.slice(1) : words;
  if (args[0] === 'push') return positional({ args: args.slice(1) }).slice(0, 1);
  if (args[0] === 'imagetools' && args[1] === 'create') return flagValues({ args }, ['-t', '--tag']);
  const pushes =
    isOn({ args }, ['--push']) !== false ||
    flagValues({ args }, ['--output', '-o']).some((output) => /type=registry|push=true/.test(output));
  return args[0] === 'build' && pushes ? flagValues({ args }, ['-t', '--tag']) : [];
}
