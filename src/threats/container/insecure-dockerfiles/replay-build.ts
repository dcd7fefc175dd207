import { baseUserOf } from '../../../engines/builds/base-users.ts';
import { findBuilds } from '../../../engines/builds/find-builds.ts';
import { productImagesOf } from '../../../engines/builds/product-images.ts';
import type { Simulation } from '../../../engines/builds/simulate-types.ts';
import { simulate } from '../../../engines/builds/simulate.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import type { Json, Replayable, ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { buildInput } from './shared.ts';

type Args = Replayable['replay']['args'];

/** Reads the Dockerfile of a counterexample again and runs the build in the simulator. */
export async function rebuild(context: Context, args: Args): Promise<Simulation | undefined> {
  const content = await context.tree.read(text(args['dockerfile']));
  if (!content.ok) return undefined;
  return simulate({
    text: decodeText(content.bytes),
    target: text(args['target']),
    args: new Map([...mapOf(args['args'])].map(([name, value]) => [name, typeof value === 'string' ? value : null])),
    platform: text(args['platform']),
    contexts: new Map([...mapOf(args['contexts'])].map(([name, value]) => [name, text(value)])),
    absent: args['assumed'] === true ? null : '',
    baseEnv: (reference) => baseUserOf(reference)?.env,
  });
}

/** The user that a build's image runs as, through bases of the product; null where it is not known. */
export async function userAfter(context: Context, args: Args, steps: string[], depth = 0): Promise<string | null> {
  const simulation = await rebuild(context, args);
  if (simulation?.ok !== true) return null;
  steps.push(
    `build ${text(args['dockerfile'])}${text(args['target']) === '' ? '' : `, target ${text(args['target'])}`}`,
    ...simulation.steps,
  );
  if (simulation.user !== undefined) {
    const id = simulation.user === null ? undefined : simulation.ids.get(simulation.user.split(':')[0] ?? '');
    if (id !== undefined) steps.push(`/etc/passwd gives ${simulation.user ?? ''} the user id ${id}`);
    return id ?? simulation.user;
  }
  if (simulation.base === 'scratch') return '';
  if (simulation.base === null || depth > 5) return null;
  const { images } = await findBuilds(context);
  const own = productImagesOf(simulation.base, images).filter(
    (image) => image.file.path !== args['dockerfile'] || (image.target ?? '') !== args['target'],
  );
  const users: (string | null)[] = [];
  for (const image of own) users.push(await userAfter(context, buildInput(image), steps, depth + 1));
  if (users.length > 0)
    return (
      users.find((user) => user !== null && isRootUser(user)) ?? users.find((user) => user === null) ?? users[0] ?? null
    );
  const known = baseUserOf(simulation.base);
  steps.push(
    known === undefined
      ? `the user of ${simulation.base} is not known`
      : `${simulation.base} runs as ${known.user === '' ? 'root' : known.user}`,
  );
  return known?.user ?? null;
}

/** Whether a runtime starts such a user as root. */
export function isRootUser(user: string): boolean {
  const name = user.split(':')[0]?.trim() ?? '';
  return ['', 'root', 'toor', 'containeradministrator'].includes(name.toLowerCase()) || /^[+-]?0+$/.test(name);
}

/** What a replay answers when the Dockerfile cannot be built again. */
export function notRebuilt(args: Args): ReplayOutcome {
  return { confirmed: false, steps: [`${text(args['dockerfile'])} cannot be read or built again`] };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The entries of a JSON object; none where the value is something else. */
export function mapOf(value: Json | undefined): Map<string, Json> {
  return new Map(typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
}
