import { describe, expect, it } from 'vitest';
import { sampleOfTwoProducts, sampleResult } from '../../../web/test/sample-result.ts';
import { renderExplanation } from './index.ts';

const plain = { columns: 80, colour: false, unicode: true };
const explain = (target: string): string | undefined => renderExplanation(sampleResult(), target, plain);

describe('renderExplanation', () => {
  it('shows the proofs of a threat', () => {
    expect(explain('code/leaked-secrets')).toMatchInlineSnapshot(`
      "✔ Leaked secrets · code/leaked-secrets
        Does a secret stand in the tree, in any reachable or unreachable git object,
        or in a message?
        now ✔ mitigated   guard ✔ mitigated

      ✔ exposure: No secret stands in the tree or its history (no-secret-in-the-tree)
        claim     No file and no git object holds a secret that one of 34 rules knows.
        scope     18,412 files and git objects  sha256 184124be7184
        method    executed: own rule pack over every blob, binary files by their
                  strings
        witness   services/orders/gradle/wrapper/gradle-wrapper.jar:1:1  largest file
                  that was searched
        without   1 dismissed finding
        high: Private key in services/notifier/fixtures/tls/server.key
          dismissed Self-signed key of the integration tests, generated for localhost
                    and valid nowhere. (notifier team · .gitleaksignore)
          ╭─ services/notifier/fixtures/tls/server.key:1:1
        1 │ -----BEGIN PRIVATE KEY-----
          │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^ stands in the tree
          ╰─ fourproof explain 5d0f6612ab90

      ✔ guard: A required check finds a planted secret of each kind
        (a-gate-finds-planted-secrets)
        claim     Each planted secret is refused before a merge.
        scope     11 planted secrets  sha256 114be7114be7
        method    executed: the rules in .gitleaks.toml on every planted file;
                  modelled: gitleaks-action fails its job on a finding
        witness   .github/workflows/ci.yaml:18:9  jobs.secrets.steps[1].uses  runs on
                  every pull request, result is not ignored
                  terraform/github/rules.tf:12:5  github_repository_ruleset.main
                  required before a merge into main

      "
    `);
  });

  it('shows a finding with its trace, input, grants and commands', () => {
    expect(explain('7c20b8e94d11')).toMatchInlineSnapshot(`
      "high: deploy.yaml runs aws-actions/configure-aws-credentials@v4, a tag that its
        owner may move
         ╭─ .github/workflows/deploy.yaml:34:15
      31 │     steps:
      32 │       - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8
      33 │       - name: Sign in
      34 │         uses: aws-actions/configure-aws-credentials@v4
         │               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
         │               runs the code that the tag names
      35 │         with:
      36 │           role-to-assume: arn:aws:iam::111122223333:role/deploy
      37 │           aws-region: eu-west-1
         ╰─ container/mutable-images · references-are-digests · shop

      The next run of this job executes whatever v4 names by then, with the right to
      assume the deploy role.

      trace     1. source: pushed to main
                   .github/workflows/deploy.yaml:3:1  on.push
                2. step: the job may ask for an OIDC token
                   .github/workflows/deploy.yaml:24:7
                   jobs.deploy.permissions.id-token
                3. sink: runs the code that the tag names
                   .github/workflows/deploy.yaml:34:15  jobs.deploy.steps[2].uses
      input     kind: moved-tag
                reference: aws-actions/configure-aws-credentials@v4
                job: deploy
      grants    code in a job with id-token: write
                the deploy role of account 111122223333

      replay    fourproof replay 7c20b8e94d11
      accept    fourproof accept 7c20b8e94d11 --reason "..." --owner TEAM --expires
                YYYY-MM-DD
      dismiss   fourproof dismiss 7c20b8e94d11 --reason "..." --owner TEAM
      "
    `);
  });

  it('shows a gap', () => {
    expect(explain('ecr-lock')).toMatchInlineSnapshot(`
      "? The registry refuses to move a tag · container/mutable-images · guard
        registry-refuses-overwrites
        Can what runs change without a change of the reference?

      gap       The repository orders lives in
                111122223333.dkr.ecr.eu-west-1.amazonaws.com; its tag setting is not
                in the tree.
      reason    not-in-sight: it must exist elsewhere
      closes    aws ecr describe-repositories > ecr-repositories.json
      accept    fourproof accept ecr-lock --reason "..." --owner TEAM --expires
                YYYY-MM-DD
      "
    `);
  });

  it('takes a unique prefix of at least four characters, and the name of a threat that one layer has', () => {
    expect(explain('7c20')).toBe(explain('7c20b8e94d11'));
    expect(explain('7c2')).toBeUndefined();
    expect(explain('code/r')).toBeUndefined();
    expect(explain('injection')).toBe(explain('code/injection'));
    expect(explain('excessive-access')).toBeUndefined();
    expect(explain('')).toBeUndefined();
    expect(explain('nothing-like-it')).toBeUndefined();
  });

  it('shows every product of a threat, and a finding that two products share once', () => {
    const result = sampleOfTwoProducts();
    expect(renderExplanation(result, 'code/leaked-secrets', plain)?.match(/^✔ Leaked secrets.*$/gm)).toEqual([
      '✔ Leaked secrets · code/leaked-secrets · shop',
      '✔ Leaked secrets · code/leaked-secrets · back office',
    ]);
    expect(renderExplanation(result, '5d0f6612', plain)).toContain(
      'code/leaked-secrets · no-secret-in-the-tree · shop',
    );
  });

  it('offers no second decision', () => {
    expect(explain('19be77aa0c35')).not.toContain('fourproof accept');
    expect(explain('19be77aa0c35')).toContain('fourproof dismiss 19be77aa0c35');
    expect(explain('5d0f6612ab90')).not.toContain('fourproof dismiss');
  });
});
