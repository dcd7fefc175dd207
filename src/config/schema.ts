import { z } from 'zod';

const decision = {
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'a fingerprint has 16 hex digits')
    .describe('Fingerprint of the finding or gap, as `fourproof verify` prints it.'),
  reason: z.string().min(1).describe('Why, in a sentence that a stranger understands.'),
  owner: z.string().min(1).describe('The team or person that answers for it.'),
};
const day = z.iso.date('a day is written YYYY-MM-DD');

/** fourproof.yaml: data only. It declares facts, scope and people's decisions, and never a status. */
export const configSchema = z.strictObject({
  products: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        paths: z
          .array(z.string().min(1))
          .min(1)
          .describe('Path globs below the repository root; a folder holds everything below it.'),
      }),
    )
    .min(1)
    .refine(
      (products) => new Set(products.map((product) => product.name)).size === products.length,
      'two products have the same name',
    )
    .optional()
    .describe('The products of this repository; without it the repository is one product.'),
  allowedBaseImages: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Globs over normalised references (`docker.io/library/node:*`); replaces Docker Official Images and distroless.',
    ),
  allowedRegistries: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Globs over normalised references; replaces the hosts of the cluster's own images."),
  defaultBranch: z.string().min(1).optional().describe('The branch that pull requests are merged to.'),
  acceptances: z
    .array(z.strictObject({ ...decision, expires: day.describe('Last day on which it holds.') }))
    .optional()
    .describe('Risks that are real and carried for a time: they change the exit code, never the verdict.'),
  dismissals: z
    .array(z.strictObject({ ...decision, expires: day.optional() }))
    .optional()
    .describe('Counterexamples that are not real: taken out of the verdict, in full sight.'),
});
