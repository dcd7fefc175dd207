import { useEffect } from 'preact/hooks';
import { isWide } from './navigation.ts';

/** What the keyboard can do. */
export interface KeyActions {
  /** Shows the evidence of the row with this key, without leaving the list. */
  readonly preview: (key: string) => void;
  /** Leaves the evidence; false when none is shown. */
  readonly close: () => boolean;
  readonly focusFilter: () => void;
}

/**
 * `/` goes to the filter, arrows, Home and End walk the rows, Escape closes. Enter and Tab are the browser's own.
 */
export function useKeys(actions: KeyActions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (handle(event, actions)) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
}

function handle(event: KeyboardEvent, actions: KeyActions): boolean {
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  const inFilter = target.matches('input[type=search]');
  if (event.key === 'Escape') return inFilter ? leaveFilter(target) : actions.close();
  if (event.key === '/' && !target.matches('input, select, textarea')) {
    actions.focusFilter();
    return true;
  }
  if (inFilter) return event.key === 'ArrowDown' && walkTo(rows()[0], actions);
  const row = target.closest<HTMLElement>('.row');
  return row === null ? false : walk(event.key, row, actions);
}

// A search field empties itself on Escape; when it is empty already, Escape leaves it.
function leaveFilter(field: HTMLElement): boolean {
  if (field instanceof HTMLInputElement && field.value !== '') return false;
  field.blur();
  return true;
}

function walk(key: string, from: HTMLElement, actions: KeyActions): boolean {
  const all = rows();
  const at = all.indexOf(from);
  if (key === 'ArrowDown') return walkTo(all[at + 1], actions);
  if (key === 'ArrowUp') return walkTo(all[at - 1], actions);
  if (key === 'Home') return walkTo(all[0], actions);
  if (key === 'End') return walkTo(all.at(-1), actions);
  return false;
}

function walkTo(row: HTMLElement | undefined, actions: KeyActions): boolean {
  if (row === undefined) return true;
  row.focus();
  if (isWide()) actions.preview(row.dataset['key'] ?? '');
  return true;
}

function rows(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('#report .row')];
}
