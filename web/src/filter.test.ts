import { describe, expect, it } from 'vitest';
import { sampleOfTwoProducts, sampleResult } from '../test/sample-result.ts';
import { isRestricting, isShown, matchingFindings, NO_FILTER, toggled } from './filter.ts';

const shown = (filter: Partial<typeof NO_FILTER>, { verdicts } = sampleResult()) =>
  verdicts.filter((verdict) => isShown(verdict, { ...NO_FILTER, ...filter })).map(({ threat }) => threat);

describe('filter', () => {
  it('shows everything when nothing restricts', () => {
    expect(shown({})).toHaveLength(15);
    expect(isRestricting(NO_FILTER)).toBe(false);
    expect(isRestricting({ ...NO_FILTER, text: '  ' })).toBe(false);
  });

  it('takes any of the statuses and any of the layers', () => {
    expect(shown({ statuses: ['open', 'mitigated'], layers: ['code'] })).toEqual([
      'code/injection',
      'code/leaked-secrets',
    ]);
  });

  it('finds paths of findings, messages of gaps and ids, in any case', () => {
    expect(shown({ text: 'ORDERSEARCH.java' })).toEqual(['code/injection']);
    expect(shown({ text: 'tag setting' })).toEqual(['container/mutable-images']);
    expect(shown({ text: 'missing-mfa' })).toEqual(['cloud/missing-mfa']);
  });

  it('keeps to a product', () => {
    expect(shown({ product: 'back office' }, sampleOfTwoProducts())).toHaveLength(12);
  });

  it('narrows findings only when one of them was meant', () => {
    const findings =
      sampleResult().verdicts.find(({ threat }) => threat === 'container/mutable-images')?.findings ?? [];
    expect(matchingFindings(findings, 'ghcr.io')).toHaveLength(1);
    expect(matchingFindings(findings, 'mutable')).toHaveLength(2);
  });

  it('toggles', () => {
    expect(toggled(toggled(['a'], 'b'), 'a')).toEqual(['b']);
  });
});
