import type { Layer, Status } from '../../../src/model/index.ts';
import { LAYERS, STATUS_WORD } from '../words.ts';

const SHAPE = {
  mitigated: 'M3.6 8.6l3 3 5.8-7',
  open: 'M4.4 4.4l7.2 7.2m0-7.2l-7.2 7.2',
  unknown: 'M5.6 6a2.45 2.45 0 1 1 3.7 2.1c-.85.5-1.3.95-1.3 1.8M8 12.4v.1',
  'not-applicable': 'M4 8h8',
} as const satisfies Record<Status, string>;

/** The mark of a status: ✔ mitigated, ✘ open, ? unknown, – not applicable. Its word must stand beside it. */
export function Mark({ status }: { readonly status: Status }) {
  return (
    <svg class={`mark is-${status}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPE[status]} />
    </svg>
  );
}

/** A status as mark and word. */
export function StatusWord({ status }: { readonly status: Status }) {
  return (
    <span class={`status is-${status}`}>
      <Mark status={status} />
      {STATUS_WORD[status]}
    </span>
  );
}

/** Exposure or guard of a threat: its name, mark and word. */
export function Side({ name, status }: { readonly name: string; readonly status: Status }) {
  return (
    <span class="side">
      <span class="side-name">{name}</span> <StatusWord status={status} />
    </span>
  );
}

/** Four rings, the layer's own drawn strong: code innermost, cloud outermost. */
export function Rings({ layer }: { readonly layer: Layer }) {
  const own = LAYERS.indexOf(layer);
  return (
    <svg class="rings" viewBox="0 0 18 18" aria-hidden="true">
      {LAYERS.map((other, ring) => (
        <rect
          key={other}
          class={ring === own ? 'ring own' : 'ring'}
          x={7.4 - ring * 2.2}
          y={7.4 - ring * 2.2}
          width={3.2 + ring * 4.4}
          height={3.2 + ring * 4.4}
          rx={0.8 + ring * 0.7}
        />
      ))}
    </svg>
  );
}
