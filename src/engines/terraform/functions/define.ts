import { convert } from '../convert.ts';
import type { FunctionTools, TfFunction } from '../functions.ts';
import { boundedSize, firstUnknown, isSensitive } from '../measure.ts';
import { kindOfType, nameOfValue, type TfType } from '../types.ts';
import { TerraformError, type Constraint, type Origin, type TfList, type TfUnknown, type TfValue } from '../value.ts';

/** What a function takes and gives, as `terraform metadata functions` lists it. */
interface Signature {
  readonly params?: readonly TfType[];
  /** Type of any further arguments. */
  readonly rest?: TfType;
  readonly gives?: TfType;
  /** Null arguments reach the function; otherwise they are an error. */
  readonly nulls?: boolean;
  /** What makes the result unknown without a call: an argument that is unknown itself (default), any unknown part of one, or nothing. */
  readonly unknown?: 'argument' | 'part' | 'never';
  /** The function marks its result itself; otherwise any sensitive part of an argument makes the result sensitive. */
  readonly ownMarks?: boolean;
}

/** A named entry for the table: checks and converts the arguments, then runs. */
export function define(
  name: string,
  signature: Signature,
  run: (args: readonly TfValue[], tools: FunctionTools) => TfValue,
): readonly [string, TfFunction] {
  return [name, (args, tools) => call(name, signature, run, args, tools)];
}

function call(
  name: string,
  signature: Signature,
  run: (args: readonly TfValue[], tools: FunctionTools) => TfValue,
  given: readonly TfValue[],
  tools: FunctionTools,
): TfValue {
  const { params = [], rest, gives = 'any', nulls = false, unknown: when = 'argument', ownMarks = false } = signature;
  checkSizes(signature, given, tools);
  if (given.length < params.length || (rest === undefined && given.length > params.length)) {
    throw new TerraformError(`${name}() takes ${params.length} arguments, not ${given.length}`);
  }
  const args = given.map((arg, index) => argument(name, index, arg, params[index] ?? rest ?? 'any', nulls));
  const hole = when === 'never' ? undefined : args.map((arg) => holeOf(arg, when)).find((found) => found !== undefined);
  const type = kindOfType(gives);
  const result =
    hole === undefined ? run(args, tools) : unknownLike(hole, tools, { ...(type === undefined ? {} : { type }) });
  return !ownMarks && result.sensitive !== true && given.some(isSensitive) ? { ...result, sensitive: true } : result;
}

/** Functions that go through all parts of an argument pay for it; none takes one that is too large to go through. */
function checkSizes(
  { params = [], rest, unknown: when }: Signature,
  given: readonly TfValue[],
  tools: FunctionTools,
): void {
  tools.spend(1 + given.length);
  for (const [index, arg] of given.entries()) {
    const size = boundedSize(arg);
    if (when === 'part' || typeof (params[index] ?? rest) === 'object') tools.spend(size);
  }
}

function argument(name: string, index: number, arg: TfValue, type: TfType, nulls: boolean): TfValue {
  if (arg.kind === 'null' && !nulls) throw new TerraformError(`argument ${index + 1} of ${name}() must not be null`);
  try {
    return convert(arg, type);
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    throw new TerraformError(`argument ${index + 1} of ${name}(): ${error.message}`);
  }
}

function holeOf(arg: TfValue, when: 'argument' | 'part'): TfUnknown | undefined {
  if (when === 'part') return firstUnknown(arg);
  return arg.kind === 'unknown' ? arg : undefined;
}

/** An unknown result with the reason of the unknown that caused it. */
export function unknownLike(cause: TfUnknown, tools: FunctionTools, constraint?: Constraint): TfUnknown {
  return unknown(cause.why, tools, constraint);
}

/** An unknown result with a reason of its own. */
export function unknown(why: string, tools: FunctionTools, constraint?: Constraint): TfUnknown {
  const stated = constraint !== undefined && Object.keys(constraint).length > 0;
  return { kind: 'unknown', origin: tools.origin, why, ...(stated ? { constraint } : {}) };
}

/** A text as the call's result, normalised as Terraform keeps all text (NFC). */
export function string(value: string, tools: FunctionTools): TfValue {
  tools.spend(value.length);
  return text(value, tools.origin);
}

/** A text with an origin of its own, normalised (NFC). */
export function text(value: string, origin: Origin): TfValue {
  return { kind: 'string', origin, value: value.normalize('NFC') };
}

export function number(value: bigint | number, { origin }: FunctionTools): TfValue {
  return { kind: 'number', origin, value: Number.isSafeInteger(value) ? BigInt(value) : value };
}

export function bool(value: boolean, { origin }: FunctionTools): TfValue {
  return { kind: 'bool', origin, value };
}

export function list(items: readonly TfValue[], tools: FunctionTools): TfList {
  tools.spend(items.length);
  return { kind: 'list', origin: tools.origin, isSet: false, items };
}

/** The value with a sensitive mark where one of the others has one. */
export function marked<T extends TfValue>(value: T, ...by: readonly TfValue[]): T {
  return value.sensitive !== true && by.some((other) => other.sensitive === true)
    ? { ...value, sensitive: true }
    : value;
}

/** The wrong shape of a dynamically typed argument. */
export function wrongKind(value: TfValue, wanted: string): TerraformError {
  return new TerraformError(`${wanted} is required, but this is ${nameOfValue(value)}`);
}
