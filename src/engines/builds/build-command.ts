import type { SourceLocation } from '../../model/index.ts';
import { isRemote, joinPath } from './paths.ts';
import { literal, join, patternOf } from './resolve.ts';
import type { Build, Resolved } from './types.ts';

/** What a command line that builds is read into. */
interface CommandPlace {
  /** Folder that the command runs in. */
  readonly folder: Resolved;
  readonly at: SourceLocation;
  readonly where: string;
}

/** Options of docker, podman, buildah and nerdctl `build` that take their value from the next word. */
const VALUED = new Set(
  (
    '--add-host --allow --annotation --arch --attest --authfile --build-arg --build-arg-file --build-context --builder --cache-from --cache-to --call --cgroup-parent ' +
    '--cpu-period --cpu-quota --cpu-shares --cpuset-cpus --cpuset-mems --creds --env --file --format --from --ignorefile --iidfile --ipc --isolation --jobs --label --layer-label ' +
    '--logfile --manifest --memory --memory-swap --metadata-file --network --no-cache-filter --os --output --platform --progress --provenance --runtime --sbom --secret ' +
    '--security-opt --shm-size --sign-by --ssh --tag --target --ulimit --userns --variant --volume --destination --dockerfile --context --context-sub-path -f -t -o -m -v -c'
  ).split(' '),
);
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['-f', '--file'],
  ['-t', '--tag'],
  ['--dockerfile', '--file'],
  ['--destination', '--tag'],
]);

/** The words after the verb when a command builds a Dockerfile; undefined when it does not. */
export function buildArguments(
  words: readonly Resolved[],
): { readonly tool: string; readonly rest: readonly Resolved[] } | undefined {
  let at = 0;
  while (
    at < words.length &&
    /^(?:sudo|time|exec|command|nice|env|retry|-.*|\w+=.*|@.*)$/.test(patternOf(words[at] ?? literal('')))
  )
    at++;
  const tool =
    patternOf(words[at] ?? literal(''))
      .split('/')
      .at(-1) ?? '';
  const verbs: string[] = [];
  let next = at + 1;
  if (tool === 'executor' && patternOf(words[at] ?? literal('')).includes('kaniko'))
    return { tool: 'kaniko', rest: words.slice(next) };
  if (!['docker', 'podman', 'buildah', 'nerdctl', 'img', 'finch', 'az'].includes(tool)) return undefined;
  for (; next < words.length && verbs.length < 2; next++) {
    const word = patternOf(words[next] ?? literal(''));
    if (/^(?:--context|--config|--host|-H|-c|--log-level|-l|--connection|--root|--runroot|--builder)$/.test(word))
      next++;
    else if (!word.startsWith('-')) verbs.push(word);
    if (['build', 'bud', 'bake'].includes(verbs.at(-1) ?? '')) break;
  }
  const verb = verbs.join(' ');
  if (tool === 'az' ? verb !== 'acr build' : !/^(?:(?:image|buildx|builder) )?(?:build|bud|bake)$/.test(verb))
    return undefined;
  return { tool: verb.endsWith('bake') ? 'bake' : tool, rest: words.slice(next + 1) };
}

/** Reads the options of one build. Undefined where the context lies outside the tree. */
export function readBuild(
  { tool, rest }: { readonly tool: string; readonly rest: readonly Resolved[] },
  place: CommandPlace,
): Build | undefined {
  const options = new Map<string, Resolved[]>();
  const positional: Resolved[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? literal('');
    const text = patternOf(word);
    if (!text.startsWith('-') || text === '-') {
      positional.push(word);
      continue;
    }
    const equals = text.indexOf('=');
    const isInline = text.startsWith('--') && equals > 0;
    const name = isInline ? text.slice(0, equals) : text;
    const key = ALIASES.get(name) ?? name;
    const value = isInline ? cut(word, equals + 1) : VALUED.has(name) ? (rest[++at] ?? literal('')) : literal('true');
    options.set(key, [...(options.get(key) ?? []), value]);
  }
  const all = (name: string): readonly Resolved[] => options.get(name) ?? [];
  const context = (tool === 'kaniko' ? all('--context').at(-1) : positional.at(-1)) ?? literal('.');
  if (isRemote(patternOf(context)) && !patternOf(context).startsWith('dir://')) return undefined;
  const file = all('--file').at(-1);
  // kaniko and buildah look below the context; docker looks from where it runs.
  const dockerfile =
    file === undefined
      ? below(place.folder, context, literal('Dockerfile'))
      : tool === 'kaniko'
        ? below(place.folder, context, file)
        : below(place.folder, file);
  if (dockerfile === undefined || patternOf(file ?? literal('')) === '-') return undefined;
  const names = all('--tag').map(patternOf);
  const target = all('--target').at(-1);
  const isKept = names.length > 0 || options.has('--push') || tool === 'kaniko';
  return {
    dockerfile,
    args: new Map(all('--build-arg').map((word) => keyValue(word))),
    platforms: all('--platform').flatMap((word) => patternOf(word).split(',')),
    contexts: new Map(
      all('--build-context')
        .map((word) => keyValue(word))
        .map(([name, value]) => [name.toLowerCase(), patternOf(value)]),
    ),
    names,
    kept: isKept,
    at: place.at,
    where: place.where,
    ...(target === undefined ? {} : { target }),
  };
}

/** Path below the root of a file that is named from a folder; undefined where it leaves the tree. */
export function below(folder: Resolved, ...path: readonly Resolved[]): Resolved | undefined {
  let at = folder;
  for (const part of path) {
    const plain = part.known ? part.text.replace(/^dir:\/\//, '') : part.pattern;
    const joined = joinPath(patternOf(at), plain);
    if (joined === undefined) return undefined;
    at =
      at.known && part.known
        ? literal(joined)
        : { ...join([at, literal('/'), part], patternOf(at)), ...(at.known && part.known ? {} : { pattern: joined }) };
  }
  return at;
}

/** `NAME=value` of a build argument; a bare name takes its value from the environment, which is not in sight. */
export function keyValue(word: Resolved): [string, Resolved] {
  const text = patternOf(word);
  const equals = text.indexOf('=');
  if (equals < 0) return [text, { known: false, written: text, pattern: '*', missing: [text] }];
  return [text.slice(0, equals), cut(word, equals + 1)];
}

function cut(word: Resolved, from: number): Resolved {
  return word.known ? literal(word.text.slice(from)) : cutOpen(word, from);
}

function cutOpen(word: Extract<Resolved, { known: false }>, from: number): Resolved {
  const pattern = word.pattern.slice(from);
  if (!pattern.includes('*')) return literal(pattern);
  const equals = word.written.indexOf('=');
  return { ...word, pattern, written: equals < 0 ? word.written : word.written.slice(equals + 1) };
}
