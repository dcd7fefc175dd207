import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlaces } from './places.ts';
import { scanJson } from './scan-json.ts';

describe('the scanner', () => {
  it('tells of every name and every value but numbers and the like, where JSON.parse finds them', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        scanJson(text, {
          enters: () => true,
          name: (path, start, end) => {
            expect(JSON.parse(text.slice(start, end))).toBe(path.at(-1));
          },
          value: (path, start, end) => {
            let found: unknown = JSON.parse(text);
            for (const step of path) found = (found as Record<string | number, unknown>)[step];
            expect(JSON.parse(text.slice(start, end))).toEqual(found);
          },
        });
      }),
    );
  });

  it('finds the same resources whatever else stands in the text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (noise, name) => {
        const resource = { values: { [name]: noise, plain: 1 }, address: 'a.b' };
        const text = JSON.stringify({
          noise,
          planned_values: { outputs: noise, root_module: { resources: [noise, resource] } },
        });
        const place = findPlaces('p.json', text).of('planned_values.root_module.resources.1');
        const { startColumn, endColumn } = place.headAt;
        expect(text.slice(startColumn - 1, endColumn - 1)).toBe('"address":"a.b"');
        expect(place.attributes.has('plain')).toBe(true);
      }),
    );
  });
});
