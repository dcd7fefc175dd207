import { findGates } from '../../../engines/gates/find-gates.ts';
import { applicationsIn, type Application } from '../../../engines/reviews/applications.ts';
import { EXPORT_RULES, reviewOfBranch } from '../../../engines/reviews/branches.ts';
import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence, type Counterexample, type Gap, type Witness } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { modelOf } from '../../iam-world.ts';
import { repositoryOf } from '../../own-repository.ts';
import { traceTo } from '../../trace.ts';
import { replayChange } from './replay-change.ts';
import { rolesThatChangeRights } from './rights-changing-roles.ts';

/** What the judgements of the ways to apply a change add to. */
interface Found {
  readonly counterexamples: Counterexample[];
  readonly gaps: Gap[];
  readonly witnesses: Witness[];
  readonly elements: string[];
}

/** Drilled with AdministratorAccess attached in a copy: nothing applies it without the approval of another person. */
export const reviewedChanges: FourproofControl = {
  id: 'reviewed-changes',
  kind: 'guard',
  title: 'Roles and users change only as code that another person approved',
  needs: ['workflow', 'action', 'branch-rules', 'terraform'],
  judge(context) {
    const { world } = modelOf(context);
    const [principal] = [...world.roles, ...world.users, ...world.people].filter(
      (one) => !('declared' in one) || one.declared,
    );
    if (principal === undefined)
      return {
        proof: proveAbsence({
          claim: 'the product declares no principals whose rights could change',
          what: 'Terraform files searched for users, roles and permission sets',
          elements: context.facts.inventory.terraform,
          digest: sha256,
          method: 'users, roles, permission sets and exports of accounts were looked for',
        }),
        counterexamples: [],
        gaps: [],
      };
    const found: Found = { counterexamples: [], gaps: [], witnesses: [], elements: [] };
    judgeBranch(context, principal.at, found);
    judgeRoles(context, found);
    for (const application of applicationsIn(context.facts)) judgeApplication(application, context, found);
    policyGates(context, found);
    return conclude({
      claim: 'no change of rights is applied without the approval of another person',
      what: 'ways in which a change of rights is applied',
      elements: found.elements,
      method:
        'the drill attaches AdministratorAccess in a copy and follows who could apply it: the rules of the default branch; every role that a run may assume and that may change rights, by the tokens that its trust policy accepts; every step of a workflow that applies or plans, with its credentials (tools as of 2026-11). Who applies by hand is outside.',
      witnesses: found.witnesses,
      counterexamples: found.counterexamples,
      gaps: found.gaps,
    });
  },
  replay: replayChange,
};

function judgeBranch(context: Context, at: Witness['at'], found: Found): void {
  const branch = context.declared.defaultBranch ?? 'main';
  found.elements.push(`a change of ${branch}`);
  const review = reviewOfBranch(branch, context.facts['branch-rules'], context.declared.defaultBranch);
  const place = review.at ?? at;
  if (review.answer === 'yes')
    found.witnesses.push({ ...(place === undefined ? {} : { at: place }), note: review.why });
  else if (review.answer === 'undecided' || place === undefined)
    found.gaps.push({
      reason: 'not-in-sight',
      message: `whether a change of rights needs the approval of another person is not known: ${review.why}`,
      ...(place === undefined ? {} : { at: place }),
      closes: EXPORT_RULES,
      identity: 'approval of changes',
    });
  else
    found.counterexamples.push({
      title: `AdministratorAccess can be attached on ${branch} without an approval`,
      severity: 'high',
      summary: `The drill attached AdministratorAccess in a copy of ${branch}: nothing asks another person, because ${review.why}.`,
      input: { kind: 'planted-attachment', branch },
      trace: traceTo({ at: place, note: review.why, role: 'guard' }, []),
      replay: { engine: 'reviewed-changes', args: { branch } },
      grants: ['any right, for whoever may push'],
      identity: ['unreviewed', branch],
    });
}

/** Roles that may change rights and that a run without approval gets. */
function judgeRoles(context: Context, found: Found): void {
  for (const { role, runs, change } of rolesThatChangeRights(context)) {
    found.elements.push(`${role.arn}: ${change.action}`);
    if (runs.kind === 'reviewed') {
      found.witnesses.push({ at: role.trustAt, note: `${role.name} may ${change.action}, from reviewed runs alone` });
      continue;
    }
    if (runs.kind === 'undecided' || change.certainty === 'possible') {
      found.gaps.push({
        reason: 'not-in-sight',
        message: `${role.name} may ${change.action}, and whether only reviewed runs get it is not known: ${runs.kind === 'undecided' ? runs.why : (change.why ?? 'its policies are not fully known')}`,
        at: role.trustAt,
        closes: 'bind `sub` in its trust policy to a protected branch or environment whose rules are in the tree',
        identity: `runs of ${role.source}`,
      });
      continue;
    }
    found.counterexamples.push({
      title: `a run without approval gets ${role.name}, which may ${change.action}`,
      severity: 'critical',
      summary: `The trust policy of ${role.arn} accepts a run that nobody approved, and the role may change rights: AdministratorAccess is one push away.`,
      input: { kind: 'unreviewed-run', role: role.arn, action: change.action },
      trace: traceTo({ at: role.trustAt, note: 'accepts runs without approval', role: 'guard' }, []),
      replay: { engine: 'reviewed-changes', args: { role: role.arn } },
      grants: [change.action, 'and with it any right'],
      identity: [role.source, 'unreviewed run'],
    });
  }
}

function judgeApplication(application: Application, context: Context, found: Found): void {
  const { workflow, job, what, kind, at, credentials } = application;
  const where = `${workflow.path} · ${job.id}`;
  found.elements.push(`${where}: ${what}`);
  if (credentials.kind === 'stored') {
    const protects = job.environment === undefined ? undefined : repositoryOf(context)?.environment(job.environment);
    if (protects?.answer === 'yes') {
      found.witnesses.push({
        at: credentials.at,
        note: `${where}: the key is kept in an environment: ${protects.why}`,
      });
      return;
    }
    const message = `${where} ${kind === 'apply' ? 'applies' : 'plans'} with the stored key ${credentials.secret}`;
    found.gaps.push({
      reason: 'not-in-sight',
      message: `${message}: whoever may push a branch may add a workflow that uses it, and what it may change is not in sight`,
      at: credentials.at,
      closes: 'use an OIDC role whose trust policy and rights are in the tree, or an environment with reviewers',
      identity: `${where} ${credentials.secret}`,
    });
    return;
  }
  if (credentials.kind === 'role') {
    const name = /role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(credentials.role)?.[1];
    const known = modelOf(context).allRoles.some(
      (role) => role.arn === credentials.role || (role.declared && role.name === name),
    );
    if (known) {
      found.witnesses.push({
        at,
        note: `${where} ${kind === 'apply' ? 'applies' : 'plans'} with ${credentials.role}, which is judged by its trust policy`,
      });
      return;
    }
  }
  const startsUnreviewed = workflow.triggers.find(({ event }) =>
    /^(?:pull_request|pull_request_target|issue_comment)$/.test(event),
  );
  found.gaps.push({
    reason: 'not-in-sight',
    message: `${where} runs ${what}${startsUnreviewed === undefined ? '' : ` on ${startsUnreviewed.event}`}, and the rights that it has are not in sight`,
    at,
    closes: 'bring the role that it assumes, with its trust policy, into the tree',
    identity: `${where} ${what}`,
  });
}

/** A policy gate beside the approval is welcome, and not required. */
function policyGates(context: Context, found: Found): void {
  for (const gate of findGates(context.facts, context.declared.defaultBranch)) {
    if (!gate.subjects.includes('infrastructure') || gate.stops.answer !== 'yes') continue;
    found.witnesses.push({ at: gate.call.at, note: `${gate.call.tool.name} looks at the change, too (${gate.where})` });
  }
}
