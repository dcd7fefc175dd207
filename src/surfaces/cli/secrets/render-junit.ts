import type { JsonFinding } from './render.ts';

/** Findings as JUnit XML: each is a failed test, as in gitleaks. */
export function junitOf(findings: readonly JsonFinding[]): string {
  const cases = findings.map((finding) => {
    const what = `${finding.RuleID} has detected a secret in file ${finding.File}, line ${finding.StartLine}.`;
    const type = attribute(finding.Description);
    return [
      `\t\t<testcase classname="${type}" name="${attribute(what)}" file="${attribute(finding.File)}" time="">`,
      `\t\t\t<failure message="${attribute(what)}" type="${type}">${attribute(JSON.stringify(finding, null, '\t'))}</failure>`,
      '\t\t</testcase>',
    ].join('\n');
  });
  const count = findings.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `\t<testsuite failures="${count}" name="fourproof secrets" tests="${count}" time="">`,
    ...cases,
    '\t</testsuite>',
    '</testsuites>',
  ].join('\n');
}

/** Characters that XML 1.0 does not have (section 2.2) become U+FFFD. */
function attribute(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\n\r\t]/g, (char) => `&#${char.charCodeAt(0)};`);
}
