import { buildGraph } from '../../../engines/builds/graph.ts';
import { findBuilds } from '../../../engines/builds/find-builds.ts';
import { TextPositions } from '../../../lib/text-position.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import type { Context } from '../../context.ts';
import type { Reference } from './reference.ts';

/** Images that the product's builds use from outside: bases, COPY --from, mounts, and the frontend that `# syntax=` names. */
export async function inDockerfiles(context: Context): Promise<Reference[]> {
  const { images } = await findBuilds(context);
  const seen = new Map<string, Reference>();
  for (const image of images) {
    for (const { how, reference, written, at, instruction } of buildGraph(image).externals) {
      const text = reference.known ? reference.text : undefined;
      const found: Reference = {
        text,
        written,
        at,
        user: `${how} of ${image.file.path}`,
        missing: reference.known ? [] : reference.missing,
        origin: 'dockerfile',
      };
      seen.set(JSON.stringify([image.file.path, instruction, text ?? written]), found);
    }
  }
  return [...seen.values(), ...(await frontends(context))];
}

async function frontends({ facts, tree }: Context): Promise<Reference[]> {
  const found: Reference[] = [];
  for (const { path, syntax, at } of facts.dockerfile) {
    if (syntax === undefined) continue;
    const content = await tree.read(path);
    const text = content.ok ? decodeText(content.bytes) : '';
    const start = text.indexOf(syntax);
    const place = start < 0 ? at : new TextPositions(path, text).range(start, start + syntax.length);
    found.push({
      text: syntax,
      written: syntax,
      at: { ...place, route: 'syntax' },
      user: `# syntax= of ${path}`,
      missing: [],
      origin: 'dockerfile',
    });
  }
  return found;
}
