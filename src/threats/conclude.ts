import { sha256 } from '../lib/hash.ts';
import {
  isNonEmpty,
  prove,
  proveAbsence,
  type Assessment,
  type Counterexample,
  type Gap,
  type Witness,
} from '../model/index.ts';

/** Puts an assessment together; counterexamples and gaps that say the same are one. */
export function conclude(parts: {
  readonly claim: string;
  readonly what: string;
  readonly elements: readonly string[];
  readonly method: string;
  readonly witnesses: readonly Witness[];
  readonly counterexamples: readonly Counterexample[];
  readonly gaps: readonly Gap[];
}): Assessment {
  const { claim, what, elements, method, witnesses } = parts;
  const counterexamples = [
    ...new Map(
      parts.counterexamples.map((one) => [JSON.stringify([one.trace.at(-1)?.at.path, ...one.identity]), one]),
    ).values(),
  ];
  const gaps = [
    ...new Map(parts.gaps.map((gap) => [JSON.stringify([gap.message, gap.at?.path, gap.at?.route]), gap])).values(),
  ];
  if (isNonEmpty(elements))
    return { proof: prove({ claim, what, elements, method, witnesses, digest: sha256 }), counterexamples, gaps };
  if (isNonEmpty(gaps)) return { counterexamples, gaps };
  return {
    proof: proveAbsence({ claim: `there are no ${what}`, what, elements, method, digest: sha256 }),
    counterexamples,
    gaps,
  };
}
