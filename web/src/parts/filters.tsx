import type { RefObject } from 'preact';
import type { Result } from '../../../src/model/index.ts';
import { isRestricting, NO_FILTER, toggled, type Filter } from '../filter.ts';
import { printable } from '../printable.ts';
import { counted, grouped, LAYER_WORD, LAYERS, STATUS_ORDER, STATUS_WORD } from '../words.ts';
import { Mark } from './mark.tsx';

interface Properties {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly products: Result['products'];
  readonly shown: number;
  readonly all: number;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** What to show: text, status, layer, product. */
export function Filters({ filter, onFilter, products, shown, all, input }: Properties) {
  return (
    <search class="filters">
      <label class="text-filter">
        <span class="offscreen">Filter by text</span>
        <input
          ref={input}
          type="search"
          placeholder="Filter threats, findings, paths"
          aria-keyshortcuts="/"
          value={filter.text}
          onInput={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      {products.length < 2 ? null : (
        <label class="product-filter">
          <span class="offscreen">Product</span>
          <select
            value={filter.product}
            onChange={(event) => onFilter({ ...filter, product: event.currentTarget.value })}
          >
            <option value="">All {grouped(products.length)} products</option>
            {products.map(({ name }) => (
              <option key={name} value={name}>
                {printable(name, 80)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="chips" role="group" aria-label="Status">
        {STATUS_ORDER.map((status) => (
          <button
            key={status}
            type="button"
            class="chip"
            aria-pressed={filter.statuses.includes(status)}
            data-status={status}
            onClick={() => onFilter({ ...filter, statuses: toggled(filter.statuses, status) })}
          >
            <Mark status={status} /> {STATUS_WORD[status]}
          </button>
        ))}
      </div>
      <div class="chips" role="group" aria-label="Layer">
        {LAYERS.map((layer) => (
          <button
            key={layer}
            type="button"
            class="chip"
            aria-pressed={filter.layers.includes(layer)}
            data-layer={layer}
            onClick={() => onFilter({ ...filter, layers: toggled(filter.layers, layer) })}
          >
            {LAYER_WORD[layer]}
          </button>
        ))}
      </div>
      <p class="quiet shown">
        <span role="status">
          {shown === all ? counted(all, 'threat') : `${grouped(shown)} of ${counted(all, 'threat')}`}
        </span>
        {isRestricting(filter) ? (
          <button type="button" class="clear" onClick={() => onFilter(NO_FILTER)}>
            Clear filter
          </button>
        ) : null}
      </p>
    </search>
  );
}
