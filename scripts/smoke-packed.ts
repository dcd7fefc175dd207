// What somebody gets who installs fourproof: the tarball, installed in an empty folder, verifies tiny repositories.
// Prints a line a check and, last, their count.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT, run, type Ran } from './lib/run.ts';
import { countLine } from './lib/run-vitest.ts';
import { materialise } from './materialise-example.ts';

/** The time that the expiry dates of the example are written for. */
const NOW = '2026-11-21';

const folder = mkdtempSync(join(tmpdir(), 'fourproof-packed-'));
const empty = join(folder, 'installed');
let passed = 0;
let failed = 0;
try {
  install();
  checkProgram();
  checkFormats();
  checkExitCodes();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(countLine({ passed, failed }));
process.exitCode = failed > 0 ? 1 : 0;

function install(): void {
  must(run('tsx', ['scripts/build.ts', '--quiet']));
  const packed = must(run('npm', ['pack', '--json', '--pack-destination', folder]));
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  mkdirSync(empty);
  // Without one, npm would look for a project in the folders above.
  writeFileSync(join(empty, 'package.json'), '{ "private": true }\n');
  const options = ['--no-audit', '--no-fund', '--prefer-offline'];
  must(run('npm', ['install', ...options, join(folder, filename)], { cwd: empty }));
}

function checkProgram(): void {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const asked = fourproof(['--version']);
  check('--version prints the version', asked.status === 0 && asked.stdout.trim() === version, asked);
  const help = fourproof(['--help']);
  check('--help names the commands', help.status === 0 && help.stdout.includes('verify [options] [path]'), help);
}

/** A repository that needs everything that ships beside the code: secret rules, page. */
function checkFormats(): void {
  const token = ['ghp', '9aBcD2eFgH4iJkL6mNoP8qRsT0uVwX1yZ3A5'].join('_');
  const repository = plant('formats', {
    Dockerfile: 'FROM docker.io/library/node:22\nUSER root\nCMD ["node"]\n',
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n',
    'main.tf': 'resource "github_branch_protection" "main" {\n  repository_id = "a"\n  pattern       = "main"\n}\n',
    'app.properties': `github.token=${token}\n`,
  });
  const verify = (format: string): Ran => fourproof(['verify', repository, '--format', format]);

  const terminal = verify('terminal');
  check(
    'terminal: fifteen lanes, exit 1',
    terminal.status === 1 && /Insecure Dockerfiles/.test(terminal.stdout),
    terminal,
  );

  const json = verify('json');
  const result = parse(json.stdout) as ResultShape | undefined;
  check('json: fourproof/result/v1', json.status === 1 && result?.schema === 'fourproof/result/v1', json);
  const status = (threat: string): unknown => result?.verdicts?.find((verdict) => verdict.threat === threat)?.status;
  check('json: fifteen verdicts', result?.verdicts?.length === 15, json);
  check('the Dockerfile runs as root', status('container/insecure-dockerfiles') === 'open', json);
  check('the secret rules are there', status('code/leaked-secrets') === 'open', json);
  check('Terraform is read', result?.inventory?.facts?.['branch-rules'] === 1, json);
  check('no output shows the secret', ![terminal, json].some(({ output }) => output.includes(token)), json);

  const sarif = verify('sarif');
  const log = parse(sarif.stdout) as
    { version?: unknown; runs?: readonly { results?: readonly unknown[] }[] } | undefined;
  check(
    'sarif: 2.1.0 with results',
    sarif.status === 1 && log?.version === '2.1.0' && !!log.runs?.[0]?.results?.length,
    sarif,
  );

  const markdown = verify('markdown');
  check('markdown: names the threats', markdown.status === 1 && markdown.stdout.includes('Leaked secrets'), markdown);

  const page = join(folder, 'report.html');
  const html = fourproof(['verify', repository, '--format', 'html', '--output', page]);
  const text = html.status === 1 ? readFileSync(page, 'utf8') : '';
  const data = /<script type="application\/json" id="fourproof-result">([^<]+)<\/script>/.exec(text)?.[1] ?? '';
  check(
    'html: one page with the result in it',
    (parse(data) as ResultShape | undefined)?.verdicts?.length === 15,
    html,
  );
  check('html: no output shows the secret', text !== '' && !text.includes(token), html);
}

function checkExitCodes(): void {
  const secured = join(folder, 'secured');
  materialise(['secured'], secured);
  const hollow = join(folder, 'hollow');
  mkdirSync(hollow);
  const broken = plant('broken', { 'README.md': '# A\n', 'fourproof.yaml': 'allowedBaseImages: 7\n' });
  const bare = plant('bare', { 'README.md': '# A\n' });

  const closed = fourproof(['verify', secured, '--now', NOW]);
  check('exit 0 where nothing is open', closed.status === 0, closed);
  const unguarded = fourproof(['verify', bare]);
  check('exit 1 where no guard stands', unguarded.status === 1, unguarded);
  const exposed = fourproof(['verify', bare, '--fail-on', 'exposure']);
  check('exit 0 for open guards with --fail-on exposure', exposed.status === 0, exposed);
  const config = fourproof(['verify', broken]);
  const place = config.output.includes('fourproof.yaml:1:');
  check('exit 2 and the place for a broken config', config.status === 2 && place, config);
  const usage = fourproof(['verify', bare, '--format', 'papyrus']);
  check('exit 2 for a wrong option', usage.status === 2, usage);
  const missing = fourproof(['verify', join(folder, 'nowhere')]);
  check('exit 2 for a folder that is not there', missing.status === 2, missing);
  const nothing = fourproof(['verify', hollow]);
  check('exit 3 where there is no readable file', nothing.status === 3, nothing);
  const unknown = fourproof(['verify', secured, '--now', NOW, '--fail-on', 'unknown']);
  check('exit 4 for unknown with --fail-on unknown', unknown.status === 4, unknown);
}

/** The part of a result that is looked at here. */
interface ResultShape {
  readonly schema?: string;
  readonly verdicts?: readonly { readonly threat?: string; readonly status?: string }[];
  readonly inventory?: { readonly facts?: Readonly<Record<string, number>> };
}

function fourproof(args: readonly string[]): Ran {
  return run('npx', ['--no-install', 'fourproof', ...args], { cwd: empty });
}

/** Writes a repository, its name the folder's. */
function plant(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(folder, name);
}

function check(what: string, holds: boolean, { status, output }: Ran): void {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${what}`);
  if (holds) passed += 1;
  else {
    failed += 1;
    console.log(`exit ${status}\n${output.slice(0, 4000)}`);
  }
}

function must(ran: Ran): Ran {
  if (ran.status !== 0) throw new Error(ran.output);
  return ran;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
