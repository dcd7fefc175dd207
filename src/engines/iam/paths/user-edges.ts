import type { IamUser } from '../account/types.ts';
import { together, type PathEdge, type PathModel, type PathNode } from './model.ts';
import type { Credential } from './credentials.ts';

/** A device of one's own: who may enrol one without MFA makes a stolen key count as signed in with MFA. */
export function enrolEdges(node: PathNode, model: PathModel): PathEdge[] {
  const { identity, credential } = node;
  if (identity.kind !== 'user' || (credential !== 'key' && credential !== 'console')) return [];
  const enrolled = enrol(node, identity.arn, model);
  if (enrolled === undefined) return [];
  const to = { identity, credential: 'mfa' as const };
  return [{ to, by: 'enrol-mfa', what: 'enrols an MFA device of its own', ...enrolled, at: identity.at }];
}

function enrol({ identity, credential }: PathNode, user: string, { asker }: PathModel) {
  const device = `arn:aws:iam::${identity.account}:mfa/*`;
  return together([
    asker.ask({ identity, credential, action: 'iam:CreateVirtualMFADevice', resource: device }),
    asker.ask({ identity, credential, action: 'iam:EnableMFADevice', resource: user }),
  ]);
}

/** Users of whom somebody may make credentials: a key or a password, and a second factor where it may enrol one. */
export function userEdges(node: PathNode, model: PathModel): PathEdge[] {
  return (model.users.get(node.identity.account) ?? []).flatMap((user) => takeOver(node, user, model));
}

function takeOver(node: PathNode, user: IamUser, model: PathModel): PathEdge[] {
  const { identity, credential } = node;
  const to = model.identities.get(user.arn);
  if (to === undefined) return [];
  const ask = (action: string) => model.asker.ask({ identity, credential, action, resource: user.arn });
  const edges: PathEdge[] = [];
  const add = (into: Credential, by: string, what: string, got: ReturnType<typeof together>) => {
    const isSame = user.arn === identity.arn && (into === credential || credential === 'mfa');
    if (got === undefined || isSame) return;
    const better = got.certainty === 'certain';
    const known = edges.findIndex((edge) => edge.to.credential === into);
    const edge = { to: { identity: to, credential: into }, by, what, ...got, at: user.at };
    if (known < 0) edges.push(edge);
    else if (better && edges[known]?.certainty !== 'certain') edges[known] = edge;
  };
  // A user has at most two keys.
  const isFull = user.accessKeys.length >= 2;
  const key = together(
    isFull ? [ask('iam:DeleteAccessKey'), ask('iam:CreateAccessKey')] : [ask('iam:CreateAccessKey')],
  );
  add('key', isFull ? 'iam-003' : 'iam-002', `makes a key of ${user.arn}`, key);
  const isNew = user.loginProfile === undefined;
  const set = ask(isNew ? 'iam:CreateLoginProfile' : 'iam:UpdateLoginProfile');
  const off = user.mfa.enrolled === true ? [ask('iam:DeactivateMFADevice')] : [];
  const password = together([set, ...off]);
  add('console', isNew ? 'iam-004' : 'iam-006', `sets a password of ${user.arn}`, password);
  const update = isNew && user.arn !== identity.arn ? together([ask('iam:UpdateLoginProfile')]) : undefined;
  if (update !== undefined) {
    const unseen = { why: `whether ${user.arn} has a password already is not in sight`, at: user.at };
    const unknowns = [...update.unknowns, unseen];
    add('console', 'iam-006', `sets a password of ${user.arn}`, { ...update, certainty: 'possible', unknowns });
  }
  if (user.arn !== identity.arn && (key ?? password) !== undefined) {
    const device = enrol(node, user.arn, model);
    const both = together([...((key ?? password)?.permits ?? []), ...(device?.permits ?? [undefined])]);
    add('mfa', 'iam-002', `makes a key and an MFA device of ${user.arn}`, both);
  }
  return edges;
}
