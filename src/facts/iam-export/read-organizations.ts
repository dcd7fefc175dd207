import { child, itemsOf, type YamlNode } from '../../lib/yaml/index.ts';
import { readDocument, textIn } from './documents.ts';
import type { ExportedControlPolicy, OrganizationsExport } from './types.ts';

const ID = /(?:^|[^a-z0-9-])(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|\d{12})(?![a-z0-9-])/;

/** Reads the output of one command of `aws organizations`, whichever it was. */
export function readOrganizations(path: string, root: YamlNode): OrganizationsExport {
  const about = ID.exec(path.slice(path.lastIndexOf('/') + 1))?.[1];
  const organization = child(root, 'Organization');
  const [id, management] = [
    textIn(organization, 'Id'),
    textIn(organization, 'MasterAccountId') ?? textIn(organization, 'ManagementAccountId'),
  ];
  const list = (key: string) => itemsOf(child(root, key));
  const described = child(root, 'Policy');
  return {
    kind: 'organizations',
    path,
    at: root.at,
    ...(about === undefined ? {} : { about }),
    ...(id === undefined || management === undefined
      ? {}
      : {
          organization: { id, management, allFeatures: textIn(organization, 'FeatureSet') !== 'CONSOLIDATED_BILLING' },
        }),
    roots: list('Roots').flatMap((node) => {
      const rootId = textIn(node, 'Id');
      const enabled = itemsOf(child(node, 'PolicyTypes')).flatMap((type) =>
        textIn(type, 'Status') === 'ENABLED' ? (textIn(type, 'Type') ?? []) : [],
      );
      return rootId === undefined ? [] : [{ id: rootId, enabled, at: node.at }];
    }),
    nodes: [...list('Accounts'), ...list('OrganizationalUnits')].flatMap((node) => {
      const nodeId = textIn(node, 'Id');
      return nodeId === undefined ? [] : [{ id: nodeId, name: textIn(node, 'Name') ?? nodeId, at: node.at }];
    }),
    children: list('Children').flatMap((node) => textIn(node, 'Id') ?? []),
    parents: list('Parents').flatMap((node) => textIn(node, 'Id') ?? []),
    policies: [
      ...list('Policies').flatMap((node) => readPolicy(path, node, undefined)),
      ...(described === undefined
        ? []
        : readPolicy(path, child(described, 'PolicySummary') ?? described, child(described, 'Content'))),
    ],
  };
}

function readPolicy(path: string, node: YamlNode, content: YamlNode | undefined): ExportedControlPolicy[] {
  const [id, name, type] = [textIn(node, 'Id'), textIn(node, 'Name'), textIn(node, 'Type')];
  if (id === undefined || type === undefined) return [];
  const document = readDocument(path, content, name ?? id);
  const size = content?.kind === 'scalar' && typeof content.value === 'string' ? content.value.length : 0;
  return [
    { id, name: name ?? id, type, at: node.at, ...(document === undefined ? {} : { content: { document, size } }) },
  ];
}
