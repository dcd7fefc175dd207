import { child, descend, entriesOf, itemsOf, parseYaml, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import { below } from './build-command.ts';
import { folderOf } from './paths.ts';
import { literal, unknown } from './resolve.ts';
import type { Build, Doubt, FoundBuilds, Resolved } from './types.ts';

/** The artifacts of a skaffold.yaml (https://skaffold.dev/docs/references/yaml/): one image of one Dockerfile each. */
export function buildsOfSkaffold(path: string, text: string): FoundBuilds {
  const builds: Build[] = [];
  const doubts: Doubt[] = [];
  for (const document of parseYaml(path, text)) {
    if (!document.ok) {
      doubts.push({
        reason: 'unparsed-file',
        message: `${path} could not be searched for builds: ${document.message}`,
        at: document.at,
      });
      continue;
    }
    if (!(textOf(child(document.root, 'apiVersion')) ?? '').startsWith('skaffold/')) continue;
    const profiles = itemsOf(child(document.root, 'profiles'));
    const lists = [document.root, ...profiles].flatMap((node) => itemsOf(descend(node, 'build', 'artifacts')));
    builds.push(...lists.flatMap((artifact) => buildOf(path, artifact)));
  }
  return { builds, doubts };
}

function buildOf(path: string, artifact: YamlNode): Build[] {
  const image = textOf(child(artifact, 'image'));
  const builder = child(artifact, 'docker') ?? child(artifact, 'kaniko');
  const others = ['jib', 'buildpacks', 'bazel', 'ko', 'custom'].some((key) => child(artifact, key) !== undefined);
  if (image === undefined || (builder === undefined && others)) return [];
  const folder = literal(folderOf(path));
  const context = value(textOf(child(artifact, 'context')) ?? '.');
  const dockerfile = below(folder, context, value(textOf(child(builder, 'dockerfile')) ?? 'Dockerfile'));
  const target = textOf(child(builder, 'target'));
  if (dockerfile === undefined) return [];
  return [
    {
      dockerfile,
      args: new Map(
        entriesOf(child(builder, 'buildArgs')).map((entry) => [entry.key, value(textOf(entry.value) ?? '')]),
      ),
      platforms: itemsOf(child(artifact, 'platforms')).flatMap((item) => textOf(item) ?? []),
      contexts: new Map(),
      names: [image],
      kept: true,
      at: artifact.at,
      where: `${path} ${artifact.at.route ?? ''}`.trim(),
      ...(target === undefined ? {} : { target: value(target) }),
    },
  ];
}

/** Skaffold fills `{{.NAME}}` from the environment. */
function value(text: string): Resolved {
  return text.includes('{{') ? unknown(text) : literal(text);
}
