import { useState } from 'preact/hooks';
import type { Finding } from '../../../src/model/index.ts';
import { SEVERITY_WORD } from '../words.ts';
import { FindingBody } from './finding-body.tsx';
import { Place } from './place.tsx';
import { Text } from './text.tsx';

interface Properties {
  readonly finding: Finding;
  readonly open: boolean;
  /** Address of this finding in the page. */
  readonly href: string;
}

/** One counterexample: a line that says what and where, and under it everything that shows it. */
export function FindingView({ finding, open, href }: Properties) {
  const [opened, setOpened] = useState(open);
  const { severity, title, location, dismissed, accepted } = finding;
  return (
    <details
      class={dismissed === undefined ? 'finding' : 'finding dismissed'}
      open={opened}
      data-finding={finding.fingerprint}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary>
        <span class={`severity is-${severity}`}>{SEVERITY_WORD[severity]}</span>
        <span class="finding-title">
          <Text of={title} longest={600} />
          {accepted === undefined ? null : <span class="tag">accepted</span>}
          {dismissed === undefined ? null : <span class="tag">dismissed</span>}
        </span>
        <Place at={location} />
      </summary>
      {opened ? <FindingBody finding={finding} href={href} /> : null}
    </details>
  );
}
