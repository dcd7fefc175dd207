// A real API server on the loopback interface: etcd and kube-apiserver from the PATH, or from the folder that
// KUBEBUILDER_ASSETS names, as `setup-envtest` puts them there. Both end with this process, by their own process ids.
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface ApiServer {
  readonly version: string;
  /** One request as a member of system:masters. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;
  readonly stop: () => Promise<void>;
}

/** Starts one; undefined where the binaries are not there. */
export async function startApiServer(): Promise<ApiServer | undefined> {
  const [etcd, server] = [findBinary('etcd'), findBinary('kube-apiserver')];
  if (etcd === undefined || server === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'api-server-'));
  const token = randomBytes(16).toString('hex');
  const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
  writeFileSync(join(folder, 'tokens.csv'), `${token},admin,1,system:masters\n`, { mode: 0o600 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' });
  writeFileSync(join(folder, 'accounts.key'), key, { mode: 0o600 });
  const store = `http://127.0.0.1:${client}`;
  const children = [
    run(etcd, [
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${store}`,
      `--advertise-client-urls=${store}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
    ]),
    run(server, [
      `--etcd-servers=${store}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${join(folder, 'certificates')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${join(folder, 'accounts.key')}`,
      `--service-account-signing-key-file=${join(folder, 'accounts.key')}`,
      `--token-auth-file=${join(folder, 'tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.0.0.0/24',
    ]),
  ];
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  // The server makes its own certificate, which only this process is to trust.
  const agent = new Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: false });
  const call: ApiServer['call'] = (method, path, body) =>
    new Promise((done, fail) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8');
          done({ status: response.statusCode ?? 0, body: answer.startsWith('{') ? JSON.parse(answer) : answer });
        });
      });
      sent.on('error', fail);
      sent.end(text);
    });
  for (let attempt = 0; attempt < 120; attempt++) {
    await pause(500);
    const ready = await call('GET', '/readyz').catch(() => undefined);
    if (ready?.status !== 200) continue;
    const { body } = await call('GET', '/version');
    return { version: (body as { gitVersion: string }).gitVersion, call, stop };
  }
  await stop();
  throw new Error('kube-apiserver did not become ready in a minute');
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

function findBinary(name: string): string | undefined {
  const folders = [process.env['KUBEBUILDER_ASSETS'], ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders
    .flatMap((folder) => (folder === undefined || folder === '' ? [] : [join(folder, name)]))
    .find((path) => existsSync(path));
}

function run(binary: string, args: readonly string[]): ChildProcess {
  const child = spawn(binary, args, { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      done();
      return;
    }
    child.once('exit', () => done());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
