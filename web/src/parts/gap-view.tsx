import type { GapRecord } from '../../../src/model/index.ts';
import { REASON_WORD } from '../words.ts';
import { Command } from './command.tsx';
import { Decision } from './decision.tsx';
import { Place } from './place.tsx';
import { Text } from './text.tsx';

/** Why something could not be decided, and what closes it. */
export function GapView({ gap }: { readonly gap: GapRecord }) {
  const { reason, message, at, closes, accepted } = gap;
  return (
    <li class="gap">
      <p class="gap-reason">
        {REASON_WORD[reason]} <code class="quiet">{reason}</code>
        {accepted === undefined ? null : <span class="tag">accepted</span>}
      </p>
      <p>
        <Text of={message} />
      </p>
      {at === undefined ? null : (
        <p>
          <Place at={at} />
        </p>
      )}
      {closes === undefined ? null : (
        <p class="closes">
          <span class="quiet">Closes it</span> <Command text={closes} label="what closes the gap" />
        </p>
      )}
      {accepted === undefined ? null : <Decision word="Accepted" decision={accepted} />}
    </li>
  );
}
