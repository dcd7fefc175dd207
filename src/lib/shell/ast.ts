import { tokenise, type ShellToken, type ShellWord } from './lexer.ts';

/** A simple command: its words, and the scripts that its substitutions run. */
export interface SimpleCommand {
  readonly type: 'simple';
  /** Name and arguments, without assignments and redirections. */
  readonly words: readonly ShellWord[];
  readonly assignments: readonly ShellWord[];
  readonly substitutions: readonly ShellList[];
  /** Offsets in the outermost script. */
  readonly start: number;
  readonly end: number;
}

export interface CompoundCommand {
  readonly type: 'if' | 'loop' | 'group' | 'subshell' | 'function' | 'case';
  /** Condition of each branch of an `if`, or of a loop. */
  readonly conditions: readonly ShellList[];
  /** Bodies in order; an `else` is the body after the last condition. */
  readonly bodies: readonly ShellList[];
}

export type Command = SimpleCommand | CompoundCommand;

export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

/** Pipelines joined by `&&` and `||`; `operators[i]` stands before `pipelines[i + 1]`. */
export interface AndOr {
  readonly pipelines: readonly Pipeline[];
  readonly operators: readonly ('&&' | '||')[];
  readonly background: boolean;
}

export type ShellList = readonly AndOr[];

const DEEPEST = 40;
const REDIRECTIONS = new Set(['>', '>>', '<', '<<', '<<-', '<<<', '>&', '<&', '<>', '>|', '&>', '&>>']);
const CLOSERS = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);

/** Parses a script (POSIX shell grammar, IEEE 1003.1 section 2.10). Tolerant: what it cannot place, it passes over. */
export function parseShell(script: string, offset = 0, depth = 0): ShellList {
  const tokens = depth > DEEPEST ? [] : tokenise(script);
  let at = 0;
  let nesting = depth;
  const list = readList([]);
  // A stray closer ends a list early; the rest is still read.
  const rest: AndOr[] = [];
  while (at < tokens.length) {
    at++;
    rest.push(...readList([]));
  }
  return [...list, ...rest];

  function operator(text: string): boolean {
    const token = tokens[at];
    return token?.type === 'operator' && token.text === text;
  }

  function keyword(): string | undefined {
    const token = tokens[at];
    return token?.type === 'word' && !token.quoted ? token.text : undefined;
  }

  function skipSeparators(): void {
    while (operator(';') || operator('\n')) at++;
  }

  /** Reads until one of the closing words, `)` or `;;`. */
  function readList(until: readonly string[]): AndOr[] {
    const items: AndOr[] = [];
    if (nesting++ > DEEPEST) at = tokens.length;
    for (;;) {
      skipSeparators();
      const word = keyword();
      if (at >= tokens.length || operator(')') || operator(';;')) break;
      if (word !== undefined && (until.includes(word) || CLOSERS.has(word))) break;
      const before = at;
      items.push(readAndOr());
      if (at === before) at++;
    }
    nesting--;
    return items;
  }

  function readAndOr(): AndOr {
    const pipelines = [readPipeline()];
    const operators: ('&&' | '||')[] = [];
    while (operator('&&') || operator('||')) {
      operators.push(operator('&&') ? '&&' : '||');
      at++;
      while (operator('\n')) at++;
      pipelines.push(readPipeline());
    }
    const background = operator('&');
    if (background) at++;
    return { pipelines, operators, background };
  }

  function readPipeline(): Pipeline {
    let negated = false;
    while (keyword() === '!') {
      negated = !negated;
      at++;
    }
    const commands = [readCommand()];
    while (operator('|') || operator('|&')) {
      at++;
      while (operator('\n')) at++;
      commands.push(readCommand());
    }
    return { negated, commands };
  }

  function readCommand(): Command {
    if (operator('(')) {
      at++;
      const body = readList([]);
      if (operator(')')) at++;
      return compound('subshell', [], [body]);
    }
    switch (keyword()) {
      case 'if':
        return readIf();
      case 'while':
      case 'until': {
        at++;
        const condition = readList(['do']);
        return compound('loop', [condition], [readDo()]);
      }
      case 'for':
      case 'select': {
        while (at < tokens.length && keyword() !== 'do') at++;
        return compound('loop', [], [readDo()]);
      }
      case 'case': {
        while (at < tokens.length && keyword() !== 'esac') at++;
        at++;
        return compound('case', [], []);
      }
      case '{': {
        at++;
        const body = readList(['}']);
        if (keyword() === '}') at++;
        return compound('group', [], [body]);
      }
      case 'function': {
        at += 2;
        if (operator('(')) at += 2;
        skipSeparators();
        return compound('function', [], [[{ pipelines: [readPipeline()], operators: [], background: false }]]);
      }
      default:
        return readSimple();
    }
  }

  function readIf(): CompoundCommand {
    const conditions: ShellList[] = [];
    const bodies: ShellList[] = [];
    do {
      at++;
      conditions.push(readList(['then']));
      if (keyword() === 'then') at++;
      bodies.push(readList(['elif', 'else', 'fi']));
    } while (keyword() === 'elif');
    if (keyword() === 'else') {
      at++;
      bodies.push(readList(['fi']));
    }
    if (keyword() === 'fi') at++;
    return compound('if', conditions, bodies);
  }

  function readDo(): ShellList {
    if (keyword() === 'do') at++;
    const body = readList(['done']);
    if (keyword() === 'done') at++;
    return body;
  }

  function compound(
    type: CompoundCommand['type'],
    conditions: readonly ShellList[],
    bodies: readonly ShellList[],
  ): CompoundCommand {
    while (skipRedirection());
    return { type, conditions, bodies };
  }

  function skipRedirection(): boolean {
    const token = tokens[at];
    const next = tokens[at + 1];
    if (token?.type === 'operator' && REDIRECTIONS.has(token.text)) {
      at += 2;
      return true;
    }
    const isDescriptor = token?.type === 'word' && /^\d+$/.test(token.text) && next?.type === 'operator';
    if (isDescriptor && REDIRECTIONS.has(next.text) && next.start === token.end) {
      at += 3;
      return true;
    }
    return false;
  }

  function readSimple(): Command {
    const words: Extract<ShellToken, { type: 'word' }>[] = [];
    const assignments: Extract<ShellToken, { type: 'word' }>[] = [];
    for (;;) {
      if (skipRedirection()) continue;
      const token = tokens[at];
      if (token?.type !== 'word') break;
      at++;
      const isAssignment = words.length === 0 && /^[A-Za-z_]\w*\+?=/.test(token.text);
      (isAssignment ? assignments : words).push(token);
    }
    if (words.length === 1 && assignments.length === 0 && operator('(')) {
      at++;
      if (operator(')')) at++;
      skipSeparators();
      return compound('function', [], [[{ pipelines: [readPipeline()], operators: [], background: false }]]);
    }
    const all = [...assignments, ...words];
    const substitutions = all.flatMap((word) =>
      word.substitutions.map((inner) => parseShell(inner, offset + word.start, nesting + 1)),
    );
    const start = offset + (all[0]?.start ?? 0);
    return { type: 'simple', words, assignments, substitutions, start, end: offset + (all.at(-1)?.end ?? 0) };
  }
}

/** Every simple command of a script in the order of its text, also those in compound commands and substitutions. */
export function simpleCommands(list: ShellList): SimpleCommand[] {
  return list.flatMap((item) =>
    item.pipelines.flatMap((pipeline) =>
      pipeline.commands.flatMap((command) =>
        command.type === 'simple'
          ? [command, ...command.substitutions.flatMap(simpleCommands)]
          : [...command.conditions.flatMap(simpleCommands), ...command.bodies.flatMap(simpleCommands)],
      ),
    ),
  );
}
