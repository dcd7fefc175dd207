import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dockerfileReader } from '../../facts/dockerfile/reader.ts';
import type { DockerfileFact } from '../../facts/dockerfile/types.ts';
import { baseUserOf } from './base-users.ts';
import { effectiveUser } from './effective-user.ts';
import { buildGraph, walkChain } from './graph.ts';
import { expand, type Expansion } from './expand.ts';
import { literal } from './resolve.ts';
import type { Simulation } from './simulate-types.ts';
import { simulate } from './simulate.ts';
import type { Build, BuiltImage } from './types.ts';

const at = { path: 'Dockerfile', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
const build: Build = {
  dockerfile: literal('Dockerfile'),
  args: new Map(),
  platforms: [],
  contexts: new Map(),
  names: ['x'],
  kept: true,
  at,
  where: 'build.sh',
};

async function read(text: string): Promise<DockerfileFact | undefined> {
  const reading = await dockerfileReader.read({ path: 'Dockerfile', text }, { paths: new Set() });
  return reading.unread.length === 0 ? reading.facts[0] : undefined;
}

function imageOf(
  file: DockerfileFact,
  target: string,
  args: Readonly<Record<string, string>>,
  isBuilt: boolean,
): BuiltImage {
  const given = new Map(Object.entries(args).map(([name, value]) => [name, literal(value)]));
  return {
    file,
    args: given,
    platform: 'linux/amd64',
    contexts: new Map(),
    names: [],
    builds: isBuilt ? [build] : [],
    label: 'Dockerfile',
    ...(target === '' ? {} : { target }),
  };
}

function run(text: string, target: string, args: Readonly<Record<string, string>>, isBuilt: boolean): Simulation {
  return simulate({
    text,
    target,
    args: new Map(Object.entries(args)),
    platform: 'linux/amd64',
    contexts: new Map(),
    absent: isBuilt ? '' : null,
    baseEnv: (reference) => baseUserOf(reference)?.env,
  });
}

/** The last USER by the analysis: absent where there is none, null where it is open. */
function analysedUser(image: BuiltImage): string | null | undefined {
  let user: Expansion | undefined;
  walkChain(image, buildGraph(image), (instruction, look) => {
    if (instruction.keyword === 'USER') user = expand(instruction.user.text, look, image.file.escape);
  });
  return user === undefined ? undefined : user.known ? user.text : null;
}

const name = fc.constantFrom('a', 'b', 'C', 'base');
const word = fc.constantFrom(
  '1',
  '0',
  'root',
  'app',
  '$X',
  '${Y}',
  '${X:-5}',
  '${Y:+7}',
  '"$X"',
  "'$X'",
  '\\$X',
  '${X:-${Y:-0}}',
  '${X-}',
  'app:$Y',
  '""',
  '$APP_UID',
  '${X%1}',
);
const reference = fc.constantFrom(
  'node:22',
  'scratch',
  '$X',
  '${Y:-alpine}',
  'img-$TARGETARCH',
  'a',
  'b',
  'c',
  'base',
  'mcr.microsoft.com/dotnet/aspnet:8.0',
  '"debian"',
);
const instruction = fc.oneof(
  word.map((value) => `USER ${value}`),
  fc.tuple(fc.constantFrom('X', 'Y'), word).map(([key, value]) => `ENV ${key}=${value}`),
  fc
    .tuple(fc.constantFrom('X', 'Y'), fc.option(word))
    .map(([key, value]) => `ARG ${key}${value === null ? '' : `=${value}`}`),
  fc.constantFrom(
    'COPY --from=a /x /y',
    'COPY --from=0 /x /y',
    'COPY --from=ghcr.io/o/i:1 /x /y',
    'RUN --mount=type=bind,from=busybox,target=/m true',
    'RUN useradd -u 0 -o app',
    'ONBUILD USER 9',
    'RUN <<EOF\nUSER 3\nEOF',
    'RUN x \\\n  # c\n  y',
  ),
);
const stage = fc
  .tuple(reference, fc.option(name), fc.array(instruction, { maxLength: 5 }))
  .map(([from, as, body]) => [`FROM ${from}${as === null ? '' : ` AS ${as}`}`, ...body].join('\n'));
const globals = fc.array(
  fc
    .tuple(fc.constantFrom('X', 'Y'), fc.option(word))
    .map(([key, value]) => `ARG ${key}${value === null ? '' : `=${value}`}`),
  { maxLength: 2 },
);
const dockerfile = fc
  .tuple(globals, fc.array(stage, { minLength: 1, maxLength: 4 }))
  .map(([args, stages]) => [...args, ...stages, ''].join('\n'));
const given = fc.dictionary(fc.constantFrom('X', 'Y'), fc.constantFrom('', '0', '1000', 'alpine', 'root'), {
  noNullPrototype: true,
});

describe('simulate', () => {
  it('agrees with the graph analysis on the user and on the images from outside', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        dockerfile,
        given,
        fc.constantFrom('', 'a', 'base', '0', '1'),
        fc.boolean(),
        async (text, args, target, isBuilt) => {
          const file = await read(text);
          if (file === undefined) return;
          const image = imageOf(file, target, args, isBuilt);
          const graph = buildGraph(image);
          const simulation = run(text, target, args, isBuilt);
          expect(simulation.ok).toBe(graph.broken === undefined);
          if (!simulation.ok) return;
          compared++;
          expect(simulation.user).toBe(analysedUser(image));
          const external = graph.externals.map((one) => (one.reference.known ? one.reference.text : null));
          expect(new Set(simulation.pulled)).toEqual(new Set(external));
        },
      ),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('runs what the documentation of ARG and ENV says', () => {
    const text = 'ARG V=1\nFROM alpine\nARG V\nENV W=$V V=env\nUSER $V-$W\n';
    expect(run(text, '', {}, true).user).toBe('env-1');
    expect(run(text, '', { V: '2' }, true).user).toBe('env-2');
  });
});

describe('effectiveUser', () => {
  async function user(
    text: string,
    options: { target?: string; args?: Readonly<Record<string, string>>; isBuilt?: boolean } = {},
  ): Promise<string> {
    const file = await read(text);
    if (file === undefined) throw new Error('not read');
    const { status, why } = effectiveUser(
      imageOf(file, options.target ?? '', options.args ?? {}, options.isBuilt ?? true),
      [],
    );
    return `${status}: ${why}`;
  }

  it.each([
    ['FROM alpine\nUSER 10001\n', /^other/],
    ['FROM alpine\nUSER 0:0\n', /^root/],
    ['FROM alpine\nUSER +0\n', /^root/],
    ['FROM alpine\nUSER 000\n', /^root/],
    ['FROM alpine\nUSER root:root\n', /^root/],
    ['FROM alpine\nUSER ""\n', /^root/],
    ['FROM alpine\nUSER 4294967296\n', /^unknown/],
    ['FROM alpine\n', /^root: no USER, and alpine runs as root/],
    ['FROM scratch\nCOPY x /x\n', /^root: no USER, and scratch has none/],
    ['FROM alpine AS a\nUSER 5\nFROM a\n', /^other/],
    ['FROM alpine AS a\nUSER 5\nFROM alpine\nCOPY --from=a /x /x\n', /^root/],
    ['FROM gcr.io/distroless/static:nonroot\n', /^other.*65532/],
    ['FROM gcr.io/distroless/static:debug-nonroot-amd64\n', /^other/],
    ['FROM gcr.io/distroless/static\n', /^root/],
    [`FROM gcr.io/distroless/static@sha256:${'a'.repeat(64)}\n`, /^unknown.*not in sight/],
    ['FROM example.com/base\n', /^unknown.*not in sight/],
    ['FROM mcr.microsoft.com/dotnet/aspnet:8.0\nUSER $APP_UID\n', /^other.*1654/],
    ['FROM mcr.microsoft.com/dotnet/aspnet:6.0\nUSER $APP_UID\n', /^unknown: APP_UID/],
    ['FROM alpine\nARG U=0\nUSER $U\n', /^root/],
    ['FROM alpine\nARG U\nUSER $U\n', /^root: the last USER is root \(empty/],
    ['FROM debian\nRUN useradd -o -u 0 app\nUSER app\n', /^root: app has the user id 0/],
    ['FROM debian\nRUN set -e; useradd --uid=0 -o app\nUSER app\n', /^root/],
    ['FROM debian\nRUN useradd -rou 0 app\nUSER app\n', /^root/],
    ['FROM debian\nRUN adduser --uid 1000 app\nUSER app\n', /^other.*its id is 1000/],
    ['FROM debian\nARG ID=0\nRUN useradd -o -u $ID app\nUSER app\n', /^root/],
    ["FROM scratch\nRUN echo 'app:x:0:0::/:' >> /etc/passwd\nUSER app\n", /^root/],
    [
      'FROM debian AS b\nRUN useradd -o -u 0 app\nFROM scratch\nCOPY --from=b /etc/passwd /etc/passwd\nUSER app\n',
      /^unknown: another stage/,
    ],
    ['FROM debian\nUSER app\n', /^other.*nothing in sight gives the name the id 0/],
    ['FROM alpine\nONBUILD USER 0\nUSER 5\n', /^other/],
    ['FROM alpine AS a\nONBUILD USER 0\nUSER 5\nFROM a\n', /^root/],
  ])('%j', async (text, expected) => {
    expect(await user(text)).toMatch(expected);
  });

  it('says that stages which need one another in a circle make no image', async () => {
    const text = 'FROM alpine AS a\nCOPY --from=b /x /x\nFROM a AS b\nUSER 5\n';
    expect(await user(text)).toMatch(/^unknown: its stages need one another in a circle/);
    expect(run(text, '', {}, true).ok).toBe(false);
  });

  it('leaves an argument open that no build in sight gives', async () => {
    expect(await user('FROM alpine\nARG U\nUSER $U\n', { isBuilt: false })).toMatch(/^unknown: U has no value/);
    expect(await user('FROM alpine\nARG U\nUSER $U\n', { args: { U: '7' } })).toMatch(/^other/);
    expect(await user('FROM alpine\n', { target: 'gone' })).toMatch(/^unknown: there is no stage/);
  });
});
