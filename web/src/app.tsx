import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Result, Verdict } from '../../src/model/index.ts';
import { isShown, NO_FILTER, type Filter } from './filter.ts';
import { useKeys } from './keys.ts';
import { keyOf } from './lanes.ts';
import { go, goQuietly, isWide, useRoute } from './navigation.ts';
import { Evidence } from './parts/evidence.tsx';
import { Filters } from './parts/filters.tsx';
import { LaneList } from './parts/lane-list.tsx';
import { Masthead } from './parts/masthead.tsx';
import { Overview } from './parts/overview.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { focusEvidence, focusEvidenceAfter, focusRow, showEvidence } from './focus.ts';
import type { Route } from './route.ts';

/** The report: the list on one side, the evidence of one threat on the other. */
export function App({ result }: { readonly result: Result }) {
  const { verdicts, products } = result;
  const several = products.length > 1;
  const route = useRoute();
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const input = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => verdicts.filter((verdict) => isShown(verdict, filter)), [verdicts, filter]);
  const selected = find(verdicts, route, filter);
  const selectedKey = selected === undefined ? undefined : keyOf(selected);
  const last = useRef<string>(undefined);
  const mounted = useRef(false);

  // An address that names only a product is a filter.
  useEffect(() => {
    if (route.threat === undefined && route.product !== undefined) {
      setFilter((old) => ({ ...old, product: route.product ?? '' }));
    }
  }, [route]);

  useEffect(() => {
    if (selectedKey === undefined) {
      if (last.current !== undefined) focusRow(last.current);
    } else {
      showEvidence(route.finding, mounted.current);
    }
    last.current = selectedKey;
    mounted.current = true;
  }, [selectedKey, route.finding]);

  const close = (): boolean => {
    if (selected !== undefined) go(filter.product === '' ? {} : { product: filter.product });
    return selected !== undefined;
  };
  useKeys({
    close,
    focusFilter: () => {
      if (!isWide() && selected !== undefined) close();
      requestAnimationFrame(() => input.current?.focus());
    },
    preview: (key) => {
      const verdict = verdicts.find((candidate) => keyOf(candidate) === key);
      if (verdict) goQuietly({ threat: verdict.threat, ...(several ? { product: verdict.product } : {}) });
    },
  });

  const changeFilter = (next: Filter): void => {
    setFilter(next);
    if (route.threat === undefined) goQuietly(next.product === '' ? {} : { product: next.product });
  };
  const inList = shown.some((verdict) => keyOf(verdict) === selectedKey);
  const first = shown[0];
  return (
    <div class={selected === undefined ? 'page' : 'page reading'}>
      <a class="skip" href="#evidence-title" onClick={focusEvidence}>
        Skip to the evidence
      </a>
      <TopBar />
      <Masthead result={result} />
      <div class="columns">
        <div class="index">
          <Filters
            filter={filter}
            onFilter={changeFilter}
            products={products}
            shown={shown.length}
            all={verdicts.length}
            input={input}
          />
          <nav aria-label="Threats" onClick={focusEvidenceAfter}>
            <LaneList
              verdicts={shown}
              several={several}
              selected={selectedKey}
              reachable={inList ? selectedKey : first && keyOf(first)}
            />
          </nav>
          {shown.length === 0 ? <Nothing all={verdicts.length} /> : null}
          <p class="hint quiet">
            <kbd>↑</kbd> <kbd>↓</kbd> walk · <kbd>Enter</kbd> read · <kbd>/</kbd> filter · <kbd>Esc</kbd> close
          </p>
        </div>
        <main>
          {selected === undefined ? (
            <section aria-labelledby="evidence-title">
              <h2 class="overview-title" id="evidence-title" tabIndex={-1}>
                Where to start
              </h2>
              <Overview result={result} verdicts={shown} />
            </section>
          ) : (
            <section class="evidence" aria-labelledby="evidence-title">
              <button type="button" class="back" onClick={close}>
                ← All threats
              </button>
              <Evidence
                key={`${selectedKey} ${route.finding ?? ''}`}
                verdict={selected}
                several={several}
                text={filter.text}
                named={route.finding}
              />
            </section>
          )}
        </main>
      </div>
    </div>
  );
}

function Nothing({ all }: { readonly all: number }) {
  return (
    <p class="nothing" role="note">
      {all === 0
        ? 'The result holds no verdict: nothing was looked at, so nothing is proven.'
        : 'No threat matches the filter.'}
    </p>
  );
}

function find(verdicts: readonly Verdict[], { threat, product }: Route, filter: Filter): Verdict | undefined {
  const same = verdicts.filter((verdict) => verdict.threat === threat);
  const wanted = product ?? filter.product;
  return same.find((verdict) => verdict.product === wanted) ?? same[0];
}
