import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../model/index.ts';
import { dockerfileReader } from './reader.ts';
import type { DockerfileFact } from './types.ts';

const tools = { paths: new Set<string>() };

async function read(text: string, path = 'Dockerfile'): Promise<Reading<DockerfileFact>> {
  return dockerfileReader.read({ path, text }, tools);
}

async function fact(text: string): Promise<DockerfileFact> {
  const { facts, unread } = await read(text);
  expect(unread).toEqual([]);
  const [first] = facts;
  if (first === undefined) throw new Error('nothing was read');
  return first;
}

describe('dockerfileReader', () => {
  it('selects Dockerfiles by every name they have, and no documents about them', () => {
    const selects = (path: string): boolean => dockerfileReader.selects(path, new Set());
    expect(
      [
        'Dockerfile',
        'a/Dockerfile',
        'Dockerfile.prod',
        'web.Dockerfile',
        'x.dockerfile',
        'Containerfile',
        'Containerfile.dev',
        'a/dockerfile',
        'api-Dockerfile',
      ].every(selects),
    ).toBe(true);
    expect(
      ['.dockerignore', 'Dockerfile.dockerignore', 'src/dockerfile.ts', 'MyDockerfiles/readme.md'].some(selects),
    ).toBe(false);
  });

  it('passes over a document or program whose name starts with Dockerfile, unless it starts as one', async () => {
    expect(await read('# How we build\n\nSome words.\n', 'Dockerfile.md')).toEqual({ facts: [], unread: [] });
    expect((await read('FROM node:22\nUSER 1\n', 'Dockerfile.js')).facts).toHaveLength(1);
  });

  it('reads stages, arguments, transfers, mounts and users with their places', async () => {
    const { globalArgs, stages, syntax } = await fact(`# syntax=docker/dockerfile:1
ARG TAG=22
FROM --platform=$BUILDPLATFORM node:\${TAG} AS Build
ENV A=1 B="two words"
RUN --mount=type=bind,from=alpine:3,target=/x --mount=type=secret,id=t \\
    # a comment
    npm ci
ADD --checksum=sha256:aa https://x/y /y
COPY --from=0 --chown=1:1 ["a b", "/c"]

FROM scratch
USER 10001:10001
`);
    expect(syntax).toBe('docker/dockerfile:1');
    expect(globalArgs[0]?.assignments[0]).toMatchObject({
      name: 'TAG',
      value: { text: '22', at: { startLine: 2, startColumn: 9 } },
    });
    const [build, last] = stages;
    expect(build).toMatchObject({
      name: 'build',
      platform: '$BUILDPLATFORM',
      from: { text: 'node:${TAG}', at: { startLine: 3, startColumn: 32, route: 'stages[0]' } },
    });
    const [env, run, add, copy] = build?.instructions ?? [];
    expect(env).toMatchObject({
      keyword: 'ENV',
      assignments: [{ name: 'A' }, { name: 'B', value: { text: '"two words"' } }],
    });
    expect(run).toMatchObject({
      keyword: 'RUN',
      command: 'npm ci',
      mounts: [{ type: 'bind', from: { text: 'alpine:3' } }, { type: 'secret' }],
      at: { startLine: 5, endLine: 7 },
    });
    expect(add).toMatchObject({
      keyword: 'ADD',
      checksum: { text: 'sha256:aa' },
      sources: [{ text: 'https://x/y' }],
      destination: '/y',
    });
    expect(copy).toMatchObject({
      keyword: 'COPY',
      from: { text: '0' },
      chown: '1:1',
      sources: [{ text: 'a b' }],
      destination: '/c',
    });
    expect(last?.instructions[0]).toMatchObject({
      keyword: 'USER',
      user: { text: '10001:10001', at: { startLine: 12, startColumn: 6, route: 'stages[1].USER[0]' } },
    });
  });

  it('reads heredocs as text, other escapes, and a backslash at the end of the file', async () => {
    const heredoc = await fact('FROM a\nRUN <<EOF\nUSER root\nEOF\nUSER 5\n');
    expect(heredoc.stages[0]?.instructions.map((one) => one.keyword)).toEqual(['RUN', 'USER']);
    expect(heredoc.stages[0]?.instructions[0]).toMatchObject({ heredocs: ['USER root'] });
    const windows = await fact('# escape=`\nFROM a\nCOPY x C:\\\nUSER `\n  me\n');
    expect(windows.stages[0]?.instructions[1]).toMatchObject({ keyword: 'USER', user: { text: 'me' } });
    expect((await fact('FROM a\nUSER root \\')).stages[0]?.instructions[0]).toMatchObject({ user: { text: 'root' } });
  });

  it('reads the trigger of ONBUILD and the old form of ENV', async () => {
    const { stages } = await fact('FROM a\nONBUILD USER 7\nENV KEY the rest of it\n');
    expect(stages[0]?.instructions[0]).toMatchObject({
      keyword: 'ONBUILD',
      trigger: { keyword: 'USER', user: { text: '7' } },
    });
    expect(stages[0]?.instructions[1]).toMatchObject({
      assignments: [{ name: 'KEY', value: { text: 'the rest of it' } }],
    });
  });

  it.each([
    ['FROM a\nUSR root\n', 'unknown instruction "USR"', 2],
    ['RUN x\n', 'no FROM: it cannot be built', 1],
    ['', 'no FROM: it cannot be built', 1],
    ['USER x\nFROM a\n', 'USER before the first FROM', 1],
    ['FROM a b c\n', 'FROM is not of the form `FROM image [AS name]`', 1],
    ['FROM a\nRUN <<EOF\nx\n', 'the heredoc "EOF" is not closed', 2],
    ['FROM a\nUSER \0\n', 'holds a NUL byte', 2],
    ['FROM a\nUSER \uFFFD\n', 'not valid UTF-8', 2],
  ])('says what it could not read and where: %j', async (text, message, line) => {
    const { unread } = await read(text);
    expect(unread[0]).toMatchObject({ path: 'Dockerfile', reason: 'unparsed-file', message, at: { startLine: line } });
  });

  it.each([
    'FROM a\nRUN echo \\\\\nUSER root\n',
    'FROM a\nRUN echo "x <<EOF"\nUSER root\n',
    'FROM a\nRUN cat 3<<EOF\nUSER x\nEOF\nUSER root\n',
  ])('reads nothing where two parsers see different instructions: %j', async (text) => {
    const { facts, unread } = await read(text);
    expect(facts).toEqual([]);
    expect(unread[0]).toMatchObject({ reason: 'unparsed-file', at: { startLine: 2 } });
  });

  it('leaves templates unread as such', async () => {
    const { unread } = await read('FROM {{ base }}\n', 'Dockerfile.j2');
    expect(unread[0]).toMatchObject({ reason: 'unrendered-template' });
  });

  it('refuses what is too large', async () => {
    expect((await read(`FROM a\n${'RUN x\n'.repeat(5_001)}`)).unread[0]).toMatchObject({ reason: 'too-large' });
    expect((await read('FROM a\n'.repeat(501))).unread[0]).toMatchObject({ reason: 'too-large' });
    expect((await read(`FROM ${'a'.repeat(1_000_001)}`)).unread[0]).toMatchObject({ reason: 'too-large' });
  });

  it('never throws, and every place lies in the file', async () => {
    const piece = fc.constantFrom(
      'FROM a',
      'USER',
      ' ',
      '\\',
      '\n',
      '#',
      '"',
      "'",
      '<<E',
      'E',
      '$',
      '{',
      '}',
      'ARG x=',
      'ENV',
      'COPY --from=',
      'RUN --mount=',
      '[',
      ']',
      '\r\n',
      '\0',
      '\uFEFF',
      'ONBUILD ',
      '`',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.array(piece).map((parts) => parts.join('')),
          fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder().decode(bytes)),
        ),
        async (text) => {
          const { facts, unread } = await read(text);
          expect(facts.length + unread.length).toBeGreaterThan(0);
          const lines = text.split('\n').length;
          for (const at of [
            ...unread.flatMap((one) => one.at ?? []),
            ...facts.flatMap((one) =>
              one.stages.flatMap((stage) => [stage.at, ...stage.instructions.map((instruction) => instruction.at)]),
            ),
          ]) {
            expect(at.startLine).toBeGreaterThan(0);
            expect(at.endLine).toBeLessThanOrEqual(lines);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
