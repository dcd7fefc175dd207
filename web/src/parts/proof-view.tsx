import type { ProofRecord } from '../../../src/model/index.ts';
import { printable } from '../printable.ts';
import { counted, grouped } from '../words.ts';
import { More } from './more.tsx';
import { Place } from './place.tsx';
import { Text } from './text.tsx';

/** A proof: what was shown, over what, how, and the lines that make it true. */
export function ProofView({ proof, whole }: { readonly proof: ProofRecord; readonly whole: boolean }) {
  const { claim, scope, method, witnesses, dismissed = [] } = proof;
  return (
    <div class="proof">
      <p class="claim">
        <Text of={claim} />
      </p>
      <dl class="facts">
        <dt>Scope</dt>
        <dd>
          {grouped(scope.count)} {printable(scope.what, 200)}{' '}
          <span class="quiet digest" title={scope.digest}>
            sha256 {printable(scope.digest.slice(0, 12), 12)}
          </span>
        </dd>
        <dt>Method</dt>
        <dd>
          <Text of={method} />
        </dd>
        {witnesses.length === 0 ? null : (
          <>
            <dt>Witnesses</dt>
            <dd>
              <More
                class="plain witnesses"
                noun="witnesses"
                items={witnesses}
                first={whole ? witnesses.length : 8}
                draw={({ at, note }, index) => (
                  <li key={index}>
                    <Text of={note} longest={1000} /> {at === undefined ? null : <Place at={at} />}
                  </li>
                )}
              />
            </dd>
          </>
        )}
        {dismissed.length === 0 ? null : (
          <>
            <dt>Dismissed</dt>
            <dd>
              {counted(dismissed.length, 'finding is', 'findings are')} dismissed and not counted against the claim;
              shown below.
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
