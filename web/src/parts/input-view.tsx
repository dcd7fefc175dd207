import type { Finding, Json } from '../../../src/model/index.ts';
import { printable } from '../printable.ts';
import { Text } from './text.tsx';

const MOST_VALUES = 50;

/** The concrete input of an attack: its form, then its values by name. */
export function InputView({ input }: { readonly input: Finding['counterexample']['input'] }) {
  const values = Object.entries(input).filter(([name]) => name !== 'kind');
  return (
    <dl class="input">
      <dt>kind</dt>
      <dd>{printable(input.kind, 200)}</dd>
      {values.slice(0, MOST_VALUES).map(([name, value]) => [
        <dt key={name}>
          <Text of={name} longest={200} />
        </dt>,
        <dd key={`${name}=`}>
          <code>{printable(textOf(value))}</code>
        </dd>,
      ])}
      {values.length > MOST_VALUES ? <dt>{values.length - MOST_VALUES} more stand in the JSON result.</dt> : null}
    </dl>
  );
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
