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
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'a repository is written owner/name')
    .optional()
    .describe('This repository at GitHub; without it the only one that its Terraform manages.'),
  administrators: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Globs over ARNs of the principals that administer accounts; without it, the direct holders of every right.',
    ),
  crownJewels: z
    .array(
      z.strictObject({
        action: z.string().regex(/^[a-z0-9-]+:\w+$/i, 'an action is written service:Action'),
        resource: z.string().min(1).optional().describe('ARN; any resource where it is absent.'),
        allowed: z.array(z.string().min(1)).describe('Globs over ARNs of those who may reach it.'),
      }),
    )
    .min(1)
    .optional()
    .describe('Requests that only some may reach, directly or by becoming somebody else.'),
  machineUsers: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Globs over names or ARNs of IAM users that are machines: no person signs in as them.'),
  secondFactor: z
    .strictObject({ identityCenter: z.literal('required').optional(), saml: z.literal('required').optional() })
    .optional()
    .describe('Identity providers beside IAM that ask everybody for a second factor, which the code cannot show.'),
  guardrails: z
    .strictObject({
      claim: z
        .array(
          z.enum([
            'users-and-keys',
            'unencrypted-storage',
            'regions',
            'instance-types',
            'leaving',
            'cloudtrail',
            'guardduty',
            'config',
            'root-use',
          ]),
        )
        .optional()
        .describe('Which of the built-in invariants the organisation claims; without it, all.'),
      regions: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe('Regions in which accounts may work; without it, those that the policies name.'),
      instanceTypes: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe('Globs over the instance types that accounts may start; without it, those that the policies name.'),
      identityAccount: z
        .string()
        .min(1)
        .optional()
        .describe('Id or name of the account that holds users; without it, the member account that declares them.'),
      except: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe('Globs over ARNs of principals that the policies except by intent.'),
      custom: z
        .array(
          z.strictObject({
            id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id is written in kebab-case'),
            deny: z.strictObject({
              actions: z.array(z.string().min(1)).min(1),
              resources: z
                .array(z.string().min(1))
                .min(1)
                .optional()
                .describe('ARNs, with ${Account} for the account; any resource where it is absent.'),
              condition: z
                .record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])))
                .optional()
                .describe('As the Condition of a statement.'),
            }),
            except: z.array(z.string().min(1)).min(1).optional().describe('Globs over ARNs of principals.'),
          }),
        )
        .min(1)
        .optional()
        .describe('Requests that no account may make, beside the built-in invariants.'),
    })
    .refine(
      ({ claim, custom }) => claim === undefined || claim.length > 0 || custom !== undefined,
      'nothing is claimed',
    )
    .optional()
    .describe('What the organisation forbids its accounts.'),
  acceptances: z
    .array(z.strictObject({ ...decision, expires: day.describe('Last day on which it holds.') }))
    .optional()
    .describe('Risks that are real and carried for a time: they change the exit code, never the verdict.'),
  dismissals: z
    .array(z.strictObject({ ...decision, expires: day.optional() }))
    .optional()
    .describe('Counterexamples that are not real: taken out of the verdict, in full sight.'),
});
