import type { ComponentChildren } from 'preact';
import type { Finding, GapRecord, Result, Verdict } from '../../../src/model/index.ts';
import { keyOf } from '../lanes.ts';
import { printable } from '../printable.ts';
import { formatRoute } from '../route.ts';
import { Command } from './command.tsx';
import { DecisionsInForce } from './decisions-in-force.tsx';
import { InventoryView } from './inventory-view.tsx';
import { Mark } from './mark.tsx';
import { More } from './more.tsx';
import { Place } from './place.tsx';
import { Text } from './text.tsx';

/** What to look at first: the best counterexample of every open threat, what closes the gaps, what people decided. */
export function Overview({ result, verdicts, whole = false }: OverviewProperties) {
  const several = result.products.length > 1;
  const open = verdicts.filter(({ status }) => status === 'open');
  const unknown = verdicts.filter(({ status }) => status === 'unknown');
  return (
    <div class="overview">
      <Listing title="Open" verdicts={open} several={several} whole={whole}>
        {(verdict) => <BestFinding finding={verdict.findings.find(({ dismissed }) => dismissed === undefined)} />}
      </Listing>
      <Listing title="Could not be decided" verdicts={unknown} several={several} whole={whole}>
        {(verdict) => <FirstGap gap={firstGap(verdict)} />}
      </Listing>
      <DecisionsInForce verdicts={verdicts} whole={whole} />
      {result.notices.length === 0 ? null : (
        <section>
          <h3>Notices</h3>
          <More
            class="plain entries"
            noun="notices"
            items={result.notices}
            first={whole ? result.notices.length : 10}
            draw={({ level, message, at }, index) => (
              <li key={index}>
                <span class="tag">{level}</span> <Text of={message} /> {at === undefined ? null : <Place at={at} />}
              </li>
            )}
          />
        </section>
      )}
      <InventoryView inventory={result.inventory} />
    </div>
  );
}

interface OverviewProperties {
  readonly result: Result;
  /** The verdicts that are shown. */
  readonly verdicts: readonly Verdict[];
  readonly whole?: boolean;
}

interface ListingProperties {
  readonly title: string;
  readonly verdicts: readonly Verdict[];
  readonly several: boolean;
  readonly whole: boolean;
  readonly children: (verdict: Verdict) => ComponentChildren;
}

function Listing({ title, verdicts, several, whole, children }: ListingProperties) {
  if (verdicts.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <More
        class="plain entries"
        noun="threats"
        items={verdicts}
        first={whole ? verdicts.length : 8}
        draw={(verdict) => (
          <li key={keyOf(verdict)}>
            <p class="entry-title">
              <Mark status={verdict.status} />
              <a href={formatRoute({ threat: verdict.threat, ...(several ? { product: verdict.product } : {}) })}>
                {printable(verdict.title, 200)}
              </a>
              <code class="quiet">{verdict.threat}</code>
              {several ? <bdi class="tag">{printable(verdict.product, 60)}</bdi> : null}
            </p>
            {children(verdict)}
          </li>
        )}
      />
    </section>
  );
}

function BestFinding({ finding }: { readonly finding: Finding | undefined }) {
  if (finding === undefined) return null;
  return (
    <p>
      <Text of={finding.title} longest={600} /> <Place at={finding.location} />
    </p>
  );
}

function FirstGap({ gap }: { readonly gap: GapRecord | undefined }) {
  if (gap === undefined) return null;
  return (
    <>
      <p>
        <Text of={gap.message} longest={600} />
      </p>
      {gap.closes === undefined ? null : (
        <p>
          <Command text={gap.closes} label="what closes the gap" />
        </p>
      )}
    </>
  );
}

function firstGap({ controls }: Verdict): GapRecord | undefined {
  return controls.flatMap((control) => ('gaps' in control ? (control.gaps ?? []) : [])).at(0);
}
