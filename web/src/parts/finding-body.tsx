import type { ComponentChildren } from 'preact';
import type { Finding } from '../../../src/model/index.ts';
import { Command } from './command.tsx';
import { Decision } from './decision.tsx';
import { ExcerptView } from './excerpt-view.tsx';
import { InputView } from './input-view.tsx';
import { Trace } from './trace.tsx';
import { Text } from './text.tsx';

const MOST_GRANTS = 50;

/** Everything that shows a counterexample: what happens, where, by which way, with what, for what, and how to see it again. */
export function FindingBody({ finding, href }: { readonly finding: Finding; readonly href: string }) {
  const { counterexample, dismissed, accepted, excerpt, location, fingerprint } = finding;
  const { summary, trace, input, grants } = counterexample;
  return (
    <div class="finding-body">
      {dismissed === undefined ? null : <Decision word="Dismissed" decision={dismissed} />}
      {accepted === undefined ? null : <Decision word="Accepted" decision={accepted} />}
      <p class="summary">
        <Text of={summary} />
      </p>
      {excerpt === undefined ? null : <ExcerptView excerpt={excerpt} at={location} />}
      <Part title="Path">
        <Trace steps={trace} />
      </Part>
      <Part title="Input">
        <InputView input={input} />
      </Part>
      {grants.length === 0 ? null : (
        <Part title="Grants">
          <ul class="plain">
            {grants.slice(0, MOST_GRANTS).map((grant, index) => (
              <li key={index}>
                <Text of={grant} longest={400} />
              </li>
            ))}
            {grants.length > MOST_GRANTS ? <li>{grants.length - MOST_GRANTS} more stand in the JSON result.</li> : null}
          </ul>
        </Part>
      )}
      <Part title="Replay">
        <Command text={`fourproof replay ${fingerprint}`} label="replay command" />{' '}
        <a class="link no-print" href={href}>
          Link to this finding
        </a>
      </Part>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="part">
      <h5>{title}</h5>
      <div>{children}</div>
    </section>
  );
}
