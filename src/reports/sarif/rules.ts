import type { ControlRecord, Result, Severity, Verdict } from '../../model/index.ts';
import { standing } from '../shared/pick.ts';
import { layerOf, SEVERITY_RANK } from '../shared/words.ts';
import { messageOf } from './places.ts';
import type { Level, Rule } from './types.ts';

/** GitHub's bound on the tags of a rule. */
const MOST_TAGS = 20;
const LONGEST_DESCRIPTION = 1000;

const SECURITY_SEVERITY = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
} as const satisfies Record<Severity, string>;

/** The level of a severity. */
export const LEVEL = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, Level>;

/** The rule of a control, `container/insecure-dockerfiles/non-root`. */
export function ruleIdOf(verdict: Verdict, control: string): string {
  return `${verdict.threat}/${control}`;
}

/** One rule a control, in the order of the result; a control of several products is one rule. */
export function rulesOf({ verdicts }: Result): ReadonlyMap<string, Rule> {
  const worst = worstOf(verdicts);
  const rules = new Map<string, Rule>();
  for (const verdict of verdicts) {
    for (const control of verdict.controls) {
      const id = ruleIdOf(verdict, control.id);
      if (!rules.has(id)) rules.set(id, ruleOf(id, verdict, control, worst.get(id) ?? 'info'));
    }
  }
  return rules;
}

/** The severity of a rule is that of its worst finding: GitHub reads it from the rule. */
function worstOf(verdicts: readonly Verdict[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const verdict of verdicts) {
    for (const { control, severity } of standing(verdict)) {
      const id = ruleIdOf(verdict, control);
      const known = worst.get(id);
      if (known === undefined || SEVERITY_RANK[severity] > SEVERITY_RANK[known]) worst.set(id, severity);
    }
  }
  return worst;
}

function ruleOf(id: string, verdict: Verdict, control: ControlRecord, severity: Severity): Rule {
  const { threat, title, question, references = [] } = verdict;
  const side = control.kind === 'exposure' ? 'Exposure: is it open now?' : 'Guard: would it be stopped next time?';
  return {
    id,
    name: pascal(`${threat}/${control.id}`),
    shortDescription: messageOf(control.title.slice(0, LONGEST_DESCRIPTION)),
    fullDescription: messageOf(`${title}: ${question} ${side}`.slice(0, LONGEST_DESCRIPTION)),
    help: {
      ...messageOf(`${question}\n${side} ${control.title}.\nEverything about it: fourproof explain ${threat}`),
      markdown: [
        `**${escapeMarkdown(title)}**: ${escapeMarkdown(question)}`,
        `*${side}* ${escapeMarkdown(control.title)}.`,
        `Everything about it: \`fourproof explain ${threat}\``,
        ...(references.length === 0 ? [] : [`References: ${references.map(escapeMarkdown).join(', ')}`]),
      ].join('\n\n'),
    },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      tags: tagsOf(verdict, control),
      'security-severity': SECURITY_SEVERITY[severity],
    },
  };
}

/** References as tags; CWE numbers in the form that GitHub links. */
function tagsOf({ threat, references = [] }: Verdict, { kind }: ControlRecord): readonly string[] {
  const named = references.map((reference) => {
    const cwe = /^CWE-(\d{1,6})$/i.exec(reference);
    return cwe === null ? reference : `external/cwe/cwe-${(cwe[1] ?? '').padStart(3, '0')}`;
  });
  return [...new Set(['security', layerOf(threat), kind, ...named])].slice(0, MOST_TAGS);
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~&]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function pascal(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
