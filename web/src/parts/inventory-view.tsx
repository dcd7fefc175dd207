import type { Inventory } from '../../../src/model/index.ts';
import { printable } from '../printable.ts';
import { counted, grouped } from '../words.ts';

const MOST_KINDS = 40;

/** What was found to look at. */
export function InventoryView({ inventory }: { readonly inventory: Inventory }) {
  const { files, bytes, facts, languages } = inventory;
  return (
    <section>
      <h3>Looked at</h3>
      <dl class="facts">
        <dt>Tree</dt>
        <dd>
          {counted(files, 'file')}, {sizeOf(bytes)}
        </dd>
        <Counts name="Facts" counts={facts} />
        <Counts name="Source files" counts={languages} />
      </dl>
    </section>
  );
}

function Counts({ name, counts }: { readonly name: string; readonly counts: Readonly<Record<string, number>> }) {
  const entries = Object.entries(counts);
  if (entries.length === 0) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd class="kinds">
        {entries.slice(0, MOST_KINDS).map(([kind, count]) => (
          <span key={kind}>
            {printable(kind, 60)} <b>{grouped(count)}</b>
          </span>
        ))}
        {entries.length > MOST_KINDS ? <span>and {entries.length - MOST_KINDS} more</span> : null}
      </dd>
    </>
  );
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
