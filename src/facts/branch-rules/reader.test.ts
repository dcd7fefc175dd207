import { describe, expect, it } from 'vitest';
import { branchRulesReader } from './reader.ts';

const tools = { paths: new Set<string>() };

async function read(path: string, text: string) {
  const { facts } = await branchRulesReader.read({ path, text }, tools);
  return facts;
}

describe('branchRulesReader', () => {
  it('reads the three exports of GitHub', async () => {
    const rules = [
      { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
      { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'ci' }] } },
    ];
    const ruleset = {
      name: 'main',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules,
    };
    const protection = {
      enforce_admins: { enabled: true },
      required_status_checks: { contexts: ['ci'], checks: [{ context: 'ci' }] },
    };
    for (const data of [rules, ruleset, [ruleset], protection]) {
      const [fact] = await read('x.json', JSON.stringify(data, null, 1));
      expect(fact).toMatchObject({ enforced: true, include: ['~DEFAULT_BRANCH'] });
      expect(fact?.requiredChecks.map((check) => check.text)).toEqual(['ci']);
    }
    expect((await read('x.json', JSON.stringify({ ...ruleset, enforcement: 'evaluate' })))[0]).toMatchObject({
      enforced: false,
    });
  });

  it('names a broken file, and leaves Terraform to those who evaluate it', async () => {
    const { facts, unread } = await branchRulesReader.read({ path: 'x.json', text: '{"ruleset_source": [}' }, tools);
    expect(facts).toEqual([]);
    expect(unread[0]).toMatchObject({ reason: 'unparsed-file' });
    expect(branchRulesReader.selects('rules.tf', tools.paths)).toBe(false);
    expect(branchRulesReader.selects('rules.tf.json', tools.paths)).toBe(false);
    expect(branchRulesReader.selects('.github/branch-rules.json', tools.paths)).toBe(true);
  });
});
