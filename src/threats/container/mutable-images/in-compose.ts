import { readDotEnv } from '../../../engines/builds/compose-builds.ts';
import { interpolate } from '../../../lib/interpolation.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import type { Context } from '../../context.ts';
import { asWritten, type Reference } from './reference.ts';

/** Images of compose services, with defaults and the `.env` beside the file. A service that is built here, or that runs what another one builds, runs what was just built. */
export async function inCompose({ facts, tree }: Context): Promise<Reference[]> {
  const found: Reference[] = [];
  for (const { path, services } of facts.compose) {
    const built = new Set(services.flatMap(({ image, build }) => (build === undefined ? [] : (image?.text ?? []))));
    const variables = await dotEnvOf(path, tree);
    for (const { name, image, build } of services) {
      if (image === undefined || build !== undefined || built.has(image.text)) continue;
      const filled = interpolate(image.text, variables);
      const reference = asWritten(image, `service ${name}`, 'compose');
      found.push(
        filled.ok
          ? { ...reference, text: filled.text, missing: [] }
          : { ...reference, text: undefined, missing: filled.missing },
      );
    }
  }
  return found;
}

async function dotEnvOf(path: string, tree: Context['tree']): Promise<ReadonlyMap<string, string>> {
  const file = `${path.slice(0, path.lastIndexOf('/') + 1)}.env`;
  const content = tree.files.some((entry) => entry.path === file) ? await tree.read(file) : undefined;
  return readDotEnv(content?.ok === true ? decodeText(content.bytes) : '');
}
