import {
  Closure,
  pathModel,
  pathsToAdministrators,
  pathsToPrincipal,
  startsOf,
  type FoundPath,
  type PathModel,
} from '../../../engines/iam/paths/index.ts';
import type { IamWorld } from '../../../engines/iam/account/types.ts';
import { inert } from '../../../lib/inert.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';
import { openWorld } from './open-world.ts';
import { accountText, pathJson, startText, stepLines, unknownLines, worldNotes } from './path-text.ts';

export interface PathsOptions {
  readonly dir: string;
  /** ARN or name of who begins; everybody where it is absent. */
  readonly from?: string;
  /** ARN of a user or role; administrators where it is absent. */
  readonly to?: string;
  readonly format: 'text' | 'json';
}

/** `fourproof iam paths`: who becomes administrator, or a named principal. Ends with 0 whether there are paths or not. */
export async function pathsCommand(options: PathsOptions): Promise<number> {
  const world = await openWorld(options.dir);
  const model = pathModel(world);
  const found = findPaths(model, options);
  if (options.format === 'json') {
    const { accounts, gaps } = world;
    put(
      JSON.stringify({ schema: 'fourproof/iam-paths/v1', accounts, paths: found.map(pathJson), gaps }, null, 2),
      undefined,
    );
    return 0;
  }
  for (const line of worldNotes(world)) process.stderr.write(`${line}\n`);
  if (found.length === 0) put('no paths', undefined);
  for (const path of found) put(linesOf(path, world, options.to !== undefined).join('\n'), undefined);
  return 0;
}

function findPaths(model: PathModel, { from, to }: PathsOptions): FoundPath[] {
  const starts = startsOf(model).filter(
    ({ id, label }) => from === undefined || id === from || label === from || label.endsWith(`/${from}`),
  );
  if (starts.length === 0 && from !== undefined) throw new CommandFailure(`fourproof: nobody begins as ${from}`);
  if (to !== undefined && !model.identities.has(to))
    throw new CommandFailure(`fourproof: ${to} is no user or role that is declared here: give its ARN`);
  const closure = new Closure(model);
  const found =
    to === undefined ? pathsToAdministrators(model, closure, starts) : pathsToPrincipal(to, model, closure, starts);
  return found.sort((left, right) => Number(left.certainty === 'possible') - Number(right.certainty === 'possible'));
}

function linesOf(path: FoundPath, world: IamWorld, isNamed: boolean): string[] {
  const { start, goal, certainty } = path;
  const account = accountText(goal.identity.account, world);
  const goalText = isNamed ? goal.identity.arn : `administrator of ${account}, as ${goal.identity.arn}`;
  const verb = path.steps.length === 0 ? 'is' : 'becomes';
  const mark = certainty === 'certain' ? '✘' : '?';
  return [
    `${mark} ${startText(start)}`,
    inert(`  ${verb} ${goalText}`),
    ...stepLines(path.steps),
    ...unknownLines(path.unknowns),
  ];
}
