import type { DecisionRecord, Verdict } from '../../../src/model/index.ts';
import { printable } from '../printable.ts';
import { More } from './more.tsx';
import { Text } from './text.tsx';

interface Entry {
  readonly word: 'accepted' | 'dismissed';
  readonly what: string;
  readonly fingerprint: string;
  readonly decision: DecisionRecord;
}

/** Every risk that people carry and every finding that they say is not real. */
export function DecisionsInForce({
  verdicts,
  whole,
}: {
  readonly verdicts: readonly Verdict[];
  readonly whole: boolean;
}) {
  const entries = verdicts.flatMap(entriesOf);
  if (entries.length === 0) return null;
  return (
    <section>
      <h3>Decided by people</h3>
      <More
        class="plain entries"
        noun="decisions"
        items={entries}
        first={whole ? entries.length : 10}
        draw={({ word, what, fingerprint, decision }, index) => (
          <li key={`${index} ${fingerprint}`}>
            <p>
              <span class="tag">{word}</span> <Text of={what} longest={600} />
            </p>
            <p class="quiet">
              <Text of={decision.reason} /> — <Text of={decision.owner} longest={200} />
              {decision.expires === undefined ? '' : `, until ${printable(decision.expires, 40)}`}
            </p>
          </li>
        )}
      />
    </section>
  );
}

function entriesOf({ findings, controls }: Verdict): readonly Entry[] {
  const gaps = controls.flatMap((control) => ('gaps' in control ? (control.gaps ?? []) : []));
  return [
    ...findings.flatMap(({ title, fingerprint, dismissed, accepted }) => [
      ...(dismissed ? [{ word: 'dismissed', what: title, fingerprint, decision: dismissed } as const] : []),
      ...(accepted ? [{ word: 'accepted', what: title, fingerprint, decision: accepted } as const] : []),
    ]),
    ...gaps.flatMap(({ message, fingerprint, accepted }) =>
      accepted ? [{ word: 'accepted', what: message, fingerprint, decision: accepted } as const] : [],
    ),
  ];
}
