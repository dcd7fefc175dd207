import { describe, expect, it } from 'vitest';
import { readIamData } from '../../../sources/assets.ts';
import { serviceData } from '../services/service-data.ts';
import { ASSUME_ROLE, COMPOSED, ESCALATIONS } from './escalations.ts';

describe('the published ways', () => {
  it('are all 65, each once', () => {
    const ids = [...ESCALATIONS, ...COMPOSED].map(({ id }) => id).concat(ASSUME_ROLE);
    expect(ids).toHaveLength(65);
    expect(new Set(ids).size).toBe(65);
  });

  it('use actions that exist', () => {
    const { actionExists } = serviceData(readIamData().services);
    const actions = new Set(ESCALATIONS.flatMap(({ needs }) => needs.map(({ action }) => action)));
    expect([...actions].filter((action) => !actionExists(action))).toEqual([]);
  });

  it('are composed of those that stand alone', () => {
    const simple = new Set([...ESCALATIONS.map(({ id }) => id), ASSUME_ROLE]);
    expect(COMPOSED.flatMap(({ of }) => of).filter((id) => !simple.has(id))).toEqual([]);
  });
});
