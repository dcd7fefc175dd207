import { PolicyProblems, repeated } from '../../../facts/iam-policy/problems.ts';
import type { IamPolicy, PolicyProblem } from '../../../facts/iam-policy/types.ts';
import { parseJson } from '../../../lib/json/parse-json.ts';
import { child, type YamlMap } from '../../../lib/yaml/index.ts';
import type { AppliedPolicies, IamRequest } from '../types.ts';
import { readLayer, readLevels, type PolicySource } from './read-layers.ts';
import { readRequest } from './read-request.ts';

/** A request with the policies that apply to it. */
export interface Scenario {
  readonly request: IamRequest;
  readonly applied: AppliedPolicies;
}

const ELEMENTS: ReadonlySet<string> = new Set([
  'request',
  'identityPolicies',
  'resourcePolicies',
  'permissionBoundaries',
  'sessionPolicies',
  'serviceControlPolicies',
  'resourceControlPolicies',
  'managementAccount',
]);

/**
 * Reads the input of `fourproof iam simulate`, as docs/iam.md has it. Anything that cannot be read is a problem: a decision
 * without one of its statements would be another decision.
 */
export function readScenario(
  path: string,
  text: string,
  managedPolicy: (arn: string) => IamPolicy | undefined,
): { readonly scenario: Scenario | undefined; readonly problems: readonly PolicyProblem[] } {
  const reading = parseJson(path, text);
  if (!reading.ok)
    return { scenario: undefined, problems: [{ message: `not valid JSON: ${reading.message}`, at: reading.at }] };
  const problems = new PolicyProblems();
  const scenario = readRoot(reading.root, { problems, managedPolicy });
  return { scenario: problems.count === 0 ? scenario : undefined, problems: problems.all };
}

function readRoot(root: ReturnType<typeof child>, source: PolicySource): Scenario | undefined {
  const { problems } = source;
  if (root?.kind !== 'map') {
    problems.add('expected an object with a request and policies', root?.at);
    return undefined;
  }
  for (const { key, keyAt } of repeated(root.entries)) problems.add(`${key} stands twice`, keyAt);
  for (const { key, keyAt } of root.entries) {
    if (!ELEMENTS.has(key)) problems.add(`there is no ${key}: expected one of ${[...ELEMENTS].join(', ')}`, keyAt);
  }
  const asked = child(root, 'request');
  if (asked === undefined) problems.add('request is missing', root.at);
  const request = asked === undefined ? undefined : readRequest(asked, problems);
  const applied = readApplied(root, source);
  return request === undefined ? undefined : { request, applied };
}

function readApplied(root: YamlMap, source: PolicySource): AppliedPolicies {
  const layer = (key: string, named: 'nobody' | 'somebody') => {
    const node = child(root, key);
    return node === undefined ? undefined : readLayer(node, key, named, source);
  };
  const levels = (key: string, named: 'nobody' | 'anybody') => {
    const node = child(root, key);
    return node === undefined ? undefined : readLevels(node, key, named, source);
  };
  const resource = layer('resourcePolicies', 'somebody');
  const boundary = layer('permissionBoundaries', 'nobody');
  const session = layer('sessionPolicies', 'nobody');
  const serviceControl = levels('serviceControlPolicies', 'nobody');
  const resourceControl = levels('resourceControlPolicies', 'anybody');
  const management = child(root, 'managementAccount');
  if (management !== undefined && (management.kind !== 'scalar' || typeof management.value !== 'boolean'))
    source.problems.add('managementAccount must be true or false', management.at);
  return {
    identity: layer('identityPolicies', 'nobody') ?? [],
    ...(resource === undefined ? {} : { resource }),
    ...(boundary === undefined ? {} : { boundary }),
    ...(session === undefined ? {} : { session }),
    ...(serviceControl === undefined ? {} : { serviceControl }),
    ...(resourceControl === undefined ? {} : { resourceControl }),
    ...(management?.kind === 'scalar' && management.value === true ? { managementAccount: true } : {}),
  };
}
