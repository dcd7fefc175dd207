import type { SourceLocation } from '../../model/index.ts';
import type { Located } from '../workflow/types.ts';
import type { RawInstruction } from './line-rules.ts';
import type { Assignment, Instruction, Mount } from './types.ts';
import { jsonWords, splitBlank, splitFlags, splitQuoted, type RawWord } from './words.ts';

/** Turns `[start, end)` of an instruction's text into a location. */
type Locate = (start: number, end: number) => SourceLocation;

/** What reading gave: an instruction, or why there is none. */
type InstructionReading =
  { readonly ok: true; readonly instruction: Instruction } | { readonly ok: false; readonly why: string };

const OTHERS = new Set([
  'CMD',
  'ENTRYPOINT',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'SHELL',
  'STOPSIGNAL',
  'VOLUME',
  'WORKDIR',
]);

/** Reads one instruction other than FROM. `shift` is where `rest` starts in the text that `locate` speaks of. */
export function readInstruction(
  raw: Pick<RawInstruction, 'keyword' | 'text' | 'rest' | 'heredocs'>,
  shift: number,
  escape: string,
  locate: Locate,
): InstructionReading {
  const { keyword, text, rest, heredocs } = raw;
  const at = locate(0, text.length);
  const bodies = heredocs.map((heredoc) => heredoc.body);
  const place = (word: RawWord): Located => ({ text: word.text, at: locate(shift + word.start, shift + word.end) });
  if (rest === '') return { ok: false, why: `${keyword.slice(0, 40)} without an argument` };
  switch (keyword) {
    case 'ARG':
      return done({
        keyword,
        at,
        text,
        assignments: splitQuoted(rest, escape).words.map((word) => assignment(word, place)),
      });
    case 'ENV':
      return done({ keyword, at, text, assignments: readEnv(rest, escape, place) });
    case 'USER':
      return done({ keyword, at, text, user: place({ text: rest, start: 0, end: rest.length }) });
    case 'ADD':
    case 'COPY': {
      const { flags, rest: after } = splitFlags(rest, escape);
      const words = transferWords(after).filter((word) => !/^\d*<<-?[^<]+$/.test(word.text) || bodies.length === 0);
      const from = flagValue(flags, 'from', place);
      const checksum = flagValue(flags, 'checksum', place);
      const chown = flagValue(flags, 'chown', place)?.text;
      const given = {
        ...(from === undefined ? {} : { from }),
        ...(checksum === undefined ? {} : { checksum }),
        ...(chown === undefined ? {} : { chown }),
      };
      return done({
        keyword,
        at,
        text,
        sources: words.slice(0, -1).map(place),
        destination: words.at(-1)?.text ?? '',
        heredocs: bodies,
        ...given,
      });
    }
    case 'RUN': {
      const { flags, rest: after } = splitFlags(rest, escape);
      const mounts = flags.filter((flag) => flag.text.startsWith('--mount=')).map((flag) => readMount(flag, place));
      return done({ keyword, at, text, command: after.text, mounts, heredocs: bodies });
    }
    case 'ONBUILD': {
      const word = /^\S+/.exec(rest)?.[0] ?? '';
      const inner = rest.slice(word.length).trimStart();
      const nested = { keyword: word.toUpperCase(), text: rest, rest: inner, heredocs };
      if (['ONBUILD', 'FROM', 'MAINTAINER'].includes(nested.keyword))
        return { ok: false, why: `ONBUILD cannot hold ${nested.keyword}` };
      const start = shift + rest.length - inner.length;
      const trigger = readInstruction(nested, start - shift, escape, (from, to) => locate(shift + from, shift + to));
      return trigger.ok ? done({ keyword, at, text, trigger: trigger.instruction }) : trigger;
    }
    default:
      return OTHERS.has(keyword)
        ? done({ keyword: 'OTHER', at, text, name: keyword, arguments: rest })
        : { ok: false, why: `unknown instruction ${JSON.stringify(keyword.slice(0, 40))}` };
  }
}

function done(instruction: Instruction): InstructionReading {
  return { ok: true, instruction };
}

function assignment(word: RawWord, place: (word: RawWord) => Located): Assignment {
  const equals = word.text.indexOf('=');
  const { at } = place(word);
  if (equals < 0) return { name: word.text, at };
  const value = place({ text: word.text.slice(equals + 1), start: word.start + equals + 1, end: word.end });
  return { name: word.text.slice(0, equals), value, at };
}

/** `ENV a=1 b=2`, or the old form `ENV a everything after it`. */
function readEnv(rest: string, escape: string, place: (word: RawWord) => Located): (Assignment & { value: Located })[] {
  const { words } = splitQuoted(rest, escape);
  const [first, second] = words;
  if (first !== undefined && second !== undefined && !first.text.includes('=')) {
    const value = place({ text: rest.slice(second.start), start: second.start, end: rest.length });
    return [{ name: first.text, value, at: place(first).at }];
  }
  return words.flatMap((word) => {
    const read = assignment(word, place);
    return read.value === undefined ? [] : [{ ...read, value: read.value }];
  });
}

function transferWords(after: RawWord): RawWord[] {
  const json = jsonWords(after.text);
  if (json !== undefined) return json.map((text) => ({ text, start: after.start, end: after.end }));
  return splitBlank(after.text).map((word) => ({
    text: word.text,
    start: after.start + word.start,
    end: after.start + word.end,
  }));
}

/** The value of `--name=value`, the last one, as BuildKit takes it. */
export function flagValue(
  flags: readonly RawWord[],
  name: string,
  place: (word: RawWord) => Located,
): Located | undefined {
  const flag = flags.findLast((candidate) => candidate.text.startsWith(`--${name}=`));
  if (flag === undefined) return undefined;
  const skip = name.length + 3;
  return place({ text: flag.text.slice(skip), start: flag.start + skip, end: flag.end });
}

function readMount(flag: RawWord, place: (word: RawWord) => Located): Mount {
  let start = flag.start + '--mount='.length;
  let type = 'bind';
  let from: Located | undefined;
  for (const field of flag.text.slice('--mount='.length).split(',')) {
    const [key, ...value] = field.split('=');
    const text = value.join('=');
    if (key?.toLowerCase() === 'type') type = text.toLowerCase();
    if (key?.toLowerCase() === 'from') from = place({ text, start: start + 5, end: start + field.length });
    start += field.length + 1;
  }
  return { type, at: place(flag).at, ...(from === undefined ? {} : { from }) };
}
