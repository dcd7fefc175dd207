import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandFailure } from '../exit.ts';
import { scpPreviewCommand } from './scp-preview-command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fourproof-trail-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const USER = { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ann', accountId: '111122223333' };
const event = (eventName: string, more: object = {}) => ({
  eventType: 'AwsApiCall',
  eventSource: 'iam.amazonaws.com',
  eventName,
  eventTime: '2026-11-20T10:01:00Z',
  eventID: `id-of-${eventName}`,
  awsRegion: 'us-east-1',
  userIdentity: USER,
  ...more,
});

function file(name: string, content: unknown, packed = false): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(path, packed ? gzipSync(text) : text);
  return path;
}

function run(policy: string, format: 'text' | 'json', current?: string): { code: number; out: string } {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((out += String(chunk)), true));
  const code = scpPreviewCommand(policy, {
    trail: [join(folder, 'trail')],
    format,
    ...(current === undefined ? {} : { current }),
  });
  return { code, out };
}

const scp = (...actions: string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'NoUsers', Effect: 'Deny', Action: actions, Resource: '*' }],
});

describe('fourproof iam scp-preview', () => {
  it('reads a folder of packed and plain files, and counts', () => {
    file('trail/a/1.json.gz', { Records: [event('CreateUser'), event('CreateUser'), event('ListUsers')] }, true);
    file('trail/b.json', [event('DeleteUser'), event('CreateUser', { errorCode: 'AccessDenied' })]);
    file('trail/notes.txt', 'no trail');
    expect(run(file('scp.json', scp('iam:CreateUser')), 'text')).toEqual({
      code: 1,
      out: [
        '2 denied, 0 unknown, 2 not denied',
        '1 were refused when they were made',
        '✘ 2 × iam:CreateUser by arn:aws:iam::111122223333:user/ann',
        '    NoUsers',
        '    such as id-of-CreateUser of 2026-11-20T10:01:00Z in 111122223333 us-east-1',
        '',
      ].join('\n'),
    });
  });

  it('counts what is denied already apart', () => {
    file('trail/a.json', `${JSON.stringify(event('CreateUser'))}\n${JSON.stringify(event('DeleteUser'))}\n`);
    const { code, out } = run(file('new.json', scp('iam:*')), 'json', file('old.json', scp('iam:CreateUser')));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'fourproof/iam-scp-preview/v1',
      counts: { denied: 1, before: 1, unknown: 0 },
      groups: [{ kind: 'denied', action: 'iam:DeleteUser', statement: 'NoUsers', count: 1 }],
    });
  });

  it('is not sure where a file cannot be read', () => {
    file('trail/a.json', '{"Records": [');
    const { code, out } = run(file('scp.json', scp('iam:CreateUser')), 'text');
    expect([code, out]).toEqual([4, expect.stringContaining('not read: ')]);
  });

  it('says what is wrong with the policy or the trail', () => {
    expect(() => run(file('scp.json', '{"Statement": {"Effect": "No"}}'), 'text')).toThrow(CommandFailure);
    expect(() => run(file('good.json', scp('iam:*')), 'text')).toThrow(/cannot read the trail/);
  });
});
