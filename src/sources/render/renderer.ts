import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Render, Rendering, RenderRequest } from '../../model/index.ts';
import { findHelm, findKustomize, type Program } from './programs.ts';
import { runProgram } from './run-program.ts';

/** First version of Helm that can leave schemas aside, which may name addresses. */
const SKIPS_SCHEMAS: readonly [number, number] = [3, 16];

/** A renderer that uses the programs of this machine, each looked for once. */
export function machineRenderer(): Render {
  const found = new Map<string, Program | undefined>();
  return (request) => {
    const scratch = mkdtempSync(join(tmpdir(), 'fourproof-render-'));
    try {
      for (const folder of ['home', 'nothing', 'tmp', 'files']) mkdirSync(join(scratch, folder));
      if (!found.has(request.program))
        found.set(request.program, request.program === 'helm' ? findHelm(scratch) : findKustomize(scratch));
      return render(request, found.get(request.program), scratch);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      return { ok: false, why: `a private copy could not be written: ${code ?? String(error)}` };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };
}

function render(request: RenderRequest, program: Program | undefined, scratch: string): Rendering {
  if (program === undefined) {
    const names = request.program === 'helm' ? 'helm is' : 'kustomize and kubectl are';
    return { ok: false, why: `${names} not on PATH` };
  }
  const files = join(scratch, 'files');
  for (const [path, bytes] of request.files) {
    if (path.split('/').some((part) => part === '..' || part === '') || /[\\:\0]/.test(path))
      return { ok: false, why: `${path} is no path that can be copied` };
    mkdirSync(dirname(join(files, path)), { recursive: true });
    writeFileSync(join(files, path), bytes, { flag: 'wx', mode: 0o600 });
  }
  const folder = join(files, request.folder);
  const args = request.program === 'helm' ? helmArguments(request, program, folder, scratch) : [folder];
  if (args === undefined)
    return {
      ok: false,
      why: `${program.name} reads schemas of packed charts, which may name addresses; 3.16 does not have to`,
    };
  const printed = runProgram(program.file, [...program.command, ...args], scratch, files);
  return printed.ok
    ? { ok: true, text: printed.stdout, by: program.name }
    : { ok: false, why: `${program.name}: ${printed.why}` };
}

function helmArguments(
  { release, files }: RenderRequest,
  { version }: Program,
  folder: string,
  scratch: string,
): readonly string[] | undefined {
  const [major, minor] = version;
  const skips = major > SKIPS_SCHEMAS[0] || (major === SKIPS_SCHEMAS[0] && minor >= SKIPS_SCHEMAS[1]);
  if (!skips && [...files.keys()].some((path) => /\.tgz$/i.test(path))) return undefined;
  const { name = 'release', namespace, values } = release ?? {};
  if (values !== undefined) writeFileSync(join(scratch, 'values.json'), values, { mode: 0o600 });
  // `--` keeps a name that starts with a dash from being an option.
  return [
    ...(skips ? ['--skip-schema-validation'] : []),
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
    ...(values === undefined ? [] : [`--values=${join(scratch, 'values.json')}`]),
    '--',
    name,
    folder,
  ];
}
