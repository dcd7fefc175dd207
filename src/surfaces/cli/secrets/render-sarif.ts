import type { Ruleset } from '../../../engines/secrets/index.ts';
import type { JsonFinding } from './render.ts';

/** Findings as SARIF 2.1.0, in the shape that gitleaks writes. */
export function sarifOf(findings: readonly JsonFinding[], rules: Ruleset['rules']): string {
  const driver = {
    name: 'fourproof',
    rules: rules.map(({ id, description }) => ({ id, shortDescription: { text: description || id } })),
  };
  const results = findings.map((finding) => ({
    message: { text: `${finding.RuleID} has detected secret for file ${finding.File}.` },
    ruleId: finding.RuleID,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(finding.File) },
          region: {
            startLine: Math.max(1, finding.StartLine),
            startColumn: Math.max(1, finding.StartColumn),
            endLine: Math.max(1, finding.EndLine),
            endColumn: Math.max(1, finding.EndColumn),
            snippet: { text: finding.Secret },
          },
        },
      },
    ],
    partialFingerprints: { fingerprint: finding.Fingerprint, commitSha: finding.Commit },
    properties: { tags: finding.Tags },
  }));
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver }, results }],
    },
    null,
    1,
  );
}
