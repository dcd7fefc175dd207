import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { grouped } from '../words.ts';

const STEP = 50;

interface Properties<T> {
  readonly items: readonly T[];
  readonly first: number;
  /** Draws one item as an `<li>`. */
  readonly draw: (item: T, index: number) => ComponentChildren;
  readonly noun: string;
  readonly class: string;
}

/** A list that shows its beginning and more on demand, so that a thousand items neither hang nor drown. */
export function More<T>({ items, first, draw, noun, class: name }: Properties<T>) {
  const [extra, setExtra] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const focusAt = useRef(-1);
  const shown = Math.min(items.length, first + extra);
  const left = items.length - shown;

  useLayoutEffect(() => {
    if (focusAt.current < 0) return;
    list.current?.children[focusAt.current]?.querySelector<HTMLElement>('summary, a, button')?.focus();
    focusAt.current = -1;
  }, [shown]);

  const showMore = (): void => {
    focusAt.current = shown;
    setExtra(extra + STEP);
  };
  return (
    <>
      <ul class={name} ref={list}>
        {items.slice(0, shown).map(draw)}
      </ul>
      {left === 0 ? null : (
        <button type="button" class="more" onClick={showMore}>
          Show {Math.min(STEP, left)} more {noun}{' '}
          {left > STEP ? <span class="quiet">of {grouped(left)} left</span> : null}
        </button>
      )}
    </>
  );
}
