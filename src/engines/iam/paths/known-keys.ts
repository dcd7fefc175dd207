import { principalContext } from '../principal-context.ts';
import type { Question } from './ask.ts';
import { factorContext, type Credential } from './credentials.ts';
import type { Identity } from './identities.ts';

/** Context keys of a question that are the same in every request: undefined for a key that is absent for certain. */
export type KnownKeys = ReadonlyMap<string, string | undefined>;

const known = new WeakMap<Identity, Map<Credential, KnownKeys>>();

/** What is fixed: the second factor, who asks, and what the question itself says. */
export function knownKeys({ identity, credential, context }: Question): KnownKeys {
  const own = keysOf(identity, credential);
  return context === undefined ? own : new Map([...own, ...context]);
}

function keysOf(identity: Identity, credential: Credential): KnownKeys {
  const byCredential = known.get(identity) ?? new Map<Credential, KnownKeys>();
  known.set(identity, byCredential);
  const found = byCredential.get(credential);
  if (found !== undefined) return found;
  const { principal } = identity;
  const context = new Map<string, string>();
  const keys = new Map<string, string | undefined>([
    // Sessions of roles have no user name.
    ...(principal.kind === 'user' ? [] : [['aws:username', undefined] as const]),
    ...principalContext({ principal, action: '*', resource: '*', context }),
    ...factorContext(credential),
  ]);
  // Whose resource it is differs from question to question.
  keys.delete('aws:resourceaccount');
  byCredential.set(credential, keys);
  return keys;
}
