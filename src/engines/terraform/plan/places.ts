import { TextPositions } from '../../../lib/text-position.ts';
import type { SourceLocation } from '../../../model/index.ts';
import { scanJson, type JsonStep } from './scan-json.ts';

/** Where a resource of a plan or a state stands in its JSON. */
export interface ResourcePlace {
  readonly at: SourceLocation;
  /** Its `address`; in a state of Terraform's own format its `type`. */
  readonly headAt: SourceLocation;
  /** Names of its attributes. */
  readonly attributes: ReadonlyMap<string, SourceLocation>;
}

/** Looks up the places of a text by the way to a resource, such as `planned_values.root_module.resources.0`. */
export interface Places {
  readonly whole: SourceLocation;
  of(route: string): ResourcePlace;
}

const MOST = 1_000_000;
/** The keys on the way to resources, in all three formats. */
const WAY = new Set([
  'planned_values',
  'prior_state',
  'values',
  'root_module',
  'child_modules',
  'resources',
  'instances',
]);
const ATTRIBUTES = new Set(['values', 'attributes']);

type Span = readonly [start: number, end: number];

/** Finds resources and the names of their attributes in one pass; further than a million of them have the place of the whole. */
export function findPlaces(path: string, text: string): Places {
  const spans = new Map<string, Span>();
  let head: { readonly route: string; readonly start: number } | undefined;
  const note = (route: string, span: Span): void => {
    if (spans.size < MOST) spans.set(route, span);
  };
  scanJson(text, {
    enters: (steps) => steps.every((step, index) => isOnWay(step, steps, index)),
    name: (steps, start, end) => {
      const last = steps.at(-1);
      const parent = steps.at(-2);
      head = undefined;
      if (typeof parent === 'string' && ATTRIBUTES.has(parent) && typeof steps.at(-3) === 'number') {
        note(steps.join('.'), [start, end]);
      } else if ((last === 'address' || last === 'type') && typeof parent === 'number') {
        head = { route: steps.join('.'), start };
      }
    },
    value: (steps, start, end) => {
      if (head !== undefined) note(head.route, [head.start, end]);
      else if (typeof steps.at(-1) === 'number') note(steps.join('.'), [start, end]);
      head = undefined;
    },
  });
  const positions = new TextPositions(path, text);
  const whole = positions.range(0, Math.min(text.length, 1));
  const locate = (route: string): SourceLocation | undefined => {
    const span = spans.get(route);
    return span === undefined ? undefined : positions.range(span[0], span[1], route);
  };
  const names = attributesByResource(spans);
  return {
    whole,
    of(route) {
      const at = locate(route) ?? whole;
      const attributes = new Map<string, SourceLocation>();
      for (const { name, route: inner } of names.get(route) ?? []) attributes.set(name, locate(inner) ?? at);
      const [resource] = route.split(/\.instances\.\d+$/, 1);
      return { at, headAt: locate(`${route}.address`) ?? locate(`${resource ?? route}.type`) ?? at, attributes };
    },
  };
}

/** A resource's attributes are told of, and nothing inside them. */
function isOnWay(step: JsonStep, steps: readonly JsonStep[], index: number): boolean {
  if (typeof step === 'number') return true;
  if (typeof steps[index - 1] === 'number' && ATTRIBUTES.has(step)) return index === steps.length - 1;
  return WAY.has(step);
}

function attributesByResource(
  spans: ReadonlyMap<string, Span>,
): ReadonlyMap<string, readonly { readonly name: string; readonly route: string }[]> {
  const found = new Map<string, { readonly name: string; readonly route: string }[]>();
  for (const route of spans.keys()) {
    const match = /^(.*\.\d+)\.(?:values|attributes)\.([\s\S]+)$/.exec(route);
    if (match === null) continue;
    const [, resource = '', name = ''] = match;
    const list = found.get(resource);
    if (list === undefined) found.set(resource, [{ name, route }]);
    else list.push({ name, route });
  }
  return found;
}
