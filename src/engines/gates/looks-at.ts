import type { Answer, Invocation } from './types.ts';

const VALUED = new Set(['-f', '--format', '-o', '--output', '--fail-on', '--now']);

/** Whether a call of our own command line looks at a path: `verify` may name a folder. */
export function fourproofLooksAt({ args }: Pick<Invocation, 'args'>, path: string): Answer {
  const words = args.filter((word, index) => !word.startsWith('-') && !VALUED.has(args[index - 1] ?? ''));
  const [verb] = words;
  const [folder] = verb === 'verify' ? words.slice(1) : verb === 'diff' ? words.slice(3) : words;
  const plain = (folder ?? '.').replace(/^\.\//, '').replace(/\/$/, '');
  if (/[$`]/.test(plain))
    return { answer: 'undecided', why: `an expression decides the folder \`${plain}\` that it verifies` };
  // Workflows belong to the git root and are read whichever folder is asked for.
  const holds = plain === '' || plain === '.' || path.startsWith(`${plain}/`) || path.startsWith('.github/');
  return holds
    ? { answer: 'yes', why: `it verifies ${plain === '' ? '.' : plain}` }
    : { answer: 'no', why: `it verifies ${plain} only` };
}
