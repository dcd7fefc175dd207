import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onePerPlace, packRuleset, scan } from '../../src/engines/secrets/index.ts';
import { TRUE } from '../../test/secret-examples.ts';

const folder = import.meta.dirname;
const pack = readdirSync(folder)
  .filter((name) => name.endsWith('.toml'))
  .sort()
  .map((name) => ({ path: `rules/secrets/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
const ruleset = packRuleset(pack);

/** Generic rules, by file and text; the secret is always `Tr0ub4dor`. */
const GENERIC: readonly (readonly [string, string])[] = [
  ['folded.yaml', 'db:\n  password: >-\n    Tr0ub4dor\n  user: a\n'],
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
  ['Cargo.toml', 'password = "7.5.4"\n'],
  ['mkdocs.yml', '- Password: api/generator/password.md\n'],
  ['a.go', 'secretKey1 = "authorizedKeySecretKey1"\nsecret2 = "path/to/secret2"\nToken: "http-01-token"\n'],
  ['a.yaml', 'secretKey: MY_K8S_SECRET_KEY\n'],
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
    for (const rule of ruleset.rules) expect(rule.regex ?? rule.path, rule.id).toBeDefined();
    expect(ruleset.problems).toEqual([]);
    expect(ruleset.rules.length).toBeGreaterThan(150);
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
