import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onePerPlace, packRuleset, scan } from '../../src/engines/secrets/index.ts';

const folder = import.meta.dirname;
const pack = readdirSync(folder)
  .filter((name) => name.endsWith('.toml'))
  .sort()
  .map((name) => ({ path: `rules/secrets/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
const ruleset = packRuleset(pack);

const ALNUM = 'q7Zk2WmX9vRb4TnY6LcJ8sHd3FgP5aKu1EiOtVyBwNxMzQrSjDlGhUfCpAe0';
const LETTERS = 'qZkWmXvRbTnYLcJsHdFgPaKuEiOtVyBwNxMzQrSjDlGhUfCpAe';
const HEX = '9f3a7c1e5b8d2046';
/** `length` characters of an alphabet, none of them a run: examples are put together here and stand nowhere whole. */
function fill(length: number, alphabet = ALNUM): string {
  return Array.from(
    { length },
    (_, i) => alphabet[(i * 7 + Math.floor(i / alphabet.length) * 3) % alphabet.length],
  ).join('');
}
const hex = (length: number): string =>
  Array.from({ length }, (_, i) => HEX[(i * 5 + Math.floor(i / 16)) % 16]).join('');
const upper = (length: number): string => fill(length).toUpperCase();
const base32 = (length: number): string => fill(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
const bech = (length: number): string => fill(length, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L');
const digits = (length: number): string => fill(length, '7391526480');
const uuid = `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
const b64 = (text: string): string => Buffer.from(text).toString('base64url');

/** One text for each rule that must be found, as `[text, secret]`. */
const TRUE: Readonly<Record<string, readonly [string, string]>> = {
  'aws-access-token': same('id = ', 'AK' + 'IA' + base32(16)),
  'aws-secret-access-key': same('aws_secret_access_key = ', fill(40)),
  'aws-key-pair': [`new BasicAWSCredentials("${'AK' + 'IA' + base32(16)}", "${fill(40)}")`, fill(40)],
  'aws-amazon-bedrock-api-key': same('', 'AB' + 'SK' + fill(120)),
  'gcp-api-key': same('', 'AI' + 'za' + fill(35)),
  'gcp-service-account': [`"private_key_id": "${hex(40)}"`, hex(40)],
  'gcp-oauth-client-secret': same('', 'GOC' + 'SPX-' + fill(28)),
  'azure-storage-account-key': [`AccountName=a;AccountKey=${fill(86)}==;`, `${fill(86)}==`],
  'azure-ad-client-secret': same('v=', fill(3) + '8Q' + '~' + fill(33)),
  'azure-devops-personal-access-token': same('', fill(76) + 'AZ' + 'DO' + fill(4)),
  'azure-shared-access-key': same('Endpoint=sb://a/;SharedAccessKey=', fill(43) + '='),
  'digitalocean-pat': same('', 'dop' + '_v1_' + hex(64)),
  'alibaba-access-key-id': same('', 'LT' + 'AI' + fill(20)),
  'heroku-api-key': same('HEROKU_API_KEY=', uuid),
  'cloudflare-api-key': same('CLOUDFLARE_API_TOKEN=', fill(40)),
  'fly-access-token': same('', 'fo' + '1_' + fill(43)),
  'databricks-api-token': same('', 'da' + 'pi' + hex(32)),
  'github-pat': same('', 'gh' + 'p_' + fill(36)),
  'github-fine-grained-pat': same('', 'github' + '_pat_' + fill(22) + '_' + fill(59)),
  'github-oauth': same('', 'gh' + 'o_' + fill(36)),
  'github-app-token': same('', 'gh' + 's_' + fill(36)),
  'github-refresh-token': same('', 'gh' + 'r_' + fill(40)),
  'gitlab-pat': same('', 'gl' + 'pat-' + fill(20)),
  'gitlab-token': same('', 'gl' + 'rt-' + fill(20)),
  'atlassian-api-token': same('', 'ATA' + 'TT3' + fill(186)),
  'bitbucket-app-password': same('', 'AT' + 'BB' + fill(32)),
  'npm-access-token': same('', 'np' + 'm_' + fill(36)),
  'pypi-upload-token': same('', 'pypi-' + 'AgEIcHlwaS5vcmc' + fill(70)),
  'rubygems-api-token': same('', 'ruby' + 'gems_' + hex(48)),
  'clojars-api-token': same('', 'CLO' + 'JARS_' + fill(60).toLowerCase()),
  'docker-hub-pat': same('', 'dckr' + '_pat_' + fill(27)),
  'artifactory-api-key': same('', 'AK' + 'Cp' + fill(69)),
  'circleci-token': same('', 'CCI' + 'PAT_' + fill(22) + '_' + hex(40)),
  'sonar-api-token': same('', 'sq' + 'p_' + hex(40)),
  'slack-bot-token': same('', 'xo' + 'xb-' + digits(12) + '-' + digits(12) + '-' + fill(24)),
  'slack-user-token': same('', 'xo' + 'xp-' + digits(12) + '-' + fill(32)),
  'slack-app-token': same('', 'xa' + 'pp-1-' + upper(11) + '-' + digits(13) + '-' + hex(64)),
  'slack-webhook-url': same('https://hooks.' + 'slack.com/services/', `T${upper(8)}/B${upper(8)}/${fill(24)}`),
  'stripe-access-token': same('', 'sk' + '_live_' + fill(24)),
  'stripe-webhook-secret': same('', 'wh' + 'sec_' + fill(32)),
  'twilio-api-key': same('', 'S' + 'K' + hex(32)),
  'twilio-auth-token': same('TWILIO_AUTH_TOKEN=', hex(32)),
  'sendgrid-api-token': same('', 'S' + 'G.' + fill(22) + '.' + fill(43)),
  'mailgun-private-api-token': same('', 'ke' + 'y-' + hex(32)),
  'mailchimp-api-key': same('', hex(32) + '-us' + '12'),
  'shopify-access-token': same('', 'shp' + 'at_' + hex(32)),
  'square-access-token': same('', 'sq0' + 'atp-' + fill(22)),
  'telegram-bot-api-token': same('', digits(10) + ':' + 'AA' + fill(33)),
  'discord-bot-token': same('token = ', 'M' + fill(23) + '.' + fill(6) + '.' + fill(27)),
  'discord-webhook': same('https://discord.' + `com/api/webhooks/${digits(18)}/`, fill(68)),
  'microsoft-teams-webhook': same(
    'https://a.webhook.' + 'office.com/webhookb2/',
    `${uuid}@${uuid}/IncomingWebhook/${hex(32)}/${uuid}`,
  ),
  'openai-api-key': same('', 'sk' + '-proj-' + fill(40) + 'T3Blbk' + 'FJ' + fill(40)),
  'anthropic-api-key': same('', 'sk' + '-ant-api03-' + fill(95)),
  'huggingface-access-token': same('', 'h' + 'f_' + fill(34, LETTERS)),
  'replicate-api-token': same('', 'r' + '8_' + fill(37)),
  'groq-api-key': same('', 'gs' + 'k_' + fill(52)),
  'datadog-access-token': same('DATADOG_API_KEY=', hex(32)),
  'new-relic-api-key': same('', 'NR' + 'AK-' + upper(27)),
  'grafana-api-token': same('', 'gl' + 'sa_' + fill(32) + '_' + hex(8)),
  'sentry-token': same('', 'sntr' + 'yu_' + hex(64)),
  'linear-api-key': same('', 'lin' + '_api_' + fill(40)),
  'postman-api-token': same('', 'PM' + 'AK-' + hex(24) + '-' + hex(34)),
  'notion-api-token': same('', 'nt' + 'n_' + digits(11) + fill(35)),
  'airtable-pat': same('', 'pa' + 't' + fill(14) + '.' + hex(64)),
  'figma-pat': same('', 'fi' + 'gd_' + fill(40)),
  'okta-access-token': same('OKTA_TOKEN=', '00' + fill(40)),
  'hashicorp-tf-api-token': same('', fill(14) + '.atlas' + 'v1.' + fill(64)),
  'vault-service-token': same('', 'hv' + 's.' + fill(90)),
  'vault-batch-token': same('', 'hv' + 'b.' + fill(140)),
  'doppler-api-token': same('', 'dp' + '.st.dev.' + fill(43)),
  'pulumi-api-token': same('', 'pu' + 'l-' + hex(40)),
  'planetscale-password': same('', 'pscale' + '_pw_' + fill(43)),
  'tailscale-key': same('', 'ts' + 'key-auth-' + fill(12) + 'CNTRL-' + fill(32)),
  '1password-service-account-token': same('', 'op' + 's_eyJ' + fill(250)),
  'age-secret-key': same('', 'AGE-SECRET-' + 'KEY-1' + bech(58)),
  'private-key': same('', `-----BEGIN ${'PRIVATE'} KEY-----\n${fill(64)}\n${fill(40)}\n-----END ${'PRIVATE'} KEY-----`),
  'putty-private-key': [
    `PuTTY-User-Key-${'File'}-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 1\nabc\nPrivate-Lines: 1\n${fill(48)}\nPrivate-MAC: 00`,
    fill(48),
  ],
  jwt: same('', `${b64('{"alg":"HS256","typ":"JWT"}')}.${b64('{"sub":"1","name":"a b","iat":15}')}.${fill(43)}`),
  'url-credentials': [`postgres://app:${'hunter' + '2'}@db:5432/app`, 'hunter2'],
  'htpasswd-basic-auth': same('Authorization: Basic ', fill(24)),
  'docker-config-auth': [`"auth": "${fill(24)}"`, fill(24)],
  'npmrc-auth': same('//registry.test/:_auth=', fill(24)),
};

function same(before: string, secret: string): readonly [string, string] {
  return [before + secret, secret];
}

/** Generic rules, by file and text; the secret is always `Tr0ub4dor`. */
const GENERIC: readonly (readonly [string, string])[] = [
  ['anchor.yaml', 'db:\n  password: &shared Tr0ub4dor\n'],
  ['tag.yaml', 'db:\n  password: !!str "Tr0ub4dor"\n'],
  ['application.properties', 'spring.datasource.password=Tr0ub4dor\n'],
  ['app.properties', 'db.password = Tr0ub4dor'],
  ['config.yaml', 'db:\n  password: Tr0ub4dor # local\n'],
  ['config.yml', "db:\n  password: 'Tr0ub4dor'\n"],
  ['deploy.yaml', 'env:\n  - name: DB_PASSWORD\n    value: Tr0ub4dor\n'],
  ['docker-compose.yml', 'environment:\n  - POSTGRES_PASSWORD=Tr0ub4dor\n'],
  ['config.json', '{"password": "Tr0ub4dor"}'],
  ['config.json', '{"apiKey": "Tr0ub4dor"}'],
  ['beans.xml', '<password>Tr0ub4dor</password>'],
  ['beans.xml', '<property name="password" value="Tr0ub4dor"/>'],
  ['.env', 'DB_PASSWORD=Tr0ub4dor\n'],
  ['.env.local', 'export API_TOKEN=Tr0ub4dor\n'],
  ['A.java', 'private String password = "Tr0ub4dor";'],
  ['A.java', 'dataSource.setPassword("Tr0ub4dor");'],
  ['a.ts', "const password: string = 'Tr0ub4dor';"],
  ['a.js', "connect({ user: 'a', password: `Tr0ub4dor` })"],
  ['a.py', 'PASSWORD = "Tr0ub4dor"'],
  ['a.py', "config['password'] = 'Tr0ub4dor'"],
  ['a.go', 'password := "Tr0ub4dor"'],
  ['a.php', "'password' => 'Tr0ub4dor',"],
  ['main.tf', 'password = "Tr0ub4dor"'],
  ['prod.tfvars', 'db_password = "Tr0ub4dor"'],
  ['Dockerfile', 'FROM a\nENV DB_PASSWORD=Tr0ub4dor\n'],
  ['Dockerfile', 'FROM a\nENV DB_PASSWORD Tr0ub4dor\n'],
  ['app.config', '"Server=a;Password=Tr0ub4dor;"'],
];

const NOTHING: readonly (readonly [string, string])[] = [
  ['stack.yaml', 'MasterUserPassword: !Ref DatabaseLogin\n'],
  ['a.properties', 'password=${DB_PASSWORD}\n'],
  ['a.properties', 'password=\nuser=x\n'],
  ['a.yaml', 'password: {{ .Values.password }}\npassword: "{{ .Values.x }}"\n'],
  ['a.yaml', 'password: <your-password>\n'],
  ['a.yaml', 'password: your-password\npassword: "YOUR_PASSWORD"\n'],
  ['a.yaml', 'permissions:\n  id-token: write\n'],
  ['a.yaml', 'GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n'],
  ['a.yaml', 'existingSecret: my-tls\nimagePullSecret: registry-login\n'],
  ['a.yaml', 'password: xxxxxxxx\npassword: "********"\n'],
  ['a.tf', 'password = var.db_password\npassword = "${var.db_password}"\n'],
  ['a.js', 'const password = process.env.DB_PASSWORD;\n'],
  ['a.py', "password = os.environ['DB_PASSWORD']\npassword = getpass()\n"],
  ['A.java', 'String password = request.getParameter("password");\n'],
  ['A.java', 'static final String PASSWORD = "password";\n'],
  ['a.ts', 'interface Login { password: string; token?: string }\n'],
  ['a.ts', "const label = { password: 'Enter your password' };\n"],
  ['a.ts', "const ACCESS_TOKEN = 'access_token'; const tokenType = 'Bearer';\n"],
  ['a.json', '{"password": "example"}'],
  [
    'aws.env',
    `AWS_ACCESS_KEY_ID=${'AKIAIOSFODNN7' + 'EXAMPLE'}\nAWS_SECRET_ACCESS_KEY=${'wJalrXUtnFEMI/K7MDENG/bPxRfiCY' + 'EXAMPLEKEY'}\n`,
  ],
  ['a.md', 'postgres://user:password@localhost/db and https://user:pass@example.com/\n'],
  ['a.js', 'const url = `postgres://${user}:${password}@host`;\n'],
  ['a.js', "key.replace('-----BEGIN PRIVATE KEY-----', '').replace('-----END PRIVATE KEY-----', '')\n"],
  ['.env.example', 'DB_PASSWORD=changeme\n'],
  ['messages.properties', 'password=Passwort\n'],
  ['token.txt', `gh${'p_' + 'x'.repeat(36)}\n`],
];

describe('the rule pack', () => {
  it('compiles whole and has an example for every rule of a vendor', () => {
    expect(ruleset.problems).toEqual([]);
    const ids = ruleset.rules.map((rule) => rule.id).filter((id) => !id.startsWith('generic-'));
    expect(Object.keys(TRUE).sort()).toEqual([...ids].sort());
  });

  it('names severity and what is gained for every rule', () => {
    for (const rule of ruleset.rules) {
      expect(rule.description, rule.id).not.toBe('');
      expect(
        rule.tags.some((tag) => tag.startsWith('severity:')),
        rule.id,
      ).toBe(true);
      expect(
        rule.tags.some((tag) => tag.startsWith('grants:')),
        rule.id,
      ).toBe(true);
    }
  });

  it.each(Object.entries(TRUE))('finds %s', (id, [text, secret]) => {
    const path = id === 'npmrc-auth' ? '.npmrc' : 'notes.txt';
    const found = scan({ path, text: `before\n${text}\nafter\n` }, ruleset).hits;
    expect(found.map((hit) => [hit.rule, hit.secret])).toContainEqual([id, secret]);
  });

  it.each(GENERIC)('finds a password in %s: %s', (path, text) => {
    const found = onePerPlace(scan({ path, text }, ruleset).hits);
    expect(found.map((hit) => hit.secret)).toEqual(['Tr0ub4dor']);
    const at = found[0]?.location;
    const line = text.split('\n')[(at?.startLine ?? 0) - 1];
    expect(line?.slice((at?.startColumn ?? 0) - 1, (at?.endColumn ?? 0) - 1)).toBe('Tr0ub4dor');
  });

  it.each(NOTHING)('finds nothing in %s: %s', (path, text) => {
    expect(scan({ path, text }, ruleset).hits.map((hit) => [hit.rule, hit.secret])).toEqual([]);
  });

  it.each(['postgres', 'changeme', 'admin', 'root', 'secret', 'password'])(
    'takes %s for a working password in a configuration',
    (word) => {
      const text = `spring.datasource.password=${word}\n`;
      expect(scan({ path: 'application.properties', text }, ruleset).hits.map((hit) => hit.secret)).toEqual([word]);
    },
  );
});
