import type { Result } from '../../../src/model/index.ts';
import { headlineOf } from '../headline.ts';
import { countStatuses } from '../lanes.ts';
import { printable } from '../printable.ts';
import { grouped, STATUS_ORDER, STATUS_WORD } from '../words.ts';
import { Mark } from './mark.tsx';

const MOST_NAMES = 4;

/** Of what, when, and the answer in one line. */
export function Masthead({ result }: { readonly result: Result }) {
  const counts = countStatuses(result.verdicts);
  const headline = headlineOf(counts);
  return (
    <div class="masthead">
      <p class="kicker">Is every threat mitigated?</p>
      <h1>
        <bdi>{namesOf(result)}</bdi>
      </h1>
      <p class={`headline is-${headline.status}`}>
        <strong>{headline.answer}</strong> {headline.why}
      </p>
      <p class="counts">
        {STATUS_ORDER.map((status) => (
          <span key={status} class="count">
            <Mark status={status} /> <b>{grouped(counts[status])}</b> {STATUS_WORD[status]}
          </span>
        ))}
      </p>
      <p class="quiet meta">
        Judged at <time dateTime={printable(result.now, 40)}>{momentOf(result.now)}</time> · fourproof{' '}
        {printable(result.tool.version, 40)} · digest{' '}
        <code title={printable(result.digest, 100)}>{printable(result.digest.slice(0, 16), 16)}</code>
      </p>
    </div>
  );
}

function namesOf({ products }: Result): string {
  const names = products.slice(0, MOST_NAMES).map(({ name }) => printable(name, 80));
  const left = products.length - names.length;
  if (names.length === 0) return 'No product';
  return names.join(', ') + (left > 0 ? ` and ${grouped(left)} more` : '');
}

function momentOf(now: string): string {
  return `${printable(now.slice(0, 10), 10)} ${printable(now.slice(11, 16), 5)} UTC`;
}
