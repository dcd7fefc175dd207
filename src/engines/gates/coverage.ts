import type { Trigger } from '../../facts/workflow/types.ts';
import { passesFilters } from './filter-pattern.ts';
import type { Answer } from './types.ts';

/** Actions of a pull request that bring new commits; without them a gate sees only a part of what is merged. */
const NEEDED_TYPES = ['opened', 'synchronize'];

/** The events that a gate must run on: what stands between a change and the branch. */
export function mergeTriggers(triggers: readonly Trigger[]): Trigger[] {
  return triggers.filter((trigger) => trigger.event === 'pull_request' || trigger.event === 'merge_group');
}

/** Whether an event happens for every pull request to the default branch; path filters are left to {@link coversPath}. */
export function runsForPullRequests(trigger: Trigger, defaultBranch: string | undefined): Answer {
  const missing =
    trigger.types === undefined || trigger.event !== 'pull_request'
      ? []
      : NEEDED_TYPES.filter((type) => !trigger.types?.includes(type));
  if (missing.length > 0) return { answer: 'no', why: `its \`types\` leave out ${missing.join(' and ')}` };
  const { branches, branchesIgnore } = trigger;
  if (branches === undefined && branchesIgnore === undefined) return { answer: 'yes', why: `runs on ${trigger.event}` };
  if (defaultBranch === undefined) {
    const usual = ['main', 'master'];
    const all =
      branches === undefined ? false : branches.at(-1) === '**' || usual.every((name) => passesFilters(branches, name));
    if (all) return { answer: 'yes', why: `runs on ${trigger.event} to every main branch` };
    return {
      answer: 'undecided',
      why: 'its `branches` filter cannot be judged: the default branch is not known (set defaultBranch in fourproof.yaml)',
    };
  }
  const runs =
    branches === undefined
      ? !passesFilters(branchesIgnore ?? [], defaultBranch)
      : passesFilters(branches, defaultBranch);
  return runs
    ? { answer: 'yes', why: `runs on ${trigger.event} to ${defaultBranch}` }
    : { answer: 'no', why: `its \`branches\` filter leaves out ${defaultBranch}` };
}

/** Whether a change of this one file makes the event's workflow run (path filters, last match wins, `!` takes out). */
export function coversPath(triggers: readonly Trigger[], path: string): boolean {
  return triggers.some((trigger) => {
    if (trigger.paths !== undefined) return passesFilters(trigger.paths, path);
    if (trigger.pathsIgnore !== undefined) return !passesFilters(trigger.pathsIgnore, path);
    return true;
  });
}
