import { DockerfileParser } from 'dockerfile-ast';
import { TextPositions, topOf } from '../../lib/text-position.ts';
import type { FactReader, Reading, SourceLocation, TextFile } from '../../model/index.ts';
import { splitInstructions, type RawDockerfile, type RawInstruction } from './line-rules.ts';
import { flagValue, readInstruction } from './read-instruction.ts';
import type { ArgInstruction, DockerfileFact, Instruction, Stage } from './types.ts';
import { splitBlank, splitFlags } from './words.ts';

type Problem = Reading<DockerfileFact>['unread'][number];

const LARGEST = 250_000;
const MOST_INSTRUCTIONS = 5_000;
const MOST_STAGES = 500;
/** `dockerfile` is what docker falls back to. */
const NAMED = /(?:^|\/)(?:Dockerfile|dockerfile|Containerfile|[^/]+[._-](?:Dockerfile|dockerfile|Containerfile))$/;
const VARIANT = /(?:^|\/)(?:Dockerfile|Containerfile)[._-][^/]+$/;
/** Endings of documents and programs that may stand after `Dockerfile.`, though some people name a variant so. */
const ELSEWHERE =
  /\.(?:md|markdown|txt|adoc|rst|html?|json|ya?ml|toml|sh|bash|py|rb|js|mjs|cjs|ts|tsx|go|java|kt|cs|php|rs|lock|log|patch|diff|orig|bak|swp|svg|png)$/i;
const TEMPLATE = /\.(?:tmpl|tpl|template|j2|jinja2?|erb|mustache|hbs|gotmpl|m4|in|ejs)$/i;

/** Reads Dockerfiles and Containerfiles. Two splitters, dockerfile-ast and BuildKit's line rules, must see the same instructions. */
export const dockerfileReader: FactReader<'dockerfile', DockerfileFact> = {
  kind: 'dockerfile',
  belongsTo: 'product',
  selects: (path) => (NAMED.test(path) || VARIANT.test(path)) && !/\.(?:dockerignore|containerignore)$/i.test(path),
  read: readDockerfile,
};

function readDockerfile({ path, text }: TextFile): Reading<DockerfileFact> {
  const whole = topOf(path);
  const refuse = (
    reason: Problem['reason'],
    message: string,
    at = whole,
    closes?: string,
  ): Reading<DockerfileFact> => ({
    facts: [],
    unread: [{ path, reason, message, at, ...(closes === undefined ? {} : { closes }) }],
  });
  if (text.length > LARGEST) return refuse('too-large', `longer than ${LARGEST} characters`);
  const positions = new TextPositions(path, text);
  const raw = splitInstructions(text, MOST_INSTRUCTIONS);
  if (raw.instructions.length > MOST_INSTRUCTIONS)
    return refuse('too-large', `more than ${MOST_INSTRUCTIONS} instructions`);
  if (raw.instructions.filter((instruction) => instruction.keyword === 'FROM').length > MOST_STAGES)
    return refuse('too-large', `more than ${MOST_STAGES} stages`);
  const first = raw.instructions[0];
  const starts = first?.keyword === 'FROM' || first?.keyword === 'ARG';
  if (ELSEWHERE.test(path) && !starts) return { facts: [], unread: [] };

  const template = findTemplate(path, raw);
  if (template !== undefined) {
    return refuse(
      'unrendered-template',
      'a template of a Dockerfile, not rendered',
      positions.range(template.start, template.end),
      'commit the rendered Dockerfile',
    );
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) return refuse('unparsed-file', 'holds a NUL byte', positions.range(nul, nul + 1));
  const from = raw.instructions.findIndex((instruction) => instruction.keyword === 'FROM');
  if (from < 0)
    return refuse(
      'unparsed-file',
      'no FROM: it cannot be built',
      first === undefined ? whole : positions.range(first.start, first.end),
    );
  const differs = firstDifference(text, raw, positions);
  if (differs !== undefined) {
    return refuse(
      'unparsed-file',
      'where this instruction ends is read differently by two parsers',
      positions.range(differs.start, differs.end),
      'write it without a doubled escape at the end of a line and without `<<` in quotes',
    );
  }
  const reading = assemble(path, raw, positions);
  const [problem] = reading.unread;
  if (problem === undefined || !TEMPLATE.test(path)) return reading;
  return refuse(
    'unrendered-template',
    'a template of a Dockerfile, not rendered',
    problem.at,
    'commit the rendered Dockerfile',
  );
}

function findTemplate(path: string, { instructions }: RawDockerfile): RawInstruction | undefined {
  const marked = instructions.find(
    ({ keyword, rest }) => /^(?:\{[{%#]|<%)/.test(keyword) || (keyword === 'FROM' && /\{\{|\{%|<%/.test(rest)),
  );
  if (marked !== undefined) return marked;
  return TEMPLATE.test(path) ? instructions.find(({ text }) => /\{\{|\{%|<%|@[A-Z_]{2,40}@/.test(text)) : undefined;
}

/** The first instruction on whose start the two splitters disagree. */
function firstDifference(
  text: string,
  { instructions }: RawDockerfile,
  positions: TextPositions,
): RawInstruction | undefined {
  const others = DockerfileParser.parse(text).getInstructions();
  for (let index = 0; index < Math.max(instructions.length, others.length); index++) {
    const ours = instructions[index];
    const theirs = others[index];
    const line = ours === undefined ? -1 : positions.at(ours.start).line - 1;
    if (theirs?.getKeyword() === ours?.keyword && theirs?.getRange().start.line === line) continue;
    // The instruction before swallowed or lost the lines in between.
    return instructions[Math.max(0, index - 1)];
  }
  return undefined;
}

function assemble(path: string, raw: RawDockerfile, positions: TextPositions): Reading<DockerfileFact> {
  const unread: Problem[] = [];
  const globalArgs: ArgInstruction[] = [];
  const stages: (Stage & { readonly instructions: Instruction[] })[] = [];
  const counts = new Map<string, number>();
  for (const instruction of raw.instructions) {
    const { keyword, text, rest, restStart } = instruction;
    const owner =
      keyword === 'FROM' ? `stages[${stages.length}]` : stages.length === 0 ? 'global' : `stages[${stages.length - 1}]`;
    const key = keyword === 'FROM' ? owner : `${owner}.${/^[A-Z]{1,20}$/.test(keyword) ? keyword : '?'}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const route = keyword === 'FROM' ? key : `${key}[${count}]`;
    const locate = (start: number, end: number): SourceLocation => {
      const from = instruction.offsetOf(start);
      return positions.range(
        from,
        Math.max(from, end >= text.length ? instruction.end : instruction.offsetOf(end)),
        route,
      );
    };
    const complain = (message: string): number =>
      unread.push({ path, reason: 'unparsed-file', message, at: locate(0, text.length) });
    if (instruction.unclosed !== undefined)
      complain(`the heredoc ${JSON.stringify(instruction.unclosed.slice(0, 40))} is not closed`);
    if (text.includes('\uFFFD') && !['LABEL', 'MAINTAINER'].includes(keyword)) complain('not valid UTF-8');
    if (keyword === 'FROM') {
      const stage = readFrom(rest, restStart, stages.length, raw.escape, locate);
      if (stage === undefined) complain('FROM is not of the form `FROM image [AS name]`');
      else stages.push(stage);
      continue;
    }
    const reading = readInstruction(instruction, restStart, raw.escape, locate);
    if (!reading.ok) complain(reading.why);
    else if (stages.length > 0) stages.at(-1)?.instructions.push(reading.instruction);
    else if (reading.instruction.keyword === 'ARG') globalArgs.push(reading.instruction);
    else complain(`${keyword} before the first FROM`);
  }
  const last = raw.instructions.at(-1);
  const at = positions.range(0, last?.end ?? 0);
  const fact = {
    path,
    at,
    escape: raw.escape,
    globalArgs,
    stages,
    ...(raw.syntax === undefined ? {} : { syntax: raw.syntax }),
  };
  return { facts: stages.length === 0 ? [] : [fact], unread };
}

function readFrom(
  rest: string,
  shift: number,
  index: number,
  escape: string,
  locate: (start: number, end: number) => SourceLocation,
): (Stage & { readonly instructions: Instruction[] }) | undefined {
  const { flags, rest: after } = splitFlags(rest, escape);
  const [image, as, name, ...more] = splitBlank(after.text);
  const named = as !== undefined && name !== undefined && as.text.toUpperCase() === 'AS' && more.length === 0;
  if (image === undefined || (as !== undefined && !named)) return undefined;
  const start = shift + after.start + image.start;
  const platform = flagValue(flags, 'platform', (word) => ({ text: word.text, at: locate(0, 0) }))?.text;
  return {
    index,
    from: { text: image.text, at: locate(start, start + image.text.length) },
    at: locate(0, shift + rest.length),
    instructions: [],
    ...(named ? { name: name.text.toLowerCase() } : {}),
    ...(platform === undefined ? {} : { platform }),
  };
}
