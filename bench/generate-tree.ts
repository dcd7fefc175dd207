import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Kind = 'java' | 'js' | 'json' | 'text' | 'markdown' | 'kubernetes' | 'dockerfile';

/** Of a hundred files, how many are of which kind: about what a large product repository holds. */
const MIX: readonly (readonly [Kind, number])[] = [
  ['java', 36],
  ['js', 26],
  ['json', 14],
  ['text', 10],
  ['markdown', 8],
  ['kubernetes', 5],
  ['dockerfile', 1],
];
const CYCLE = MIX.flatMap(([kind, share]) => Array.from({ length: share }, () => kind));
const AVERAGE_BYTES = 2000;
const FILES_PER_FOLDER = 40;
const WORDS =
  'order payment invoice customer basket label price ship track refund audit login session token cache queue'
    .split(' ')
    .flatMap((word) => [word, `${word}s`, `${word}Service`, `find_${word}`]);

/** Writes a tree of `count` files, always the same, and commits it. Returns the number of its bytes. */
export function generateTree(target: string, count: number): number {
  const random = mulberry32(count);
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const kind = CYCLE[(index * 37) % CYCLE.length] ?? 'text';
    const folder = join(target, `part-${Math.floor(index / 1000)}`, `module-${Math.floor(index / FILES_PER_FOLDER)}`);
    if (index % FILES_PER_FOLDER === 0) mkdirSync(folder, { recursive: true });
    const size = Math.floor(AVERAGE_BYTES * (0.2 + 1.6 * random()));
    const { name, text } = fileOf(kind, index, size, random);
    writeFileSync(join(folder, name), text);
    bytes += text.length;
  }
  git(target, 'init', '--quiet', '--initial-branch=main');
  git(target, 'add', '--all');
  git(target, 'commit', '--quiet', '--no-verify', '--no-gpg-sign', '--message', 'all');
  return bytes;
}

function fileOf(kind: Kind, index: number, size: number, random: () => number): { name: string; text: string } {
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? '';
  const digest = (): string => Array.from({ length: 8 }, () => hex(random)).join('');
  const fill = (line: () => string): string => {
    const lines = [];
    for (let length = 0; length < size; length += lines.at(-1)?.length ?? 1) lines.push(line());
    return lines.join('\n');
  };
  switch (kind) {
    case 'java':
      return {
        name: `Class${index}.java`,
        text: `package example.${word()};\n\npublic class Class${index} {\n${fill(() => `  String ${word()}(String ${word()}) { return repository.${word()}("${word()}", ${word()}); }`)}\n}\n`,
      };
    case 'js':
      return {
        name: `file${index}.js`,
        text: `${fill(() => `export function ${word()}(${word()}) { return ${word()}.map((${word()}) => \`${word()}: \${${word()}}\`); }`)}\n`,
      };
    case 'json':
      return {
        name: `data${index}.json`,
        text: `[\n${fill(() => `  { "${word()}": ${Math.floor(random() * 1e6)}, "name": "${word()}" },`)}\n  {}\n]\n`,
      };
    case 'text':
      return { name: `notes${index}.txt`, text: `${fill(() => Array.from({ length: 12 }, word).join(' '))}\n` };
    case 'markdown':
      return {
        name: `page${index}.md`,
        text: `# ${word()}\n\n${fill(() => `- the ${word()} of ${word()}: \`${word()}\``)}\n`,
      };
    case 'kubernetes':
      return {
        name: `deploy${index}.yaml`,
        text: deployment(
          index,
          digest,
          fill(() => `            - { name: ${word().toUpperCase()}, value: "${word()}" }`),
        ),
      };
    case 'dockerfile':
      return {
        name: `Dockerfile.${index}`,
        text: `FROM docker.io/library/node:22@sha256:${digest()}\nWORKDIR /app\n${fill(() => `RUN echo ${word()} && mkdir -p /app/${word()}`)}\nCOPY . .\nUSER 1000\nCMD ["node", "main.js"]\n`,
      };
  }
}

function deployment(index: number, digest: () => string, variables: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  namespace: apps
spec:
  selector:
    matchLabels: { app: app-${index} }
  template:
    metadata:
      labels: { app: app-${index} }
    spec:
      containers:
        - name: app
          image: registry.example.com/app-${index}@sha256:${digest()}
          env:
${variables}
`;
}

function hex(random: () => number): string {
  return Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}

/** A small generator of numbers from 0 to 1: the same seed gives the same tree. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function git(folder: string, ...args: readonly string[]): void {
  const settings = ['user.name=bench', 'user.email=bench@example.com', 'core.hooksPath=/dev/null', 'gc.auto=0'];
  execFileSync('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
  });
}
