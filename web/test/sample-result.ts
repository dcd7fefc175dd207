/** A result as a verification of a small shop could give it, with every state that the report can show. */

import type {
  ControlRecord,
  Excerpt,
  Finding,
  GapRecord,
  ProofRecord,
  Result,
  SourceLocation,
  TraceStep,
  Verdict,
} from '../../src/model/index.ts';

const digest = (seed: string): string => seed.repeat(64).slice(0, 64);

const at = (path: string, line: number, column: number, width: number, route?: string): SourceLocation => ({
  path,
  startLine: line,
  startColumn: column,
  endLine: line,
  endColumn: column + width,
  ...(route === undefined ? {} : { route }),
});

const proof = (
  claim: string,
  what: string,
  count: number,
  method: string,
  witnesses: ProofRecord['witnesses'],
): ProofRecord => ({
  claim,
  scope: { what, count, digest: digest(`${count}4be7`) },
  method,
  witnesses,
});

const gap = (fingerprint: string, reason: GapRecord['reason'], message: string, closes: string): GapRecord => ({
  fingerprint,
  reason,
  message,
  closes,
});

const step = (role: TraceStep['role'], note: string, where: SourceLocation): TraceStep => ({ role, note, at: where });

const undecided = (id: string, kind: ControlRecord['kind'], title: string, first: GapRecord): ControlRecord => ({
  id,
  kind,
  title,
  status: 'unknown',
  gaps: [first],
});

const excerpt = (startLine: number, text: string): Excerpt => ({ startLine, lines: text.split('\n') });

const deployAt = at('.github/workflows/deploy.yaml', 34, 15, 40, 'jobs.deploy.steps[2].uses');
const imageAt = at('k8s/orders.yaml', 21, 18, 31, 'spec.template.spec.containers[0].image');
const userAt = at('services/notifier/Dockerfile', 5, 1, 9);
const queryAt = at('services/orders/src/main/java/shop/orders/OrderSearch.java', 42, 13, 91);

const injection: Finding = {
  fingerprint: 'a3f1c09d52e7',
  control: 'outside-input-reaches-no-interpreter',
  severity: 'critical',
  title: 'Query parameter `status` reaches a SQL statement unescaped in OrderSearch.find',
  location: queryAt,
  excerpt: excerpt(
    39,
    '    public List<Order> find(String status, int limit) {\n        // legacy search, kept for the back office\n        return jdbc.query(\n            "select * from orders where " + "status = \'" + status + "\' order by id desc limit " + limit,\n            ORDER_MAPPER);\n    }',
  ),
  counterexample: {
    summary:
      'A request chooses the text of the statement. With the input below the statement returns the orders of every customer.',
    input: {
      kind: 'http-request',
      method: 'GET',
      path: "/api/orders/search?status=' or '1'='1",
      headers: { accept: 'application/json' },
      statement: "select * from orders where status = '' or '1'='1' order by id desc limit 50",
    },
    trace: [
      step(
        'source',
        '`status` is bound from the query string',
        at('services/orders/src/main/java/shop/orders/OrderController.java', 27, 45, 6),
      ),
      step(
        'step',
        'passed on to OrderSearch.find',
        at('services/orders/src/main/java/shop/orders/OrderController.java', 30, 28, 6),
      ),
      step('sink', 'concatenated into the statement that JdbcTemplate.query runs', queryAt),
    ],
    replay: { engine: 'taint', args: { rule: 'java-jdbc-concatenation' } },
    grants: ['read of every row in orders', 'write where the driver allows several statements'],
  },
};

const movableAction: Finding = {
  fingerprint: '7c20b8e94d11',
  control: 'references-are-digests',
  severity: 'high',
  title: 'deploy.yaml runs aws-actions/configure-aws-credentials@v4, a tag that its owner may move',
  location: deployAt,
  excerpt: excerpt(
    31,
    '    steps:\n      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8\n      - name: Sign in\n        uses: aws-actions/configure-aws-credentials@v4\n        with:\n          role-to-assume: arn:aws:iam::111122223333:role/deploy\n          aws-region: eu-west-1',
  ),
  counterexample: {
    summary: 'The next run of this job executes whatever v4 names by then, with the right to assume the deploy role.',
    input: { kind: 'moved-tag', reference: 'aws-actions/configure-aws-credentials@v4', job: 'deploy' },
    trace: [
      step('source', 'pushed to main', at('.github/workflows/deploy.yaml', 3, 1, 24, 'on.push')),
      step(
        'step',
        'the job may ask for an OIDC token',
        at('.github/workflows/deploy.yaml', 24, 7, 15, 'jobs.deploy.permissions.id-token'),
      ),
      step('sink', 'runs the code that the tag names', deployAt),
    ],
    replay: { engine: 'references-are-digests', args: { reference: 'aws-actions/configure-aws-credentials@v4' } },
    grants: ['code in a job with id-token: write', 'the deploy role of account 111122223333'],
  },
};

const movableImage: Finding = {
  fingerprint: '19be77aa0c35',
  control: 'references-are-digests',
  severity: 'medium',
  title: 'Deployment orders runs ghcr.io/example-shop/orders:2.4, a tag that whoever pushes may move',
  accepted: {
    reason: 'The registry moves to ECR with immutable tags this quarter; see the platform plan.',
    owner: 'platform team',
    expires: '2026-12-31',
    by: 'fourproof.yaml',
  },
  location: imageAt,
  excerpt: excerpt(
    18,
    '    spec:\n      containers:\n        - name: orders\n          image: ghcr.io/example-shop/orders:2.4\n          ports:\n            - containerPort: 8080',
  ),
  counterexample: {
    summary: 'A push of the same tag changes what the next pod runs, without a change of the manifest.',
    input: { kind: 'moved-tag', reference: 'ghcr.io/example-shop/orders:2.4' },
    trace: [step('sink', 'pulled at every start of a pod', imageAt)],
    replay: { engine: 'references-are-digests', args: { reference: 'ghcr.io/example-shop/orders:2.4' } },
    grants: ['code as the service account of orders'],
  },
};

const vendorSample: Finding = {
  fingerprint: '5d0f6612ab90',
  control: 'no-secret-in-the-tree',
  severity: 'high',
  title: 'Private key in services/notifier/fixtures/tls/server.key',
  dismissed: {
    reason: 'Self-signed key of the integration tests, generated for localhost and valid nowhere.',
    owner: 'notifier team',
    by: '.gitleaksignore',
  },
  location: at('services/notifier/fixtures/tls/server.key', 1, 1, 27),
  excerpt: excerpt(1, '-----BEGIN PRIVATE KEY-----\n[redacted]\n-----END PRIVATE KEY-----'),
  counterexample: {
    summary: 'The file holds an unencrypted private key.',
    input: { kind: 'secret', rule: 'private-key', length: 1704 },
    trace: [step('sink', 'stands in the tree', at('services/notifier/fixtures/tls/server.key', 1, 1, 27))],
    replay: {
      engine: 'no-secret-in-the-tree',
      args: { rule: 'private-key', path: 'services/notifier/fixtures/tls/server.key' },
    },
    grants: [],
  },
};

const rootUser: Finding = {
  fingerprint: 'e81d04b7733c',
  control: 'a-gate-refuses-root',
  severity: 'high',
  title: 'No required check stops `USER root` in services/notifier/Dockerfile',
  location: userAt,
  excerpt: excerpt(
    1,
    'FROM node:22-alpine@sha256:b2d9fa63 AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nUSER node',
  ),
  counterexample: {
    summary:
      'The drill planted `USER root` as the last instruction. No workflow step that can fail looks at this file.',
    input: { kind: 'planted-instruction', file: 'services/notifier/Dockerfile', instruction: 'USER root' },
    trace: [
      step('source', 'the planted instruction', userAt),
      step(
        'guard',
        'hadolint reports, and `|| true` lets the job pass',
        at('.github/workflows/ci.yaml', 41, 14, 34, 'jobs.lint.steps[3].run'),
      ),
      step('sink', 'merged and built', at('.github/workflows/deploy.yaml', 52, 14, 22, 'jobs.deploy.steps[5].run')),
    ],
    replay: { engine: 'a-gate-refuses-root', args: { plant: 'user-root' } },
    grants: ['root in the next notifier container'],
  },
};

const verdict = (
  base: Pick<Verdict, 'threat' | 'title' | 'question' | 'exposure' | 'guard'> & Partial<Verdict>,
): Verdict => ({
  product: 'shop',
  controls: [],
  findings: [],
  status: worst(base.exposure, base.guard),
  ...base,
});

function worst(a: Verdict['status'], b: Verdict['status']): Verdict['status'] {
  const order = ['not-applicable', 'mitigated', 'unknown', 'open'] as const;
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

const noEngine = (threat: string, found: string): ControlRecord =>
  undecided(
    'exposure',
    'exposure',
    'What is asked holds everywhere in scope',
    gap(
      `${threat}-exposure`,
      'engine-missing',
      `${found} were found; this version has no engine that judges them.`,
      'fourproof import report.sarif',
    ),
  );

const noRules = (threat: string): ControlRecord =>
  undecided(
    'a-required-check',
    'guard',
    'A check that can fail is required before a merge',
    gap(
      `${threat}-guard`,
      'not-in-sight',
      'No branch rule is in sight, so no check is known to be required.',
      'gh api repos/example-shop/shop/rulesets > rulesets.json',
    ),
  );

const VERDICTS: readonly Verdict[] = [
  verdict({
    threat: 'code/injection',
    title: 'Injection',
    question: 'Can input from outside reach an interpreter (SQL, shell, template, LDAP, XPath, eval) unescaped?',
    exposure: 'open',
    guard: 'unknown',
    controls: [
      {
        id: injection.control,
        kind: 'exposure',
        title: 'Input from outside reaches no interpreter unescaped',
        status: 'open',
        findings: [injection.fingerprint],
      },
      noRules('code/injection'),
    ],
    findings: [injection],
  }),
  verdict({
    threat: 'code/request-forgery',
    title: 'Request forgery',
    question: 'Can input from outside choose the host of a request the server makes?',
    exposure: 'unknown',
    guard: 'unknown',
    controls: [noEngine('code/request-forgery', '3 calls of HTTP clients'), noRules('code/request-forgery')],
  }),
  verdict({
    threat: 'code/vulnerable-dependencies',
    title: 'Vulnerable dependencies',
    question: 'Does the product resolve to a package version with a known vulnerability?',
    exposure: 'unknown',
    guard: 'unknown',
    controls: [noEngine('code/vulnerable-dependencies', '2 lock files'), noRules('code/vulnerable-dependencies')],
  }),
  verdict({
    threat: 'code/leaked-secrets',
    title: 'Leaked secrets',
    question: 'Does a secret stand in the tree, in any reachable or unreachable git object, or in a message?',
    exposure: 'mitigated',
    guard: 'mitigated',
    controls: [
      {
        id: vendorSample.control,
        kind: 'exposure',
        title: 'No secret stands in the tree or its history',
        status: 'mitigated',
        proof: {
          ...proof(
            'No file and no git object holds a secret that one of 34 rules knows.',
            'files and git objects',
            18_412,
            'executed: own rule pack over every blob, binary files by their strings',
            [
              {
                note: 'largest file that was searched',
                at: at('services/orders/gradle/wrapper/gradle-wrapper.jar', 1, 1, 1),
              },
            ],
          ),
          dismissed: [vendorSample.fingerprint],
        },
      },
      {
        id: 'a-gate-finds-planted-secrets',
        kind: 'guard',
        title: 'A required check finds a planted secret of each kind',
        status: 'mitigated',
        proof: proof(
          'Each planted secret is refused before a merge.',
          'planted secrets',
          11,
          'executed: the rules in .gitleaks.toml on every planted file; modelled: gitleaks-action fails its job on a finding',
          [
            {
              note: 'runs on every pull request, result is not ignored',
              at: at('.github/workflows/ci.yaml', 18, 9, 35, 'jobs.secrets.steps[1].uses'),
            },
            {
              note: 'required before a merge into main',
              at: at('terraform/github/rules.tf', 12, 5, 24, 'github_repository_ruleset.main'),
            },
          ],
        ),
      },
    ],
    findings: [vendorSample],
  }),
  verdict({
    threat: 'container/mutable-images',
    title: 'Mutable images',
    question: 'Can what runs change without a change of the reference?',
    exposure: 'open',
    guard: 'unknown',
    controls: [
      {
        id: 'references-are-digests',
        kind: 'exposure',
        title: 'Every reference to an image or action is a digest or commit',
        status: 'open',
        findings: [movableAction.fingerprint, movableImage.fingerprint],
        gaps: [
          {
            fingerprint: 'helm-image',
            reason: 'unresolved-value',
            message: 'The chart takes its image from `.Values.image.tag`, which no values file in the tree sets.',
            at: at('charts/notifier/templates/deployment.yaml', 19, 20, 31),
            closes: 'fourproof verify --render',
            accepted: {
              reason: 'The tag is set by the release job from the commit.',
              owner: 'platform team',
              expires: '2027-03-31',
              by: 'fourproof.yaml',
            },
          },
        ],
      },
      undecided(
        'registry-refuses-overwrites',
        'guard',
        'The registry refuses to move a tag',
        gap(
          'ecr-lock',
          'not-in-sight',
          'The repository orders lives in 111122223333.dkr.ecr.eu-west-1.amazonaws.com; its tag setting is not in the tree.',
          'aws ecr describe-repositories > ecr-repositories.json',
        ),
      ),
    ],
    findings: [movableAction, movableImage],
  }),
  verdict({
    threat: 'container/insecure-dockerfiles',
    title: 'Insecure Dockerfiles',
    question: 'Does an image run as root, or build from a base outside the allow list?',
    exposure: 'mitigated',
    guard: 'open',
    controls: [
      {
        id: 'no-image-runs-as-root',
        kind: 'exposure',
        title: 'No image runs as root',
        status: 'mitigated',
        proof: proof(
          'The effective user of every shipped stage is not root.',
          'build stages',
          4,
          'executed: USER resolved over the FROM graph with the arguments of the workflows',
          [
            { note: '`USER node`, uid 1000', at: at('services/notifier/Dockerfile', 5, 1, 9) },
            { note: '`USER 10001:10001`', at: at('services/orders/Dockerfile', 17, 1, 16) },
          ],
        ),
      },
      {
        id: rootUser.control,
        kind: 'guard',
        title: 'A required check refuses root and look-alike bases',
        status: 'open',
        findings: [rootUser.fingerprint],
      },
    ],
    findings: [rootUser],
  }),
  verdict({
    threat: 'container/vulnerable-images',
    title: 'Vulnerable images',
    question: 'Does an image contain a package with a known vulnerability?',
    exposure: 'unknown',
    guard: 'unknown',
    controls: [noEngine('container/vulnerable-images', '2 base images'), noRules('container/vulnerable-images')],
  }),
  ...(['excessive-access', 'exposed-secrets', 'unrestricted-images', 'unrestricted-network'] as const).map((name) =>
    verdict({
      threat: `cluster/${name}`,
      title: {
        'excessive-access': 'Excessive access',
        'exposed-secrets': 'Exposed secrets',
        'unrestricted-images': 'Unrestricted images',
        'unrestricted-network': 'Unrestricted network',
      }[name],
      question: 'Can a cluster identity or a pod do more than its business needs?',
      exposure: 'unknown',
      guard: 'unknown',
      controls: [noEngine(`cluster/${name}`, '14 Kubernetes objects'), noRules(`cluster/${name}`)],
    }),
  ),
  verdict({
    threat: 'cloud/excessive-access',
    title: 'Excessive access',
    question: 'Can a principal reach administrator, directly or by escalation?',
    exposure: 'unknown',
    guard: 'unknown',
    controls: [noEngine('cloud/excessive-access', '9 IAM roles'), noRules('cloud/excessive-access')],
  }),
  verdict({
    threat: 'cloud/missing-mfa',
    title: 'Missing MFA',
    question: 'Is there any request with privilege that a person’s key or console session can make without MFA?',
    exposure: 'not-applicable',
    guard: 'not-applicable',
    controls: [
      {
        id: 'people-need-mfa',
        kind: 'exposure',
        title: 'No person holds a key or console session without MFA',
        status: 'not-applicable',
        proof: proof(
          'No IAM user and no federation of people stands in the tree.',
          'Terraform files',
          23,
          'executed: every resource of the IAM, SAML and Identity Center kinds was looked for',
          [],
        ),
      },
    ],
  }),
  ...(['missing-guardrails', 'unmanaged-keys'] as const).map((name) =>
    verdict({
      threat: `cloud/${name}`,
      title: { 'missing-guardrails': 'Missing guardrails', 'unmanaged-keys': 'Unmanaged keys' }[name],
      question: {
        'missing-guardrails': 'Can an account do what the organisation’s policy forbids?',
        'unmanaged-keys': 'Is there a long-lived key that was not issued by the reviewed process?',
      }[name],
      exposure: 'unknown',
      guard: 'unknown',
      controls: [noEngine(`cloud/${name}`, '23 Terraform files'), noRules(`cloud/${name}`)],
    }),
  ),
];

/** The sample: one product, every status, an accepted and a dismissed finding, an accepted gap, a warning. */
export function sampleResult(): Result {
  return {
    schema: 'fourproof/result/v1',
    tool: { name: 'fourproof', version: '0.1.0' },
    now: '2026-11-20T09:30:00Z',
    digest: digest('9f2c61d0a87e'),
    products: [{ name: 'shop', paths: ['.'] }],
    verdicts: VERDICTS,
    paths: [],
    inventory: {
      files: 412,
      bytes: 3_184_220,
      facts: { dockerfile: 2, workflow: 3, kubernetes: 14, compose: 1, terraform: 23 },
      languages: { Java: 61, TypeScript: 28, HCL: 23 },
    },
    notices: [
      {
        level: 'warning',
        message: 'An entry of .gitleaksignore matches nothing any more.',
        at: at('.gitleaksignore', 4, 1, 48),
      },
    ],
    timings: { sources: 41, facts: 96, threats: 120 },
  };
}

/** The sample for two products; the second has nothing open. */
export function sampleOfTwoProducts(): Result {
  const result = sampleResult();
  const second = VERDICTS.filter(({ status }) => status !== 'open').map((one) => ({ ...one, product: 'back office' }));
  return {
    ...result,
    products: [
      { name: 'shop', paths: ['services'] },
      { name: 'back office', paths: ['office'] },
    ],
    verdicts: [...VERDICTS, ...second],
  };
}

/** The sample with this many findings on one threat. */
export function sampleWithFindings(count: number): Result {
  const many = Array.from({ length: count }, (_, index): Finding => ({
    ...movableAction,
    fingerprint: `many${index}`,
    title: `Reference number ${index} can be moved`,
  }));
  return withVerdict('container/mutable-images', (old) => ({ ...old, findings: many }));
}

/** The sample with hostile text in every place that comes from a scanned repository. */
export function hostileResult(): Result {
  const evil = '</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202Egnp.exe\u2028<!--';
  const where = { ...deployAt, path: `${evil}/deploy.yaml`, route: evil };
  const finding: Finding = {
    ...movableAction,
    title: evil,
    location: where,
    excerpt: excerpt(34, `${evil}\n<svg onload=alert(3)>`),
    counterexample: {
      ...movableAction.counterexample,
      summary: evil,
      input: { kind: evil, [evil]: evil, __proto__x: { evil } },
      trace: [step('sink', evil, where)],
      grants: [evil],
    },
  };
  const result = withVerdict('container/mutable-images', (old) => ({
    ...old,
    title: evil,
    question: evil,
    findings: [finding],
  }));
  return {
    ...result,
    products: [{ name: evil, paths: ['.'] }],
    notices: [{ level: 'error', message: evil, at: where }],
  };
}

function withVerdict(threat: Verdict['threat'], change: (old: Verdict) => Verdict): Result {
  const result = sampleResult();
  return { ...result, verdicts: result.verdicts.map((old) => (old.threat === threat ? change(old) : old)) };
}
