/** A small builder: runs one Dockerfile's text stage by stage with concrete arguments and notes what happens. */

import { splitInstructions, type RawInstruction } from '../../facts/dockerfile/line-rules.ts';
import { jsonWords, splitBlank, splitFlags, splitQuoted } from '../../facts/dockerfile/words.ts';
import type { Simulation, SimulationInput } from './simulate-types.ts';
import { makeUsers, pair, platformValues, show } from './simulate-values.ts';
import { substitute, type Lookup } from './simulate-words.ts';

interface Stage {
  readonly index: number;
  readonly name: string;
  readonly from: string;
  readonly body: RawInstruction[];
}

interface State {
  readonly base: string | null;
  readonly env: Map<string, string | null>;
  readonly args: Map<string, string | null>;
  readonly ids: Map<string, string>;
  readonly triggers: readonly RawInstruction[];
  user?: string | null;
}

const DEEPEST = 500;

/** Runs the build. */
export function simulate(input: SimulationInput): Simulation {
  const { escape, instructions } = splitInstructions(input.text, 10_000);
  const globals = new Map<string, string | null>(platformValues(input.platform));
  const stages: Stage[] = [];
  const done = new Map<number, State>();
  const pulled: (string | null)[] = [];
  const fetched: { source: string; checksum: string }[] = [];
  const left: { keyword: 'ARG' | 'ENV'; name: string; value: string | null }[] = [];
  const steps: string[] = [];
  const running = new Set<number>();
  const circles: Stage[] = [];

  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') stages.push(readStage(instruction, stages.length));
    else if (stages.length > 0) stages.at(-1)?.body.push(instruction);
    else if (instruction.keyword === 'ARG') declare(instruction, globals);
  }
  const wanted = input.target.toLowerCase();
  const target =
    wanted === ''
      ? stages.at(-1)
      : (stages.filter((stage) => stage.name === wanted).at(-1) ?? stages[/^\d+$/.test(wanted) ? Number(wanted) : -1]);
  const end = target === undefined ? undefined : run(target, 0);
  if (end === undefined || circles.length > 0)
    return {
      ok: false,
      base: null,
      pulled,
      fetched,
      left,
      ids: new Map(),
      steps: [...steps, 'the build does not run'],
    };
  return {
    ok: true,
    base: end.base,
    pulled,
    fetched,
    left,
    ids: end.ids,
    steps,
    ...(end.user === undefined ? {} : { user: end.user }),
  };

  function readStage({ rest }: RawInstruction, index: number): Stage {
    const words = splitBlank(splitFlags(rest, escape).rest.text).map((word) => word.text);
    return { index, from: words[0] ?? '', name: (words[2] ?? '').toLowerCase(), body: [] };
  }

  function declare(instruction: RawInstruction, into: Map<string, string | null>): void {
    for (const { text } of splitQuoted(instruction.rest, escape).words) {
      const [name, value] = pair(text);
      const fallback = value === undefined ? input.absent : substitute(value, (other) => into.get(other), escape);
      const result = input.args.has(name) ? (input.args.get(name) ?? null) : fallback;
      into.set(name, result);
      left.push({ keyword: 'ARG', name, value: result });
    }
  }

  function run(stage: Stage, depth: number): State | undefined {
    const before = done.get(stage.index);
    if (before !== undefined) return before;
    if (depth > DEEPEST || running.has(stage.index)) {
      circles.push(stage);
      return undefined;
    }
    running.add(stage.index);
    const reference = substitute(stage.from, (name) => globals.get(name), escape);
    const state = start(stage, reference, depth);
    if (state === undefined) return undefined;
    for (const instruction of [...state.triggers, ...stage.body]) execute(instruction, state.next, stage, depth);
    const triggers = stage.body.flatMap((instruction) =>
      instruction.keyword === 'ONBUILD' ? [unwrap(instruction)] : [],
    );
    const end = { ...state.next, triggers };
    done.set(stage.index, end);
    return end;
  }

  function start(
    stage: Stage,
    reference: string | null,
    depth: number,
  ): { next: State; triggers: readonly RawInstruction[] } | undefined {
    const fresh = (base: string | null): { next: State; triggers: readonly RawInstruction[] } => ({
      next: { base, env: new Map(), args: new Map(), ids: new Map(), triggers: [] },
      triggers: [],
    });
    if (reference === null || reference.trim() === '') {
      pulled.push(null);
      steps.push(`FROM ${stage.from}: the image is not known`);
      return fresh(null);
    }
    const name = reference.toLowerCase();
    const parent = stages.filter((other) => other.index < stage.index && other.name === name && name !== '').at(-1);
    if (parent !== undefined) {
      const state = run(parent, depth + 1);
      if (state === undefined) return undefined;
      steps.push(`FROM ${reference}: goes on from stage ${parent.index}, user ${show(state.user)}`);
      return {
        next: { ...state, env: new Map(state.env), args: new Map(state.args), ids: new Map(state.ids) },
        triggers: state.triggers,
      };
    }
    if (name === 'scratch') {
      steps.push('FROM scratch: an empty image, user root');
      return fresh('scratch');
    }
    const context = input.contexts.get(name);
    const image = context === undefined ? reference : context.startsWith('docker-image://') ? context.slice(15) : '';
    if (image !== '') pulled.push(image);
    steps.push(image === '' ? `FROM ${reference}: a folder of the build` : `FROM ${image}: pulls it`);
    const next = fresh(image === '' ? null : image);
    for (const [key, value] of input.baseEnv?.(image) ?? []) next.next.env.set(key, value);
    return next;
  }

  function execute(instruction: RawInstruction, state: State, stage: Stage, depth: number): void {
    const { keyword, rest } = instruction;
    const look: Lookup = (name) => {
      const value = state.env.has(name) ? state.env.get(name) : state.args.get(name);
      return value === undefined && state.base !== 'scratch' ? null : value;
    };
    switch (keyword) {
      case 'ARG':
      case 'ENV': {
        const changes = assignments(instruction).map(([name, value]) => ({
          name,
          value: value === undefined ? undefined : substitute(value, look, escape),
          given: value !== undefined,
        }));
        for (const { name, value, given } of changes) {
          const result =
            keyword === 'ENV'
              ? (value ?? null)
              : input.args.has(name)
                ? (input.args.get(name) ?? null)
                : given
                  ? (value ?? null)
                  : globals.has(name)
                    ? (globals.get(name) ?? null)
                    : input.absent;
          (keyword === 'ENV' ? state.env : state.args).set(name, result);
          left.push({ keyword, name, value: result });
        }
        return;
      }
      case 'USER':
        state.user = substitute(rest, look, escape);
        steps.push(`${instruction.text.slice(0, 120)}: user ${show(state.user)}`);
        return;
      case 'RUN':
        for (const script of [rest, ...instruction.heredocs.map((heredoc) => heredoc.body)])
          makeUsers(script, look, state.ids);
        transfer(instruction, look, stage, depth);
        return;
      case 'ADD':
      case 'COPY':
        transfer(instruction, look, stage, depth);
    }
  }

  function assignments({ keyword, rest }: RawInstruction): [string, string | undefined][] {
    const words = splitQuoted(rest, escape).words;
    const [first, second] = words;
    if (keyword === 'ENV' && first !== undefined && second !== undefined && !first.text.includes('='))
      return [[first.text, rest.slice(second.start)]];
    return words.map((word) => pair(word.text)).filter(([, value]) => keyword === 'ARG' || value !== undefined);
  }

  function transfer({ keyword, rest }: RawInstruction, look: Lookup, stage: Stage, depth: number): void {
    const { flags, rest: after } = splitFlags(rest, escape);
    const flag = (name: string): string | undefined =>
      flags.findLast((word) => word.text.startsWith(`--${name}=`))?.text.slice(name.length + 3);
    const froms =
      keyword === 'RUN'
        ? flags.flatMap((word) =>
            word.text.startsWith('--mount=') ? (/(?:^|[=,])from=([^,]*)/i.exec(word.text)?.[1] ?? []) : [],
          )
        : [flag('from') ?? ''];
    for (const from of froms) if (from !== '') fetchFrom(from.replaceAll('"', ''), stage, depth, keyword);
    if (keyword !== 'ADD' || flag('from') !== undefined) return;
    const sources = jsonWords(after.text) ?? splitBlank(after.text).map((word) => word.text);
    for (const written of sources.slice(0, -1)) {
      const source = substitute(written, look, escape) ?? written;
      if (!/^(?:https?:|git@|git:|ssh:)/i.test(source)) continue;
      fetched.push({ source, checksum: substitute(flag('checksum') ?? '', look, escape) ?? '' });
      steps.push(
        `ADD fetches ${source.slice(0, 200)}${flag('checksum') === undefined ? ' without a checksum' : ' with a checksum'}`,
      );
    }
  }

  function fetchFrom(from: string, stage: Stage, depth: number, keyword: string): void {
    const name = from.toLowerCase();
    const other =
      stages.filter((candidate) => candidate.name === name).at(-1) ??
      (/^\d+$/.test(name) ? stages[Number(name)] : undefined);
    if (other !== undefined) {
      run(other, depth + 1);
      return;
    }
    if (name === 'scratch') return;
    const context = input.contexts.get(name);
    if (context !== undefined && !context.startsWith('docker-image://')) return;
    const image = context === undefined ? (from.includes('$') ? null : from) : context.slice(15);
    pulled.push(image);
    steps.push(`${keyword} takes files from ${image ?? `${from}, which is not known`}`);
  }

  function unwrap(instruction: RawInstruction): RawInstruction {
    const keyword = /^\S+/.exec(instruction.rest)?.[0] ?? '';
    return {
      ...instruction,
      keyword: keyword.toUpperCase(),
      text: instruction.rest,
      rest: instruction.rest.slice(keyword.length).trimStart(),
    };
  }
}
