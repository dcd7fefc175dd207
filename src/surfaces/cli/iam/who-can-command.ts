import { Closure, pathModel, whoCan, type Able } from '../../../engines/iam/paths/index.ts';
import { serviceData } from '../../../engines/iam/services/service-data.ts';
import { inert } from '../../../lib/inert.ts';
import { readIamData } from '../../../sources/assets.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';
import { openWorld } from './open-world.ts';
import {
  pathJson,
  placeOf,
  requestJson,
  requestText,
  startText,
  stepLines,
  unknownLines,
  worldNotes,
} from './path-text.ts';

export interface WhoCanOptions {
  readonly dir: string;
  readonly format: 'text' | 'json';
}

/** `fourproof iam who-can`: who may do something, directly or after becoming somebody else. Ends with 0 whoever may. */
export async function whoCanCommand(action: string, resource: string, options: WhoCanOptions): Promise<number> {
  const services = serviceData(readIamData().services);
  if (!services.actionExists(action))
    throw new CommandFailure(`fourproof: no service has the action ${action} (data of ${services.about.date})`);
  const world = await openWorld(options.dir);
  const model = pathModel(world);
  const able = whoCan(action, resource, model, new Closure(model));
  able.sort((left, right) => rank(left) - rank(right));
  if (options.format === 'json') {
    const { accounts, gaps } = world;
    put(
      JSON.stringify(
        { schema: 'fourproof/iam-who-can/v1', action, resource, accounts, who: able.map(ableJson), gaps },
        null,
        2,
      ),
      undefined,
    );
    return 0;
  }
  for (const line of worldNotes(world)) process.stderr.write(`${line}\n`);
  if (able.length === 0) put(inert(`nobody who is declared here may ${action} on ${resource}`), undefined);
  for (const one of able) put(linesOf(one).join('\n'), undefined);
  return 0;
}

function rank({ certainty, path }: Able): number {
  return (certainty === 'certain' ? 0 : 1000) + path.steps.length;
}

function linesOf({ start, path, permit, certainty }: Able): string[] {
  return [
    `${certainty === 'certain' ? '✔' : '?'} ${startText(start)}`,
    ...stepLines(path.steps),
    inert(`  → ${requestText(permit.request)}`),
    ...permit.by.map(({ layer, policy, statement }) =>
      inert(
        `    ${layer}: ${policy.name ?? 'a policy'}${statement.at === undefined ? '' : `  ${placeOf(statement.at)}`}`,
      ),
    ),
    ...unknownLines(path.unknowns),
  ];
}

function ableJson({ path, permit, certainty }: Able): Record<string, unknown> {
  return {
    ...pathJson(path),
    certainty,
    request: requestJson(permit.request),
    by: permit.by.map(({ layer, policy, statement }) => ({
      layer,
      policy: policy.name,
      statement: statement.index,
      at: statement.at,
    })),
  };
}
