import type { Result } from '../../../src/model/index.ts';
import { keyOf } from '../lanes.ts';
import { Evidence } from './evidence.tsx';
import { LaneList } from './lane-list.tsx';
import { Masthead } from './masthead.tsx';
import { Overview } from './overview.tsx';

/** The whole result for paper: everything opened, nothing to press. */
export function Paper({ result }: { readonly result: Result }) {
  const several = result.products.length > 1;
  return (
    <>
      <Masthead result={result} />
      <div class="paper-lanes">
        <LaneList verdicts={result.verdicts} several={several} />
      </div>
      <Overview result={result} verdicts={result.verdicts} whole />
      {result.verdicts.map((verdict) => (
        <section key={keyOf(verdict)} class="evidence">
          <Evidence verdict={verdict} several={several} whole />
        </section>
      ))}
    </>
  );
}
