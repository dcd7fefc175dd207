import { describeNode, isOfKubernetes, type Answer, type SecretReader } from '../../../engines/rbac/index.ts';
import type { Decision, Grant, Secret } from '../../../engines/rbac/index.ts';
import type { Gap, SourceLocation } from '../../../model/index.ts';

type Json = Readonly<Record<string, unknown>>;

/** An answer with all its grants. */
export function decisionToJson(decision: Decision): Json {
  return {
    answer: decision.kind,
    ...(decision.kind === 'allowed' ? { by: decision.by.map(grantToJson) } : {}),
    ...(decision.kind === 'undecided' ? { because: decision.because } : {}),
  };
}

/** Somebody who may. */
export function answerToJson({ who, decision }: Answer): Json {
  return { who: describeNode(who), kind: who.kind, ofKubernetes: isOfKubernetes(who), ...decisionToJson(decision) };
}

/** A secret with its readers. */
export function readersToJson({
  secret,
  readers,
}: {
  readonly secret: Secret;
  readonly readers: readonly SecretReader[];
}): Json {
  return {
    namespace: secret.namespace,
    name: secret.name,
    declared: secret.declared,
    position: secret.at,
    readers: readers.map(({ who, path }) => ({
      who: describeNode(who),
      kind: who.kind,
      ofKubernetes: isOfKubernetes(who),
      path: path.map(({ to, how, by, at }) => ({
        how,
        to: describeNode(to),
        by: by.map(grantToJson),
        ...position(at),
      })),
    })),
  };
}

/** What is not known. */
export function gapToJson({ reason, message, at, closes }: Gap): Json {
  return { reason, message, ...position(at), ...(closes === undefined ? {} : { closes }) };
}

function grantToJson({ rule, role, binding }: Grant): Json {
  const { at, maybe: _maybe, ...rules } = rule;
  return {
    binding: { name: binding.name, scope: binding.scope, source: binding.source, ...position(binding.at) },
    role: { kind: role.kind, name: role.name, source: role.source, ...position(role.at) },
    rule: { ...rules, ...position(at) },
  };
}

function position(at: SourceLocation | undefined): Json {
  return at === undefined ? {} : { position: at };
}
