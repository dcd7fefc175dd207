import { TextPositions } from '../../lib/text-position.ts';
import { folderOf } from './paths.ts';
import { literal, resolve, type Scope } from './resolve.ts';
import { buildsOfSkaffold } from './skaffold-builds.ts';
import { buildsOfScript, type Script } from './shell-builds.ts';
import type { FoundBuilds, Resolved } from './types.ts';

const EMPTY: Scope = { variables: new Map(), expressions: new Map() };
const LONGEST_LINE = 20_000;

/** Whether a file may hold commands that build: a shell script, a Makefile, a package.json, a skaffold.yaml. */
export function maySayBuilds(path: string): boolean {
  return (
    !/(?:^|\/)node_modules\//.test(path) &&
    /(?:\.(?:sh|bash|mk)|(?:^|\/)(?:(?:GNU)?[Mm]akefile|package\.json|skaffold\.ya?ml))$/.test(path)
  );
}

/** Finds the builds in a file that {@link maySayBuilds} chose. */
export function buildsOfFile(path: string, text: string): FoundBuilds {
  if (/skaffold\.ya?ml$/.test(path)) return buildsOfSkaffold(path, text);
  if (!/\b(?:docker|podman|buildah|nerdctl|kaniko|acr)\b/.test(text)) return { builds: [], doubts: [] };
  if (path.endsWith('package.json')) return fromPackage(path, text);
  if (/\.(?:sh|bash)$/.test(path)) return fromScript(path, text);
  return fromMakefile(path, text);
}

/** A script runs from anywhere: from the root it is read, and from its own folder. The caller keeps what exists. */
function fromScript(path: string, text: string): FoundBuilds {
  const positions = new TextPositions(path, text);
  const home = folderOf(path);
  const script: Script = {
    text,
    folder: '',
    home,
    scope: EMPTY,
    where: path,
    place: (start, end) => positions.range(start, end),
  };
  const fromRoot = buildsOfScript(script);
  if (home === '') return fromRoot;
  return {
    builds: [...fromRoot.builds, ...buildsOfScript({ ...script, folder: home }).builds],
    doubts: fromRoot.doubts,
  };
}

/** Recipe lines (GNU make manual, section 5) with the variables that the file sets to one value. */
function fromMakefile(path: string, text: string): FoundBuilds {
  const positions = new TextPositions(path, text);
  const variables = new Map<string, Resolved>();
  const found: FoundBuilds[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    let end = lineEnd(text, at);
    while (text[end - 1] === '\\' && end < text.length) end = lineEnd(text, end + 1);
    at = end + 1;
    const line = text.slice(start, end);
    if (line.length > LONGEST_LINE) continue;
    const assignment = /^(?:export\s+)?([A-Za-z_][\w.]*)\s*(?:[:?]{0,2}=)\s*(.*)$/.exec(line);
    if (assignment?.[1] !== undefined) {
      const value = resolve(asShell(assignment[2]?.trim() ?? ''), { variables, expressions: new Map() });
      if (!variables.has(assignment[1])) variables.set(assignment[1], value);
      continue;
    }
    if (!line.startsWith('\t')) continue;
    const recipe = asShell(line.replace(/^\t[@+-]*/, ''));
    const place = (): ReturnType<Script['place']> => positions.range(start + 1, end);
    found.push(
      buildsOfScript({
        text: recipe,
        folder: folderOf(path),
        home: folderOf(path),
        scope: { variables, expressions: new Map() },
        where: path,
        place,
      }),
    );
  }
  return { builds: found.flatMap((one) => one.builds), doubts: found.flatMap((one) => one.doubts) };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** `$(NAME)` of make is `${NAME}` of the shell; `$$` is one dollar; functions stay and are open. */
function asShell(line: string): string {
  return line.replaceAll(/\$\(([A-Za-z_][\w.]*)\)/g, '${$1}').replaceAll('$$', '$');
}

function fromPackage(path: string, text: string): FoundBuilds {
  let scripts: unknown;
  try {
    const parsed: unknown = JSON.parse(text);
    scripts = typeof parsed === 'object' && parsed !== null && 'scripts' in parsed ? parsed.scripts : undefined;
  } catch {
    return { builds: [], doubts: [] };
  }
  if (typeof scripts !== 'object' || scripts === null) return { builds: [], doubts: [] };
  const positions = new TextPositions(path, text);
  const found = Object.entries(scripts).flatMap(([name, command]) => {
    if (typeof command !== 'string') return [];
    const at = text.indexOf(JSON.stringify(command));
    const place = (): ReturnType<Script['place']> => positions.range(at, at + command.length + 2, `scripts.${name}`);
    const variables = new Map([['PWD', literal('.')]]);
    const folder = folderOf(path);
    return [
      buildsOfScript({
        text: command,
        folder,
        home: folder,
        scope: { variables, expressions: new Map() },
        where: `${path} scripts.${name}`,
        place,
      }),
    ];
  });
  return { builds: found.flatMap((one) => one.builds), doubts: found.flatMap((one) => one.doubts) };
}
