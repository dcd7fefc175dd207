import type { ControlKind, Finding, Verdict } from '../../../src/model/index.ts';
import { matchingFindings } from '../filter.ts';
import { printable } from '../printable.ts';
import { formatRoute } from '../route.ts';
import { counted, grouped, STATUS_WORD } from '../words.ts';
import { ControlView } from './control-view.tsx';
import { Mark, StatusWord } from './mark.tsx';
import { Text } from './text.tsx';

interface Properties {
  readonly verdict: Verdict;
  /** Whether the product is worth naming. */
  readonly several: boolean;
  /** The text filter; narrows the findings. */
  readonly text?: string;
  readonly named?: string | undefined;
  readonly whole?: boolean;
}

/** Everything that a verdict stands on. */
export function Evidence({ verdict, several, text = '', named, whole = false }: Properties) {
  const findings = matchingFindings(verdict.findings, text);
  const shared = { verdict, findings, named, whole };
  return (
    <>
      <header class="evidence-head">
        <p class="quiet">
          <code>{verdict.threat}</code>
          {several ? <bdi class="tag">{printable(verdict.product, 200)}</bdi> : null}
        </p>
        <h2 tabIndex={-1} id={whole ? undefined : 'evidence-title'}>
          <Mark status={verdict.status} /> <Text of={verdict.title} />{' '}
          <span class={`verdict-word is-${verdict.status}`}>{STATUS_WORD[verdict.status]}</span>
        </h2>
        <p class="question">
          <Text of={verdict.question} />
        </p>
        {findings.length === verdict.findings.length ? null : (
          <p class="note">
            {grouped(findings.length)} of {counted(verdict.findings.length, 'finding')} mention the filter’s text.
          </p>
        )}
      </header>
      <Half {...shared} kind="exposure" title="Now" about="Is it open today?" status={verdict.exposure} />
      <Half {...shared} kind="guard" title="Guard" about="Would it be stopped tomorrow?" status={verdict.guard} />
    </>
  );
}

interface HalfProperties {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly named: string | undefined;
  readonly whole: boolean;
  readonly kind: ControlKind;
  readonly title: string;
  readonly about: string;
  readonly status: Verdict['status'];
}

function Half({ verdict, findings, named, whole, kind, title, about, status }: HalfProperties) {
  const controls = verdict.controls.filter((control) => control.kind === kind);
  const hrefOf = ({ fingerprint }: Finding): string =>
    formatRoute({ threat: verdict.threat, product: verdict.product, finding: fingerprint });
  return (
    <section class="half">
      <h3>
        {title} <StatusWord status={status} /> <span class="quiet">{about}</span>
      </h3>
      {controls.length === 0 ? <p class="quiet">No control of this kind was judged.</p> : null}
      {controls.map((control) => (
        <ControlView
          key={control.id}
          control={control}
          findings={findings.filter((finding) => finding.control === control.id)}
          named={named}
          hrefOf={hrefOf}
          whole={whole}
        />
      ))}
    </section>
  );
}
