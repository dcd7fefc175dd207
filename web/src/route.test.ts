import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute } from './route.ts';

describe('routes', () => {
  it('read threat, product and finding', () => {
    expect(parseRoute('#/container/mutable-images?product=back+office&finding=ab12')).toEqual({
      threat: 'container/mutable-images',
      product: 'back office',
      finding: 'ab12',
    });
  });

  it.each(['', '#', '#/', '#/nonsense', '#/a/b/c', '#/%%%', '#?', '#/<script>/x'])('find nothing in %j', (hash) => {
    expect(parseRoute(hash)).toEqual({});
  });

  it('come back as they were written, whatever a product is called', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.stringMatching(/^[0-9a-f]{1,64}$/),
        (product, finding) => {
          const route = { threat: 'code/injection', product, finding };
          expect(parseRoute(formatRoute(route))).toEqual(route);
        },
      ),
    );
  });
});
