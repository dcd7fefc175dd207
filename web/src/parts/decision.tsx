import type { DecisionRecord } from '../../../src/model/index.ts';
import { printable } from '../printable.ts';
import { Text } from './text.tsx';

interface Properties {
  readonly word: 'Accepted' | 'Dismissed';
  readonly decision: DecisionRecord;
}

/** A decision that people took, with its reason, its owner and where it stands. */
export function Decision({ word, decision }: Properties) {
  const { reason, owner, expires, by } = decision;
  const meaning = word === 'Accepted' ? 'The risk is real and is carried for a time.' : 'Judged not real; not counted.';
  return (
    <div class="decision">
      <p>
        <strong>{word}.</strong> <span class="quiet">{meaning}</span>
      </p>
      <p>
        <Text of={reason} />
      </p>
      <p class="quiet">
        Owner <Text of={owner} longest={200} />
        {expires === undefined ? null : <> · until {printable(expires, 40)}</>} · in <Text of={by} longest={200} />
      </p>
    </div>
  );
}
