import type { ComposeFact, ComposeService } from '../../facts/compose/types.ts';
import { interpolate } from '../../lib/interpolation.ts';
import { literal, patternOf, resolve } from './resolve.ts';
import type { Build, Doubt, Resolved } from './types.ts';

/** The builds of a compose file's services, with the variables of its `.env`: https://github.com/compose-spec/compose-spec/blob/main/build.md. */
export function buildsOfCompose({ path, services }: ComposeFact, variables: ReadonlyMap<string, string>): Build[] {
  return services.flatMap((service) => buildOfService(path, service, variables));
}

/** Builds whose Dockerfile is no file of the tree: written inline, or elsewhere. */
export function doubtsOfCompose({ path, services }: ComposeFact): Doubt[] {
  return services.flatMap(({ name, build }): Doubt[] =>
    build === undefined || build.dockerfile !== undefined
      ? []
      : [
          {
            reason: 'not-in-sight',
            message: `${path} services.${name}: its Dockerfile is inline or elsewhere, and is not read`,
            at: build.at,
            closes: 'put the Dockerfile in a file of the tree',
            unread: true,
          },
        ],
  );
}

/** The `.env` file beside a compose file: lines of `NAME=value`, which may use the names before them. */
export function readDotEnv(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.slice(0, 200_000).split('\n')) {
    const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line.trimEnd()) ?? [];
    if (name === undefined || value === undefined) continue;
    const bare = value.trim().replace(/^(["'])(.*)\1$/, '$2');
    const filled = interpolate(bare, variables);
    if (filled.ok) variables.set(name, filled.text);
  }
  return variables;
}

function buildOfService(
  path: string,
  { name, build, image }: ComposeService,
  variables: ReadonlyMap<string, string>,
): Build[] {
  if (build?.dockerfile === undefined) return [];
  const fill = (text: string): Resolved => fillIn(text, variables);
  const target = build.target === undefined ? undefined : fill(build.target);
  return [
    {
      dockerfile: fill(build.dockerfile),
      args: new Map([...build.args].map(([key, value]) => [key, fill(value)])),
      platforms: [],
      contexts: new Map([...build.contexts].map(([key, value]) => [key.toLowerCase(), patternOf(fill(value))])),
      names: image === undefined ? [] : [patternOf(fill(image.text))],
      kept: true,
      at: build.at,
      where: `${path} services.${name}`,
      service: name,
      ...(target === undefined ? {} : { target }),
    },
  ];
}

/** Variables of the environment of whoever runs compose are not in sight; their defaults are. */
function fillIn(text: string, variables: ReadonlyMap<string, string>): Resolved {
  const filled = interpolate(text, variables);
  if (filled.ok) return literal(filled.text);
  return resolve(text, {
    variables: new Map([...variables].map(([name, value]) => [name, literal(value)])),
    expressions: new Map(),
  });
}
