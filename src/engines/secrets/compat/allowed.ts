import {
  allows,
  allowsCommit,
  allowsPath,
  allowsText,
  holdsStopword,
  type Allowlist,
  type Candidate,
} from '../allowlist.ts';
import type { Rule, Ruleset } from '../ruleset.ts';

/** Where something would be found. */
interface Where {
  readonly path: string;
  readonly commit?: string;
}

/** The allowlists of a rule: its own, and those of the file that name it. */
export function listsAbout(rule: Rule, ruleset: Ruleset): readonly Allowlist[] {
  if (ruleset.globalAllowlists.length === ruleset.allowlists.length) return rule.allowlists;
  const targeted = ruleset.allowlists.filter(({ targetRules }) => targetRules.includes(rule.id));
  return targeted.length === 0 ? rule.allowlists : [...rule.allowlists, ...targeted];
}

/** Whether lists allow everything in a file or commit (checkCommitOrPathAllowed of gitleaks 8.30). */
export function allowsFile(lists: readonly Allowlist[], { path, commit }: Where): boolean {
  return lists.some((list) => {
    if (!list.needsAll) return allowsCommit(list, commit) || allowsPath(list, path);
    // The other criteria are about a finding.
    if (list.regexes.length > 0 || list.stopwords.length > 0) return false;
    return allows(list, { path, secret: '', match: '', line: '', ...(commit === undefined ? {} : { commit }) });
  });
}

/** Whether lists allow a finding (checkFindingAllowed): path and commit alone have been asked about before. */
export function allowsFinding(lists: readonly Allowlist[], candidate: Candidate): boolean {
  return lists.some((list) =>
    list.needsAll ? allows(list, candidate) : allowsText(list, candidate) || holdsStopword(list, candidate.secret),
  );
}

/**
 * Whether gitleaks leaves a file of a folder out: a global allowlist names its path, or a folder above it, whatever else
 * the list asks for (shouldSkipPath).
 */
export function skipsPath(path: string, { globalAllowlists: lists }: Ruleset): boolean {
  if (lists.length === 0) return false;
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const folder = path.slice(0, end);
    if (lists.some((list) => allowsPath(list, folder))) return true;
  }
  return lists.some((list) => allowsPath(list, path));
}
