import type { TraceStep } from '../../../src/model/index.ts';
import { ROLE_WORD } from '../words.ts';
import { Place } from './place.tsx';
import { Text } from './text.tsx';

const MOST_STEPS = 200;

/** The way from the outside to the harm, numbered. */
export function Trace({ steps }: { readonly steps: readonly TraceStep[] }) {
  return (
    <ol class="trace">
      {steps.slice(0, MOST_STEPS).map(({ at, note, role }, index) => (
        <li key={index} class={`role-${role}`}>
          <span class="role">{ROLE_WORD[role]}</span>
          <span class="step">
            <span class="step-note">
              <Text of={note} longest={1000} />
            </span>
            <Place at={at} />
          </span>
        </li>
      ))}
      {steps.length > MOST_STEPS ? (
        <li class="quiet">{steps.length - MOST_STEPS} more steps stand in the JSON result.</li>
      ) : null}
    </ol>
  );
}
