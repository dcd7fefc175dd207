import type { HclFile } from '../../lib/hcl/ast.ts';
import { parseHclJson } from '../../lib/hcl/parse-hcl-json.ts';
import { readHcl } from '../../lib/hcl/parse-hcl.ts';
import type { FactReader } from '../../model/index.ts';

/** A file of a Terraform or OpenTofu configuration, parsed and not evaluated. */
export interface TerraformFact {
  readonly path: string;
  readonly file: HclFile;
}

/** Reads `*.tf`, `*.tofu` and their JSON forms: https://developer.hashicorp.com/terraform/language/files. */
export const terraformReader: FactReader<'terraform', TerraformFact> = {
  kind: 'terraform',
  belongsTo: 'product',
  selects: (path) => /(?:^|\/)[^/.][^/]*\.(?:tf|tofu)(?:\.json)?$/.test(path) && !/(?:^|\/)\.terraform\//.test(path),
  read({ path, text }) {
    const file = path.endsWith('.json') ? parseHclJson(path, text) : readHcl(path, text);
    const unread = file.errors.map(({ at, message }) => ({
      path,
      reason: 'unparsed-file' as const,
      message: `not readable as HCL: ${message}`,
      at,
    }));
    return { facts: [{ path, file }], unread };
  },
};
