import type { Excerpt, SourceLocation } from '../../../src/model/index.ts';
import { cutExcerpt } from '../excerpt.ts';
import { printable } from '../printable.ts';
import { Place } from './place.tsx';

/** Source lines with their numbers, the range underlined. */
export function ExcerptView({ excerpt, at }: { readonly excerpt: Excerpt; readonly at: SourceLocation }) {
  return (
    <figure class="excerpt">
      <figcaption>
        <Place at={at} />
      </figcaption>
      <div class="lines" tabIndex={0} role="group" aria-label="Source">
        {cutExcerpt(excerpt, at).map(({ number, before, hit, after }) => (
          <div key={number} class={number >= at.startLine && number <= at.endLine ? 'line marked' : 'line'}>
            <span class="number" aria-hidden="true">
              {number}
            </span>
            <code>
              {printable(before)}
              {hit === '' ? null : <mark>{printable(hit)}</mark>}
              {printable(after)}
            </code>
          </div>
        ))}
      </div>
    </figure>
  );
}
