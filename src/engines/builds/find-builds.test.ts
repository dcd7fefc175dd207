import { describe, expect, it } from 'vitest';
import { actionReader } from '../../facts/action/reader.ts';
import { composeReader } from '../../facts/compose/reader.ts';
import { dockerfileReader } from '../../facts/dockerfile/reader.ts';
import { workflowReader } from '../../facts/workflow/reader.ts';
import { textTree } from '../../lib/tree-views.ts';
import type { FactReader } from '../../model/index.ts';
import { findBuilds, type BuildSources } from './find-builds.ts';
import { patternOf } from './resolve.ts';

const DOCKERFILE = 'FROM alpine AS build\nFROM alpine AS run\nUSER 5\n';

async function sources(files: Readonly<Record<string, string>>): Promise<BuildSources> {
  const tree = textTree('case', new Map(Object.entries(files)));
  const tools = { paths: new Set(Object.keys(files)) };
  async function all<F extends { readonly path: string }>(reader: FactReader<string, F>): Promise<F[]> {
    const found: F[] = [];
    for (const [path, text] of Object.entries(files))
      if (reader.selects(path, tools.paths)) found.push(...(await reader.read({ path, text }, tools)).facts);
    return found;
  }
  const facts = {
    dockerfile: await all(dockerfileReader),
    workflow: await all(workflowReader),
    action: await all(actionReader),
    compose: await all(composeReader),
  };
  return { tree, facts };
}

/** `path target names args` of every image. */
async function images(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { images: found } = await findBuilds(await sources(files));
  return found.map((image) =>
    [
      image.file.path,
      image.target ?? '-',
      image.names.join('|') || '-',
      [...image.args].map(([name, value]) => `${name}=${patternOf(value)}`).join('|') || '-',
    ].join(' '),
  );
}

function workflow(step: string, more = ''): string {
  return `on: push\nenv: {REGISTRY: ghcr.io/o}\njobs:\n  b:\n    runs-on: x\n${more}    steps:\n${step}`;
}

describe('findBuilds', () => {
  it('assumes the last stage where nothing builds a Dockerfile', async () => {
    expect(await images({ 'a/Dockerfile': DOCKERFILE })).toEqual(['a/Dockerfile - - -']);
  });

  it('reads docker/build-push-action with its defaults and the workflow variables', async () => {
    const step =
      '      - uses: docker/build-push-action@v6\n        with: {context: ./a, target: run, tags: "${{ env.REGISTRY }}/a:${{ github.sha }}", build-args: "V=1"}\n';
    expect(await images({ 'a/Dockerfile': DOCKERFILE, '.github/workflows/w.yml': workflow(step) })).toEqual([
      'a/Dockerfile run ghcr.io/o/a:* V=1',
    ]);
    const root = '      - uses: docker/build-push-action@v6\n        with: {push: true}\n';
    expect(await images({ Dockerfile: DOCKERFILE, '.github/workflows/w.yml': workflow(root) })).toEqual([
      'Dockerfile - - -',
    ]);
  });

  it('takes names from docker/metadata-action', async () => {
    const steps =
      '      - {id: meta, uses: docker/metadata-action@v5, with: {images: ghcr.io/o/a}}\n      - {uses: docker/build-push-action@v6, with: {tags: "${{ steps.meta.outputs.tags }}"}}\n';
    expect(await images({ Dockerfile: DOCKERFILE, '.github/workflows/w.yml': workflow(steps) })).toEqual([
      'Dockerfile - ghcr.io/o/a:* -',
    ]);
  });

  it('makes one image for each combination of a matrix', async () => {
    const matrix = '    strategy: {matrix: {service: [a, b], include: [{service: a, t: run}]}}\n';
    const step =
      '      - run: docker build -t "$REGISTRY/${{ matrix.service }}" --target "${{ matrix.t }}" ${{ matrix.service }}\n';
    const found = await images({
      'a/Dockerfile': DOCKERFILE,
      'b/Dockerfile': DOCKERFILE,
      '.github/workflows/w.yml': workflow(step, matrix),
    });
    expect(found).toEqual(['a/Dockerfile run ghcr.io/o/a -', 'b/Dockerfile * ghcr.io/o/b -']);
  });

  it.each([
    ['docker build -t x -f a/Dockerfile .', 'a/Dockerfile - x -'],
    ['sudo docker --context c image build --tag=x a', 'a/Dockerfile - x -'],
    ['DOCKER_BUILDKIT=1 docker buildx build --push --target run a', 'a/Dockerfile run - -'],
    ['podman build -t x a --build-arg A=1', 'a/Dockerfile - x A=1'],
    ['buildah bud -t x --build-arg=B=$UNKNOWN a', 'a/Dockerfile - x B=*'],
    ['/kaniko/executor --context dir://a --destination r.io/x:1', 'a/Dockerfile - r.io/x:1 -'],
    ['cd a && docker build -t x .', 'a/Dockerfile - x -'],
    ['(cd b); docker build -t x a', 'a/Dockerfile - x -'],
    ['NAME=x\ndocker build -t $NAME:1 a', 'a/Dockerfile - x:1 -'],
    ['if [ "$A" ]; then N=x; else N=y; fi\ndocker build -t $N a', 'a/Dockerfile - * -'],
    ['docker build --target build a', 'a/Dockerfile - - -'],
    ['docker build -t x https://github.com/o/r.git', 'a/Dockerfile - - -'],
    ['docker build -t x --target gone a', 'a/Dockerfile - - -'],
    ['az acr build -t x a', 'a/Dockerfile - x -'],
  ])('reads the command %j', async (command, expected) => {
    expect(await images({ 'a/Dockerfile': DOCKERFILE, 'build.sh': command })).toEqual([expected]);
  });

  it('follows a script to its own folder, a Makefile and a package.json to theirs', async () => {
    expect(
      await images({
        'a/Dockerfile': DOCKERFILE,
        'a/ci/build.sh': 'cd "$(dirname "$0")/.."\ndocker build -t x --target run .',
      }),
    ).toEqual(['a/Dockerfile run x -']);
    expect(
      await images({
        'a/Dockerfile': DOCKERFILE,
        'a/Makefile': 'IMG ?= x\nimage:\n\t@docker build -t $(IMG):1 \\\n\t  --target run .\n',
      }),
    ).toEqual(['a/Dockerfile run x:1 -']);
    expect(
      await images({
        'a/Dockerfile': DOCKERFILE,
        'a/package.json': '{"scripts":{"image":"docker build -t x --target run ."}}',
      }),
    ).toEqual(['a/Dockerfile run x -']);
  });

  it('reads compose with its .env, and skaffold', async () => {
    const compose =
      'services:\n  a:\n    image: ${REG}/a:1\n    build: {context: ., dockerfile: "${FILE}", target: run}\n';
    expect(
      await images({
        'a/Dockerfile': DOCKERFILE,
        'compose.yaml': compose,
        '.env': 'REG=r.io/o\nFILE=./a/Dockerfile\n',
      }),
    ).toEqual(['a/Dockerfile run r.io/o/a:1 -']);
    const skaffold =
      'apiVersion: skaffold/v4beta1\nbuild:\n  artifacts:\n    - {image: a, context: a, docker: {target: run}}\n';
    expect(await images({ 'a/Dockerfile': DOCKERFILE, 'skaffold.yaml': skaffold })).toEqual(['a/Dockerfile run a -']);
  });

  it('joins builds of the same image, and says what it cannot read', async () => {
    const files = {
      'a/Dockerfile': DOCKERFILE,
      'compose.yaml': 'services: {a: {build: a}}\n',
      'build.sh': 'docker build -t x a\ndocker buildx bake\n',
    };
    const { images: found, doubts } = await findBuilds(await sources(files));
    expect(found.map((image) => image.label)).toEqual(['a/Dockerfile (from build.sh, compose.yaml services.a)']);
    expect(doubts).toMatchObject([{ reason: 'engine-missing', at: { path: 'build.sh', startLine: 2 } }]);
  });

  it('doubts a build whose Dockerfile is not read as one, also where there is no other', async () => {
    const step = '      - run: docker build -f docker/prod -t x .\n';
    const { images: found, doubts } = await findBuilds(
      await sources({ '.github/workflows/a.yml': workflow(step), 'docker/prod': DOCKERFILE }),
    );
    expect(found).toEqual([]);
    expect(doubts).toMatchObject([{ reason: 'not-in-sight', unread: true, at: { startLine: 7 } }]);
    const inline = 'services: {a: {build: {dockerfile_inline: "FROM x"}}, b: {build: "https://x.example/y.git"}}\n';
    expect((await findBuilds(await sources({ 'compose.yaml': inline }))).doubts).toHaveLength(2);
    expect((await findBuilds(await sources({ 'build.sh': 'docker buildx bake\n' }))).doubts).toEqual([]);
  });

  it('gives a build the contexts that compose puts in the place of images', async () => {
    const compose =
      'services: {a: {build: {context: ., additional_contexts: {Base: "docker-image://x.example/a:1"}}}}\n';
    const { images: found } = await findBuilds(await sources({ Dockerfile: DOCKERFILE, 'compose.yaml': compose }));
    expect([...(found[0]?.contexts ?? [])]).toEqual([['base', 'docker-image://x.example/a:1']]);
  });
});
