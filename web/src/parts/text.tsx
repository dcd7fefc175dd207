import { printable } from '../printable.ts';

/** Text from the result: kept from reordering its surroundings, and what stands in backticks as code. */
export function Text({ of: text, longest }: { readonly of: string; readonly longest?: number }) {
  const pieces = printable(text, longest).split('`');
  // An odd number of backticks leaves the last one without its pair: then it stays what it is.
  const lone = pieces.length % 2 === 0 ? pieces.pop() : undefined;
  return (
    <bdi>
      {pieces.map((piece, index) => (index % 2 === 0 ? piece : <code key={index}>{piece}</code>))}
      {lone === undefined ? null : `\`${lone}`}
    </bdi>
  );
}
