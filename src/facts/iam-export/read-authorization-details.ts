import { child, itemsOf, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import { readDocument, textIn } from './documents.ts';
import type { AuthorizationDetails, ExportedHolder, ExportedPolicy, ExportedRole, ExportedUser } from './types.ts';

/** Reads `UserDetailList`, `GroupDetailList`, `RoleDetailList` and `Policies`. */
export function readAuthorizationDetails(path: string, root: YamlNode): AuthorizationDetails {
  const list = (key: string) => itemsOf(child(root, key));
  return {
    kind: 'authorization-details',
    path,
    at: root.at,
    users: list('UserDetailList').flatMap((node) => readUser(path, node)),
    groups: list('GroupDetailList').flatMap((node) => readHolder(path, node, 'Group')),
    roles: list('RoleDetailList').flatMap((node) => readRole(path, node)),
    policies: list('Policies').flatMap((node) => readPolicy(path, node)),
    truncated: textIn(root, 'IsTruncated') === 'true',
  };
}

function readHolder(path: string, node: YamlNode, kind: 'User' | 'Group' | 'Role'): ExportedHolder[] {
  const [arn, name] = [textIn(node, 'Arn'), textIn(node, `${kind}Name`)];
  if (arn === undefined || name === undefined || !/^arn:[\w-]+:iam::\d{12}:/.test(arn)) return [];
  const inline = itemsOf(child(node, `${kind}PolicyList`)).flatMap((item) => {
    const policyName = textIn(item, 'PolicyName') ?? 'inline';
    const document = readDocument(path, child(item, 'PolicyDocument'), policyName);
    return document === undefined ? [] : [{ name: policyName, document, at: item.at }];
  });
  const attached = itemsOf(child(node, 'AttachedManagedPolicies')).flatMap((item) => {
    const policyArn = textIn(item, 'PolicyArn');
    return policyArn === undefined ? [] : [{ arn: policyArn, at: item.at }];
  });
  return [{ arn, name, at: node.at, inline, attached }];
}

function readUser(path: string, node: YamlNode): ExportedUser[] {
  return readHolder(path, node, 'User').map((holder) => ({
    ...holder,
    groups: itemsOf(child(node, 'GroupList')).flatMap((item) => {
      const name = textOf(item);
      return name === undefined ? [] : [{ name, at: item.at }];
    }),
    ...boundaryOf(node),
  }));
}

function readRole(path: string, node: YamlNode): ExportedRole[] {
  return readHolder(path, node, 'Role').map((holder) => {
    const trust = readDocument(path, child(node, 'AssumeRolePolicyDocument'), `trust of ${holder.arn}`);
    const instanceProfiles = itemsOf(child(node, 'InstanceProfileList')).flatMap((item) => textIn(item, 'Arn') ?? []);
    return { ...holder, ...(trust === undefined ? {} : { trust }), ...boundaryOf(node), instanceProfiles };
  });
}

function boundaryOf(node: YamlNode): Pick<ExportedUser, 'boundary'> {
  const boundary = child(node, 'PermissionsBoundary');
  const arn = textIn(boundary, 'PermissionsBoundaryArn');
  return boundary === undefined || arn === undefined ? {} : { boundary: { arn, at: boundary.at } };
}

function readPolicy(path: string, node: YamlNode): ExportedPolicy[] {
  const [arn, name] = [textIn(node, 'Arn'), textIn(node, 'PolicyName')];
  if (arn === undefined || name === undefined) return [];
  const version = itemsOf(child(node, 'PolicyVersionList')).find(
    (item) =>
      textIn(item, 'IsDefaultVersion') === 'true' || textIn(item, 'VersionId') === textIn(node, 'DefaultVersionId'),
  );
  const document = readDocument(path, child(version, 'Document'), arn);
  return [{ arn, name, at: node.at, ...(document === undefined ? {} : { document }) }];
}
