import type { ControlRecord, Finding } from '../../../src/model/index.ts';
import { printable } from '../printable.ts';
import { counted } from '../words.ts';
import { FindingView } from './finding-view.tsx';
import { GapView } from './gap-view.tsx';
import { StatusWord } from './mark.tsx';
import { More } from './more.tsx';
import { ProofView } from './proof-view.tsx';
import { Text } from './text.tsx';

const FIRST = 25;

/** How many findings of a control are opened on paper; the others keep their title and place. Opened by the thousand they keep a browser busy for half a minute. */
const OPEN_ON_PAPER = 50;

interface Properties {
  readonly control: ControlRecord;
  /** The findings of this control that are shown, worst first. */
  readonly findings: readonly Finding[];
  /** Fingerprint of the finding that the address names. */
  readonly named: string | undefined;
  readonly hrefOf: (finding: Finding) => string;
  /** Draws everything opened and at full length, for paper. */
  readonly whole: boolean;
}

/** What must hold, whether it does, and the evidence. */
export function ControlView({ control, findings, named, hrefOf, whole }: Properties) {
  const gaps = 'gaps' in control ? (control.gaps ?? []) : [];
  const ordered = [
    ...findings.filter((finding) => !finding.dismissed),
    ...findings.filter((finding) => finding.dismissed),
  ];
  const wanted = ordered.findIndex(({ fingerprint }) => fingerprint === named);
  const first = whole ? ordered.length : Math.max(FIRST, wanted + 1);
  const opens = (index: number, { dismissed }: Finding): boolean => {
    if (whole) return index < OPEN_ON_PAPER;
    return wanted < 0 ? index === 0 && dismissed === undefined : index === wanted;
  };
  return (
    <article class="control">
      <header>
        <h4>
          <Text of={control.title} />
        </h4>
        <p class="control-line">
          <StatusWord status={control.status} /> <code class="quiet">{printable(control.id, 200)}</code>
          {findings.length === 0 ? null : <span class="quiet">{counted(findings.length, 'finding')}</span>}
          {gaps.length === 0 ? null : <span class="quiet">{counted(gaps.length, 'gap')}</span>}
        </p>
      </header>
      {'proof' in control ? <ProofView proof={control.proof} whole={whole} /> : null}
      {whole && ordered.length > OPEN_ON_PAPER ? (
        <p class="note">
          The first {OPEN_ON_PAPER} findings are printed whole, the others by title and place; the JSON result has them
          all.
        </p>
      ) : null}
      {ordered.length === 0 ? null : (
        <More
          class="findings"
          noun="findings"
          items={ordered}
          first={first}
          draw={(finding, index) => (
            <li key={finding.fingerprint}>
              <FindingView finding={finding} href={hrefOf(finding)} open={opens(index, finding)} />
            </li>
          )}
        />
      )}
      {gaps.length === 0 ? null : (
        <More
          class="gaps"
          noun="gaps"
          items={gaps}
          first={whole ? gaps.length : FIRST}
          draw={(gap) => <GapView key={gap.fingerprint} gap={gap} />}
        />
      )}
    </article>
  );
}
