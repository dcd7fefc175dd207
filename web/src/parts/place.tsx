import type { SourceLocation } from '../../../src/model/index.ts';
import { printable } from '../printable.ts';

/** A place in the source, as `path:line:column` with its route. */
export function Place({ at }: { readonly at: SourceLocation }) {
  return (
    <span class="place">
      <bdi class="place-path">
        {printable(at.path, 400)}
        <span class="place-line">
          :{at.startLine}:{at.startColumn}
        </span>
      </bdi>
      {at.route === undefined ? null : <bdi class="place-route">{printable(at.route, 200)}</bdi>}
    </span>
  );
}
