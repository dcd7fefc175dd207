import type { Instruction, Stage } from '../../facts/dockerfile/types.ts';
import type { SourceLocation } from '../../model/index.ts';
import { baseUserOf } from './base-users.ts';
import { expand, type Expansion } from './expand.ts';
import { applyNames, globalArguments, lookupIn, type Names } from './scope.ts';
import type { BuiltImage } from './types.ts';

/** What a stage starts from. */
type StageBase =
  | { readonly kind: 'stage'; readonly index: number }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'local' }
  | { readonly kind: 'image'; readonly reference: Expansion };

/** An image from outside the Dockerfile that a build uses. */
export interface ExternalImage {
  readonly how: 'FROM' | 'COPY --from' | 'ADD --from' | 'RUN --mount';
  readonly stage: Stage;
  readonly at: SourceLocation;
  readonly written: string;
  readonly reference: Expansion;
  /** Name and ordinal of the instruction, free of line numbers. */
  readonly instruction: string;
}

/** The stages of one build that matter. */
export interface BuildGraph {
  /** Stages that the target needs, by index; BuildKit builds no others. */
  readonly reachable: ReadonlyMap<number, StageBase>;
  /** The stages whose layers the image has: the target last. */
  readonly chain: readonly Stage[];
  readonly externals: readonly ExternalImage[];
  /** Why the build would not run. */
  readonly broken?: string;
}

/** The FROM graph of an image's build: stages by name and number, arguments in FROM, COPY --from and RUN --mount=from. */
export function buildGraph(image: BuiltImage): BuildGraph {
  const { file } = image;
  const globals = globalArguments(file, image);
  const target = findTarget(image);
  const reachable = new Map<number, StageBase>();
  const needs = new Map<number, Set<number>>();
  const externals: ExternalImage[] = [];
  if (target === undefined)
    return { reachable, chain: [], externals, broken: `there is no stage ${JSON.stringify(image.target ?? '')}` };
  const wanted = [target.index];
  for (let next = wanted.pop(); next !== undefined; next = wanted.pop()) {
    const stage = file.stages[next];
    if (stage === undefined || reachable.has(next)) continue;
    const base = baseOf(stage);
    reachable.set(next, base);
    if (base.kind === 'stage') need(stage, base.index);
    if (base.kind === 'image')
      externals.push({
        how: 'FROM',
        stage,
        at: stage.from.at,
        written: stage.from.text,
        reference: base.reference,
        instruction: stage.at.route ?? '',
      });
    for (const instruction of stage.instructions) use(instruction, stage);
  }
  externals.sort((a, b) => a.stage.index - b.stage.index);
  const circle = circular(needs) ? { broken: 'its stages need one another in a circle' } : {};
  return { reachable, chain: chainOf(target), externals, ...circle };

  function need(stage: Stage, index: number): void {
    needs.set(stage.index, (needs.get(stage.index) ?? new Set()).add(index));
    wanted.push(index);
  }

  function baseOf(stage: Stage): StageBase {
    const expanded = expand(stage.from.text, (name) => globals.get(name) ?? { kind: 'unset' }, file.escape);
    const reference: Expansion =
      expanded.known && expanded.text.trim() === ''
        ? { known: false, missing: [...stage.from.text.matchAll(/[A-Za-z_]\w*/g)].map((match) => match[0]).slice(0, 3) }
        : expanded;
    if (!reference.known) return { kind: 'image', reference };
    const name = reference.text.toLowerCase();
    const earlier = file.stages.findLast((other) => other.index < stage.index && other.name === name);
    if (earlier !== undefined) return { kind: 'stage', index: earlier.index };
    if (name === 'scratch') return { kind: 'scratch' };
    return named(reference.text) ?? { kind: 'image', reference };
  }

  /** `--build-context name=...` replaces an image of that name. */
  function named(text: string): StageBase | undefined {
    const value = image.contexts.get(text.toLowerCase());
    if (value === undefined) return undefined;
    const prefix = 'docker-image://';
    return value.startsWith(prefix)
      ? { kind: 'image', reference: { known: true, text: value.slice(prefix.length) } }
      : { kind: 'local' };
  }

  function use(instruction: Instruction, stage: Stage): void {
    if (instruction.keyword === 'ADD' || instruction.keyword === 'COPY') {
      if (instruction.from !== undefined) refer(instruction.from, `${instruction.keyword} --from`, instruction, stage);
    } else if (instruction.keyword === 'RUN') {
      for (const mount of instruction.mounts) {
        if (mount.from !== undefined && mount.from.text !== '') refer(mount.from, 'RUN --mount', instruction, stage);
      }
    }
  }

  function refer(
    from: { readonly text: string; readonly at: SourceLocation },
    how: ExternalImage['how'],
    instruction: Instruction,
    stage: Stage,
  ): void {
    const name = from.text.toLowerCase().replaceAll('"', '');
    const found =
      file.stages.findLast((other) => other.name === name) ??
      (/^\d+$/.test(name) ? file.stages[Number(name)] : undefined);
    if (found !== undefined) {
      need(stage, found.index);
      return;
    }
    const place = named(name);
    if (place?.kind === 'local' || name === 'scratch') return;
    // BuildKit replaces no variables here.
    const reference: Expansion =
      place?.kind === 'image'
        ? place.reference
        : name.includes('$')
          ? { known: false, missing: [from.text] }
          : { known: true, text: from.text.replaceAll('"', '') };
    externals.push({ how, stage, at: from.at, written: from.text, reference, instruction: instruction.at.route ?? '' });
  }

  function chainOf(last: Stage): Stage[] {
    const chain: Stage[] = [];
    for (let stage: Stage | undefined = last; stage !== undefined;) {
      chain.unshift(stage);
      const base = reachable.get(stage.index);
      stage = base?.kind === 'stage' ? file.stages[base.index] : undefined;
    }
    return chain;
  }
}

/** Whether a stage needs itself, directly or through others; BuildKit refuses such a build. */
function circular(needs: ReadonlyMap<number, ReadonlySet<number>>): boolean {
  const left = new Map([...needs].map(([stage, others]) => [stage, new Set(others)]));
  for (let isShrinking = true; isShrinking;) {
    isShrinking = false;
    for (const [stage, others] of left) {
      for (const other of others) if (!left.has(other)) others.delete(other);
      if (others.size === 0) isShrinking = left.delete(stage);
    }
  }
  return left.size > 0;
}

function findTarget({ file, target }: BuiltImage): Stage | undefined {
  const wanted = target?.toLowerCase() ?? '';
  if (wanted === '' || wanted.includes('*')) return file.stages.at(-1);
  return (
    file.stages.findLast((stage) => stage.name === wanted) ??
    (/^\d+$/.test(wanted) ? file.stages[Number(wanted)] : undefined)
  );
}

/** Goes through the instructions that make the image, in order, with what names stand for before each. */
export function walkChain(
  image: BuiltImage,
  graph: BuildGraph,
  visit: (instruction: Instruction, look: ReturnType<typeof lookupIn>, stage: Stage) => void,
): void {
  walkStages(image, graph, graph.chain, visit);
}

/** The same for a stage that is not of the image: its own chain. */
export function walkStages(
  image: BuiltImage,
  graph: BuildGraph,
  chain: readonly Stage[],
  visit: (instruction: Instruction, look: ReturnType<typeof lookupIn>, stage: Stage) => void,
): void {
  const root = chain[0] === undefined ? undefined : graph.reachable.get(chain[0].index);
  const names: Names = { env: new Map(), args: new Map() };
  const known = root?.kind === 'image' && root.reference.known ? baseUserOf(root.reference.text)?.env : undefined;
  for (const [name, text] of known ?? []) names.env.set(name, { kind: 'value', text });
  const context = {
    image,
    globals: globalArguments(image.file, image),
    baseIsOpen: root?.kind !== 'scratch',
    escape: image.file.escape,
  };
  let triggers: readonly Instruction[] = [];
  for (const stage of chain) {
    for (const instruction of [...triggers, ...stage.instructions]) {
      visit(instruction, lookupIn(names, context.baseIsOpen), stage);
      applyNames(names, instruction, context);
    }
    triggers = stage.instructions.flatMap((instruction) =>
      instruction.keyword === 'ONBUILD' ? [instruction.trigger] : [],
    );
  }
}

/** Goes through every instruction that the build executes, stage by stage, with what names stand for before each. */
export function walkReachable(
  image: BuiltImage,
  graph: BuildGraph,
  visit: (instruction: Instruction, look: ReturnType<typeof lookupIn>, stage: Stage) => void,
): void {
  for (const index of [...graph.reachable.keys()].sort((a, b) => a - b)) {
    const chain: Stage[] = [];
    for (let at: number | undefined = index; at !== undefined && chain.length <= image.file.stages.length;) {
      const stage: Stage | undefined = image.file.stages[at];
      if (stage !== undefined) chain.unshift(stage);
      const base: StageBase | undefined = graph.reachable.get(at);
      at = base?.kind === 'stage' ? base.index : undefined;
    }
    walkStages(image, graph, chain, (instruction, look, stage) => {
      if (stage.index === index) visit(instruction, look, stage);
    });
  }
}
