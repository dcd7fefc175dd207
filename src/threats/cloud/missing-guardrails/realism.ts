import type { Realism } from '../../../engines/iam/symbolic/types.ts';
import type { Context } from '../../context.ts';
import { awsOf } from '../../iam-world.ts';

const made = new WeakMap<object, Realism>();

/** What exists at AWS; the same object each time, behind which the search keeps its tables. */
export function realismOf(context: Context): Realism {
  const { services } = awsOf(context);
  const known = made.get(services) ?? { actions: services.actions, arnTemplates: services.arnTemplates };
  made.set(services, known);
  return known;
}
