import { describe, expect, it } from 'vitest';
import { factsOfTexts } from '../../test/gate-facts.ts';
import { notRendered, renderedAgain, renderedBy } from './rendered.ts';

describe('objects that were rendered', () => {
  it('are named in methods, and found again by place and value', async () => {
    const { facts } = await factsOfTexts({ 'a.yaml': 'apiVersion: v1\nkind: Pod\nspec: {containers: [{image: x}]}\n' });
    expect(renderedBy({ facts })).toBe('');
    const rendered = { ...facts, kubernetes: facts.kubernetes.map((one) => ({ ...one, rendered: 'helm v3.17.0' })) };
    expect(renderedBy({ facts: rendered })).toContain('helm v3.17.0');
    const at = { path: 'a.yaml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
    const image = { ...at, route: 'spec.containers[0].image' };
    expect(renderedAgain({ facts: rendered }, image, 'x')).toBe('helm v3.17.0');
    expect(renderedAgain({ facts: rendered }, image, 'y')).toBeUndefined();
    expect(renderedAgain({ facts: rendered }, at, 'x')).toBeUndefined();
    expect(renderedAgain({ facts }, image, 'x')).toBeUndefined();
  });

  it('say why they are not there', () => {
    expect(notRendered({})).toBe('');
    expect(notRendered({ unrendered: 'no helm' })).toBe('; it was not rendered: no helm');
  });
});
