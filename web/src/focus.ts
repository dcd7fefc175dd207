import { isWide } from './navigation.ts';

/** Gives the focus to the row with this key, when it is shown. */
export function focusRow(key: string): void {
  [...document.querySelectorAll<HTMLElement>('#report .row')].find((row) => row.dataset['key'] === key)?.focus();
}

/** Brings the evidence, or the finding that the address names, into view. A page that was just opened keeps its focus. */
export function showEvidence(finding: string | undefined, takeFocus: boolean): void {
  const title = document.getElementById('evidence-title');
  const named = [...document.querySelectorAll<HTMLElement>('#report [data-finding]')].find(
    (element) => element.dataset['finding'] === finding,
  );
  if (named !== undefined) {
    named.scrollIntoView({ block: 'start' });
    if (takeFocus) named.querySelector('summary')?.focus({ preventScroll: true });
  } else if (!isWide()) {
    scrollTo(0, 0);
    if (takeFocus) title?.focus({ preventScroll: true });
  } else if (title !== null && title.getBoundingClientRect().top < 0) {
    title.scrollIntoView({ block: 'start' });
  }
  // What was pressed may be gone with the page that it stood on.
  if (takeFocus && document.activeElement === document.body) title?.focus({ preventScroll: true });
}

/** A click of the pointer leaves the focus on the row, so that arrows go on; Enter means to read. */
export function focusEvidenceAfter(event: MouseEvent): void {
  const row = event.target instanceof Element ? event.target.closest('.row') : null;
  // Twice later: once for the address to change, once for the evidence to be drawn.
  if (row !== null && event.detail === 0) requestAnimationFrame(() => setTimeout(focusTitle));
}

/** The skip link: straight to the evidence. The address stays, because it names a threat. */
export function focusEvidence(event: MouseEvent): void {
  event.preventDefault();
  focusTitle();
}

function focusTitle(): void {
  document.getElementById('evidence-title')?.focus();
}
