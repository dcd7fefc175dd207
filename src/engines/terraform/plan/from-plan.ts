import type { Evaluation } from '../evaluate.ts';
import { step } from '../origins.ts';
import { folderOf } from '../paths.ts';
import type { TfValue } from '../value.ts';
import { Problems } from '../world.ts';
import { below, entriesAt, isData, own } from './data.ts';
import { findPlaces, type Places } from './places.ts';
import { changesOf, readModule, type Reading } from './planned.ts';
import { namedProvider, planProviders } from './providers.ts';
import { rawStateModules, rawStateResources } from './raw-state.ts';
import { planValue } from './values.ts';

/** What a plan or a state says, in the shape of an evaluated configuration. */
export interface PlanEvaluation extends Evaluation {
  readonly kind: 'plan' | 'state';
  /** The JSON file. */
  readonly path: string;
}

/** Whether a text may be a plan or a state; cheap, for texts of any kind. */
export function mayBePlan(text: string): boolean {
  if (!/^\uFEFF?\s*\{/.test(text.slice(0, 200))) return false;
  const has = (name: string) => text.includes(`"${name}"`);
  return (
    (has('format_version') && (has('planned_values') || has('root_module'))) || has('lineage') || has('encrypted_data')
  );
}

/**
 * Reads the output of `terraform show -json` for a plan or a state, format 1
 * (https://developer.hashicorp.com/terraform/internals/json-format), or a state as it is stored, version 4;
 * undefined where the text is something else.
 */
export function fromPlan(path: string, text: string): PlanEvaluation | undefined {
  if (!mayBePlan(text)) return undefined;
  const data = parsed(text);
  if (data === undefined) return unreadable(path, 'not readable as JSON', 'unparsed-file');
  const version = own(data, 'format_version');
  if (typeof version === 'string' && (isData(own(data, 'planned_values')) || isData(own(data, 'values')))) {
    if (!/^[01]\./.test(version)) return unreadable(path, `format ${version} of plans is not known`, 'unparsed-file');
    return isData(own(data, 'planned_values')) ? fromPlanned(path, text, data) : fromState(path, text, data);
  }
  if (typeof own(data, 'lineage') === 'string' && Array.isArray(own(data, 'resources'))) {
    return own(data, 'version') === 4
      ? fromRawState(path, text, data)
      : unreadable(path, `version ${String(own(data, 'version'))} of states is not known`, 'unparsed-file');
  }
  if (typeof own(data, 'encrypted_data') === 'string' && own(data, 'meta') !== undefined) {
    return unreadable(path, 'the state is encrypted', 'not-in-sight');
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    const data: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return data;
  } catch {
    return undefined;
  }
}

function unreadable(path: string, message: string, reason: 'unparsed-file' | 'not-in-sight'): PlanEvaluation {
  const at = { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const problems = [
    { severity: 'gap' as const, reason, message: `${path}: ${message}`, at, closes: `terraform show -json > ${path}` },
  ];
  return { kind: 'state', path, folder: folderOf(path), resources: [], outputs: new Map(), modules: [], problems };
}

function fromPlanned(path: string, text: string, plan: unknown): PlanEvaluation {
  const places = findPlaces(path, text.replace(/^\uFEFF/, ''));
  const reading: Reading = {
    places,
    provider: planProviders(plan, places.whole),
    changes: changesOf(plan),
    folder: folderOf(path),
    resources: [],
    modules: [],
    problems: new Problems(),
    takes: () => true,
  };
  if (own(plan, 'errored') === true || own(plan, 'complete') === false) {
    const message =
      own(plan, 'errored') === true ? 'the plan ended with an error' : 'the plan leaves changes for later';
    reading.problems.add({
      severity: 'gap',
      reason: 'not-in-sight',
      message: `${path}: ${message}`,
      at: places.whole,
      closes: 'terraform plan',
    });
  }
  readModule(below(plan, 'planned_values', 'root_module'), 'planned_values.root_module', reading);
  // Data that was read while planning stands in the state before it.
  const planned = new Set(reading.resources.map(({ address }) => address));
  const before: Reading = { ...reading, takes: (address, mode) => mode === 'data' && !planned.has(address) };
  readModule(below(plan, 'prior_state', 'values', 'root_module'), 'prior_state.values.root_module', before);
  const outputs = outputsOf(own(plan, 'planned_values'), own(plan, 'output_changes'), places);
  const { resources, modules, folder } = reading;
  return { kind: 'plan', path, folder, resources, modules, outputs, problems: reading.problems.list };
}

function fromState(path: string, text: string, state: unknown): PlanEvaluation {
  const places = findPlaces(path, text.replace(/^\uFEFF/, ''));
  const reading: Reading = {
    places,
    provider: (_module, _resource, name) => namedProvider(name, undefined, '', places.whole),
    changes: new Map(),
    folder: folderOf(path),
    resources: [],
    modules: [],
    problems: new Problems(),
    takes: () => true,
  };
  readModule(below(state, 'values', 'root_module'), 'values.root_module', reading);
  const outputs = outputsOf(own(state, 'values'), undefined, places);
  const { resources, modules, folder } = reading;
  return { kind: 'state', path, folder, resources, modules, outputs, problems: reading.problems.list };
}

function fromRawState(path: string, text: string, state: unknown): PlanEvaluation {
  const places = findPlaces(path, text.replace(/^\uFEFF/, ''));
  const resources = rawStateResources(state, places);
  const outputs = outputsOf(state, undefined, places);
  return {
    kind: 'state',
    path,
    folder: folderOf(path),
    resources,
    modules: rawStateModules(resources, path),
    outputs,
    problems: [],
  };
}

function outputsOf(holder: unknown, changes: unknown, places: Places): Map<string, TfValue> {
  const outputs = new Map<string, TfValue>();
  for (const [name, output] of entriesAt(holder, 'outputs')) {
    const change = own(changes, name);
    const marks = {
      unknown: own(change, 'after_unknown'),
      sensitive: own(output, 'sensitive') === true || own(change, 'after_sensitive'),
    };
    const origin = step(`output ${name}`, places.whole);
    outputs.set(name, planValue(own(output, 'value') ?? null, marks, origin, `output ${name} is known after apply`));
  }
  return outputs;
}
