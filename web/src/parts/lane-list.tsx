import type { Verdict } from '../../../src/model/index.ts';
import { keyOf, lanesOf } from '../lanes.ts';
import { printable } from '../printable.ts';
import { formatRoute } from '../route.ts';
import { counted, LAYER_WORD, STATUS_WORD } from '../words.ts';
import { Mark, Rings, Side } from './mark.tsx';
import { Text } from './text.tsx';

interface Properties {
  readonly verdicts: readonly Verdict[];
  readonly several: boolean;
  /** Key of the verdict whose evidence is shown. */
  readonly selected?: string | undefined;
  /** Key of the verdict that Tab reaches; the others are reached by arrows. */
  readonly reachable?: string | undefined;
}

/** The four lanes with a row a threat. */
export function LaneList({ verdicts, several, selected, reachable }: Properties) {
  return (
    <>
      {lanesOf(verdicts).map((lane) => (
        <section key={lane.layer} class="lane" aria-label={LAYER_WORD[lane.layer]} data-lane={lane.layer}>
          <h2>
            <Rings layer={lane.layer} /> {LAYER_WORD[lane.layer]}
          </h2>
          {lane.verdicts.length === 0 ? (
            <p class="lane-empty quiet">Nothing to show</p>
          ) : (
            <ul>
              {lane.verdicts.map((verdict) => (
                <li key={keyOf(verdict)}>
                  <Row verdict={verdict} several={several} selected={selected} reachable={reachable} />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </>
  );
}

function Row({ verdict, several, selected, reachable }: Omit<Properties, 'verdicts'> & { readonly verdict: Verdict }) {
  const key = keyOf(verdict);
  return (
    <a
      class="row"
      href={formatRoute({ threat: verdict.threat, ...(several ? { product: verdict.product } : {}) })}
      aria-current={key === selected ? 'true' : undefined}
      tabIndex={reachable === undefined || key === reachable ? 0 : -1}
      data-key={key}
    >
      <Mark status={verdict.status} />
      <span class="row-title">
        <Text of={verdict.title} longest={200} />
        <span class="offscreen">, {STATUS_WORD[verdict.status]}</span>
        {several ? <bdi class="tag">{printable(verdict.product, 60)}</bdi> : null}
      </span>
      <span class="row-count">{countsOf(verdict)}</span>
      <span class="row-sides">
        <Side name="Now" status={verdict.exposure} /> <Side name="Guard" status={verdict.guard} />
      </span>
    </a>
  );
}

function countsOf({ findings }: Verdict): string {
  const standing = findings.filter(({ dismissed }) => dismissed === undefined);
  const accepted = standing.filter((finding) => finding.accepted !== undefined).length;
  if (standing.length === 0) return '';
  return counted(standing.length, 'finding') + (accepted === 0 ? '' : `, ${accepted} accepted`);
}
