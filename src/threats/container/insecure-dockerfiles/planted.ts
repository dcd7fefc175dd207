import { dockerfileReader } from '../../../facts/dockerfile/reader.ts';
import type { DockerfileFact } from '../../../facts/dockerfile/types.ts';
import type { Attack } from '../../../engines/gates/drill.ts';
import { normaliseReference, parseImageReference } from '../../../lib/image-reference.ts';
import { decodeText, textTree } from '../../../lib/tree-views.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { allowedBases, isAllowed } from './allowed-bases.ts';
import { noBuildSecrets } from './no-build-secrets.ts';
import { noRemoteAdd } from './no-remote-add.ts';
import { nonRoot } from './non-root.ts';

/** A Dockerfile of the product with one line that must not get through. */
export interface PlantedDockerfile extends Attack {
  readonly text: string;
  /** The exposure control that must object. */
  readonly control: FourproofControl;
  /** The base that was planted, normalised. */
  readonly base?: string;
}

const MOST_DOCKERFILES = 20;
/** Assembled here, so that this file holds no secret itself. */
const PASSWORD = ['planted', 'k3Jd8', 'wQz71', 'vRt5'].join('');

/** Every attack on a copy of each Dockerfile of the product, which is judged at its last stage. */
export async function plantDockerfiles(context: Context): Promise<PlantedDockerfile[]> {
  const planted: PlantedDockerfile[] = [];
  for (const file of context.facts.dockerfile.slice(0, MOST_DOCKERFILES)) {
    const content = await context.tree.read(file.path);
    if (!content.ok) continue;
    planted.push(...attacksOn(file, decodeText(content.bytes).replace(/\s*$/, '\n'), context));
  }
  return planted;
}

function attacksOn(file: DockerfileFact, text: string, context: Context): PlantedDockerfile[] {
  const { path } = file;
  const base = lookAlike(file, context);
  return [
    {
      id: 'root-user',
      what: '`USER root` in the last stage',
      path,
      grants: ['root in the container'],
      text: `${text}USER root\n`,
      control: nonRoot,
    },
    {
      id: 'look-alike-base',
      what: `the look-alike base \`${base}\``,
      path,
      grants: ['code of their choice in every image that is built'],
      text: `${text}FROM ${base}\nUSER 10001\n`,
      control: allowedBases,
      base,
    },
    {
      id: 'remote-add',
      what: '`ADD` from a URL without a checksum',
      path,
      grants: ['the content of a layer, for whoever holds the URL'],
      text: `${text}ADD https://downloads.example.com/planted.tar.gz /planted.tar.gz\nUSER 10001\n`,
      control: noRemoteAdd,
    },
    {
      id: 'secret-in-env',
      what: 'a password in `ENV`',
      path,
      grants: ['the password, for whoever can pull the image'],
      text: `${text}ENV PLANTED_PASSWORD=${PASSWORD}\nUSER 10001\n`,
      control: noBuildSecrets,
    },
  ];
}

/** A name close to a base in use that the allow list must refuse: another tag where the list names tags, another repository otherwise. */
function lookAlike(file: DockerfileFact, { declared }: Context): string {
  const used = file.stages
    .map((stage) => parseImageReference(stage.from.text))
    .find((reference) => reference !== undefined && reference.repository !== 'library/scratch');
  const { registry, repository, tag = '17-alpine' } = used ?? { registry: 'docker.io', repository: 'library/openjdk' };
  const candidates = [
    { registry, repository, tag: `${tag}-evil` },
    { registry, repository: `${repository}-evil`, tag },
    { registry: 'docker.io', repository: `${repository.replaceAll('/', '-')}-evil/app`, tag },
  ];
  const chosen = candidates.find((candidate) => !isAllowed(candidate, declared.allowedBaseImages)) ?? {
    registry: 'registry.example.com',
    repository: 'evil/app',
    tag,
  };
  return normaliseReference(chosen);
}

/** Whether our own control says open on the copy: the attack is real, and a gate that runs fourproof stops it. */
export async function isCaughtByUs(attack: PlantedDockerfile, context: Context): Promise<boolean> {
  // The copy stands alone: the other files of the product say nothing about this one.
  const tree = textTree(`${context.tree.name}, planted`, new Map([[attack.path, attack.text]]));
  const { facts } = await dockerfileReader.read({ path: attack.path, text: attack.text }, { paths: new Set() });
  const copy: Context = {
    ...context,
    tree,
    facts: { ...context.facts, dockerfile: facts, workflow: [], action: [], compose: [], kubernetes: [] },
  };
  const { counterexamples } = await attack.control.judge(copy);
  return counterexamples.length > 0;
}
