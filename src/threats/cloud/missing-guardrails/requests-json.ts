import type { IamRequest, RequestPrincipal } from '../../../engines/iam/types.ts';
import type { Json } from '../../../model/index.ts';

/** A request as a counterexample carries it. */
export function requestJson({ principal, action, resource, resourceAccount, context }: IamRequest): {
  [key: string]: Json;
} {
  return {
    principal: principal.role ?? principal.arn,
    action,
    resource,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context: Object.fromEntries(
      [...context].map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
    ),
  };
}

/** The request that it was; undefined where it is none. */
export function requestFrom(json: Json): IamRequest | undefined {
  if (!isRecord(json)) return undefined;
  const { principal, action, resource, resourceAccount, context } = json;
  if (typeof principal !== 'string' || typeof action !== 'string' || typeof resource !== 'string') return undefined;
  const who = principalFrom(principal);
  if (who === undefined) return undefined;
  return {
    principal: who,
    action,
    resource,
    ...(typeof resourceAccount === 'string' ? { resourceAccount } : {}),
    context: new Map(
      Object.entries(isRecord(context) ? context : {}).flatMap(
        ([key, value]): [string, string | readonly string[]][] => {
          if (typeof value === 'string') return [[key, value]];
          return Array.isArray(value) ? [[key, value.filter((one) => typeof one === 'string')]] : [];
        },
      ),
    ),
  };
}

function principalFrom(arn: string): RequestPrincipal | undefined {
  const [, partition = '', account = '', rest = ''] =
    /^arn:([^:]*):iam::(\d{12}):(root|user\/.*|role\/.*)$/s.exec(arn) ?? [];
  if (rest === '') return undefined;
  if (rest === 'root') return { kind: 'root', arn, account };
  if (rest.startsWith('user/')) return { kind: 'user', arn, account };
  const name = rest.slice(rest.lastIndexOf('/') + 1);
  return {
    kind: 'role-session',
    arn: `arn:${partition}:sts::${account}:assumed-role/${name}/drill`,
    account,
    role: arn,
  };
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
