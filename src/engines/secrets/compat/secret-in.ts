import { groupOf } from '../../../lib/re2/index.ts';
import type { Rule } from '../ruleset.ts';

/** The secret of a match. `offset` counts from the start of the match. */
export interface SecretPart {
  readonly text: string;
  readonly offset: number;
}

/**
 * Runs the expression again on the match alone, as gitleaks does, and takes the group that the rule names, otherwise the
 * first that is not empty, otherwise all of it. Undefined when the named group does not exist.
 */
export function secretIn({ regex, secretGroup }: Rule, match: string): SecretPart | undefined {
  const whole = { text: match, offset: 0 };
  if (regex === undefined || regex.groups === 0) return whole;
  regex.regex.lastIndex = 0;
  const again = regex.regex.exec(match);
  if (again === null) return whole;
  const part = (index: number): SecretPart | undefined => {
    const group = groupOf(regex, again, index);
    return group && { text: group.text, offset: again.index + group.offset };
  };
  if (secretGroup > 0) return secretGroup > regex.groups ? undefined : (part(secretGroup) ?? { text: '', offset: 0 });
  for (let index = 1; index <= regex.groups; index++) {
    const group = part(index);
    if (group !== undefined && group.text !== '') return group;
  }
  return whole;
}
