import { useEffect, useState } from 'preact/hooks';
import { copyText } from '../copy.ts';
import { printable } from '../printable.ts';

/** A command or file name to take away. What is copied is what is seen: nothing invisible goes to a shell. */
export function Command({ text, label }: { readonly text: string; readonly label: string }) {
  const [outcome, setOutcome] = useState<'' | 'Copied' | 'Not copied'>('');
  const shown = printable(text);

  useEffect(() => {
    if (outcome === '') return;
    const timer = setTimeout(() => setOutcome(''), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async (): Promise<void> => setOutcome((await copyText(shown)) ? 'Copied' : 'Not copied');
  return (
    <span class="command">
      <code>{shown}</code>
      <button type="button" class="copy" aria-label={`Copy: ${label}`} onClick={() => void copy()}>
        {outcome === '' ? 'Copy' : outcome}
      </button>
      <span class="offscreen" role="status">
        {outcome}
      </span>
    </span>
  );
}
