import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence, type Absence } from '../../../model/index.ts';
import type { Context } from '../../context.ts';

/** No key, password or stored credential of a cloud is in sight. */
export function noKeys({ facts }: Context): Absence {
  return proveAbsence({
    claim: 'nothing in the product issues or stores a long-lived key of a cloud',
    what: 'Terraform files, workflows and exports searched for keys',
    elements: [...facts.inventory.terraform, ...facts.workflow.map((workflow) => workflow.path)],
    digest: sha256,
    method:
      'resources that issue a secret, credentials of a cloud in the inputs and variables of workflows, and exports of accounts were looked for',
  });
}
