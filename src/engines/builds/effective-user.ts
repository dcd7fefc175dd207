import type { Instruction, Stage } from '../../facts/dockerfile/types.ts';
import type { SourceLocation } from '../../model/index.ts';
import { baseUserOf } from './base-users.ts';
import { expand, type Expansion } from './expand.ts';
import { buildGraph, walkChain, walkStages, type BuildGraph } from './graph.ts';
import { productImagesOf } from './product-images.ts';
import type { BuiltImage } from './types.ts';
import { idsGivenTo, kindOfUser } from './user-names.ts';

/** The user that an image runs as, from its configuration. */
export interface EffectiveUser {
  readonly status: 'root' | 'other' | 'unknown';
  /** For people: `"10001"`, `root`, `inherited from docker.io/library/node`. */
  readonly shown: string;
  /** Where it is decided: the last USER, or the FROM whose base decides. */
  readonly at: SourceLocation;
  /** The instruction there, on one line. */
  readonly text: string;
  readonly why: string;
  /** Steps from the base to the user. */
  readonly trace: readonly { readonly at: SourceLocation; readonly note: string }[];
  /** Set for a number that runtimes have read as root, even where root is refused (CVE-2024-40635, CVE-2026-46680 of containerd). */
  readonly outOfRange?: true;
  /** What would close an unknown one. */
  readonly closes?: string;
}

const DEEPEST = 10;

/** Determines the last USER of the chain of stages, or the user of the base. `images` are all images of the product. */
export function effectiveUser(image: BuiltImage, images: readonly BuiltImage[], depth = 0): EffectiveUser {
  const graph = buildGraph(image);
  const [first] = graph.chain;
  const at = first?.at ?? image.file.at;
  if (graph.broken !== undefined || first === undefined) {
    return {
      status: 'unknown',
      shown: 'unknown',
      at,
      text: '',
      why: graph.broken ?? 'it has no stage',
      trace: [],
      closes: 'mend the Dockerfile, or name one of its stages as target',
    };
  }
  const trace = graph.chain.map((stage) => ({ at: stage.at, note: stageNote(stage) }));
  const base = baseUser(image, graph, first, images, depth);
  let last: { at: SourceLocation; text: string; expansion: Expansion; stage: Stage } | undefined;
  walkChain(image, graph, (instruction, look, stage) => {
    if (instruction.keyword !== 'USER') return;
    last = {
      at: instruction.at,
      text: instruction.text,
      expansion: expand(instruction.user.text, look, image.file.escape),
      stage,
    };
  });
  if (last === undefined) return { ...base, trace: [...trace, ...base.trace] };
  return judge(image, graph, last, trace);
}

function stageNote(stage: Stage): string {
  return `stage ${stage.name ?? stage.index} starts from ${stage.from.text.slice(0, 200)}`;
}

function judge(
  image: BuiltImage,
  graph: BuildGraph,
  last: { at: SourceLocation; text: string; expansion: Expansion },
  trace: EffectiveUser['trace'],
): EffectiveUser {
  const { at, text, expansion } = last;
  if (!expansion.known) {
    const names = expansion.missing.join(', ');
    return {
      status: 'unknown',
      shown: 'unknown',
      at,
      text,
      why: `${names} has no value in sight`,
      trace,
      closes: `give ${names} a default in the Dockerfile or a value in the build, or write a numeric USER`,
    };
  }
  const steps = [...trace, { at, note: `${text.slice(0, 200)} sets the user ${JSON.stringify(expansion.text)}` }];
  const shown = expansion.text === '' ? 'root (empty USER)' : JSON.stringify(expansion.text);
  const { kind, name } = kindOfUser(expansion.text);
  if (kind === 'root') return { status: 'root', shown, at, text, why: `the last USER is ${shown}`, trace: steps };
  if (kind === 'other') return { status: 'other', shown, at, text, why: `the last USER is ${shown}`, trace: steps };
  if (kind === 'out-of-range') {
    return {
      status: 'unknown',
      shown,
      at,
      text,
      why: `${shown} is no valid user id; what a runtime makes of it differs`,
      trace: steps,
      outOfRange: true,
      closes: 'write a USER between 1 and 2147483647',
    };
  }
  return judgeName(image, graph, name, { at, text, shown, trace: steps });
}

/** A name is not root unless a command in sight gives it the id 0. */
function judgeName(
  image: BuiltImage,
  graph: BuildGraph,
  name: string,
  last: { at: SourceLocation; text: string; shown: string; trace: EffectiveUser['trace'] },
): EffectiveUser {
  const { trace, ...place } = last;
  const given: { at: SourceLocation; text: string; id: Expansion; own: boolean }[] = [];
  let rewritten: { at: SourceLocation; text: string } | undefined;
  const own = new Set(graph.chain.map((stage) => stage.index));
  const others = [...graph.reachable.keys()].filter((index) => !own.has(index)).sort((a, b) => a - b);
  const chains = [
    graph.chain,
    ...others.flatMap((index) => (image.file.stages[index] === undefined ? [] : [[image.file.stages[index]]])),
  ];
  chains.forEach((chain, number) => {
    walkStages(image, graph, chain, (instruction, look) => {
      if (rewritesPasswd(instruction)) rewritten ??= { at: instruction.at, text: instruction.text };
      if (instruction.keyword !== 'RUN') return;
      for (const script of [instruction.command, ...instruction.heredocs]) {
        for (const id of idsGivenTo(name, script, (word) => expand(word, look, '\\')))
          given.push({ at: instruction.at, text: instruction.text, id, own: number === 0 });
      }
    });
  });
  const zero = given.find(({ id }) => id.known && Number(id.text) === 0);
  const open = given.find(({ id }) => !id.known);
  const step = (one: { at: SourceLocation; text: string }): EffectiveUser['trace'] => [
    { at: one.at, note: `${one.text.slice(0, 120)} gives ${name} its id` },
    ...trace,
  ];
  if (zero?.own === true) return { status: 'root', ...place, why: `${name} has the user id 0`, trace: step(zero) };
  if (zero !== undefined)
    return {
      status: 'unknown',
      ...place,
      why: `another stage gives ${name} the user id 0, and its /etc/passwd may be copied`,
      trace: step(zero),
      closes: 'write a numeric USER',
    };
  if (open !== undefined)
    return {
      status: 'unknown',
      ...place,
      why: `the user id of ${name} has no value in sight`,
      trace: step(open),
      closes: 'write a numeric USER',
    };
  const doubt = rewritten as { at: SourceLocation; text: string } | undefined;
  if (doubt !== undefined)
    return {
      status: 'unknown',
      ...place,
      why: `an instruction rewrites /etc/passwd, which gives ${name} its user id`,
      trace: [{ at: doubt.at, note: `${doubt.text.slice(0, 120)} rewrites /etc/passwd` }, ...trace],
      closes: 'write a numeric USER',
    };
  const noted =
    given.length > 0
      ? `its id is ${given.map(({ id }) => (id.known ? id.text : '?')).join(', ')}`
      : 'nothing in sight gives the name the id 0';
  return { status: 'other', ...place, why: `the last USER is ${place.shown}, ${noted}`, trace };
}

/** A file of users from the build context, or one that is edited in place: its ids are not followed. */
function rewritesPasswd(instruction: Instruction): boolean {
  if (instruction.keyword === 'RUN')
    return /\bsed\b[^\n]*-i[^\n]*\/etc\/passwd/.test([instruction.command, ...instruction.heredocs].join('\n'));
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false;
  const { destination, from, sources } = instruction;
  if (from !== undefined) return false;
  return (
    /^["']?\/etc\/passwd["']?$/.test(destination) ||
    (/^["']?\/etc\/?["']?$/.test(destination) && sources.some(({ text }) => /(?:^|\/)passwd["']?$/.test(text)))
  );
}

function baseUser(
  image: BuiltImage,
  graph: BuildGraph,
  first: Stage,
  images: readonly BuiltImage[],
  depth: number,
): EffectiveUser {
  const base = graph.reachable.get(first.index);
  const place = { at: first.from.at, text: `FROM ${first.from.text}` };
  const unknown = (why: string, closes: string): EffectiveUser => ({
    status: 'unknown',
    shown: 'unknown',
    ...place,
    why,
    trace: [],
    closes,
  });
  if (base?.kind === 'scratch')
    return { status: 'root', shown: 'root', ...place, why: 'no USER, and scratch has none', trace: [] };
  if (base?.kind !== 'image') return unknown('its base is built outside the tree', 'write a USER');
  if (!base.reference.known) {
    const names = base.reference.missing.join(', ');
    return unknown(
      `no USER, and its base is not known: ${names} has no value in sight`,
      `write a USER, or give ${names} a default or a value in the build`,
    );
  }
  const reference = base.reference.text;
  const own = productImagesOf(reference, images).filter((other) => other !== image);
  if (own.length > 0 && depth < DEEPEST) {
    const users = own.map((other) => effectiveUser(other, images, depth + 1));
    const worst =
      users.find((user) => user.status === 'root') ?? users.find((user) => user.status === 'unknown') ?? users[0];
    if (worst !== undefined)
      return { ...worst, why: `no USER, and its base ${reference} is of this product: ${worst.why}` };
  }
  const known = baseUserOf(reference);
  if (known === undefined)
    return unknown(
      `no USER, and the user of its base ${reference} is not in sight`,
      `write a USER, or put the OCI layout of ${reference} in the tree`,
    );
  const { kind } = kindOfUser(known.user);
  if (kind === 'root')
    return { status: 'root', shown: 'root', ...place, why: `no USER, and ${reference} runs as root`, trace: [] };
  return {
    status: 'other',
    shown: JSON.stringify(known.user),
    ...place,
    why: `no USER, and ${reference} runs as ${known.user}`,
    trace: [],
  };
}
