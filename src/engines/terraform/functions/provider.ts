/** Functions of Terraform's builtin provider: https://developer.hashicorp.com/terraform/language/functions/terraform-encode_tfvars. */

import { firstUnknown } from '../compare.ts';
import type { TfFunction } from '../functions.ts';
import { define, string, unknown, unknownLike } from './define.ts';
import { writeArguments, writeExpression } from './hcl-text.ts';
import { argumentAt, entriesAt, textAt } from './read.ts';

export const PROVIDER: readonly (readonly [string, TfFunction])[] = [
  define('provider::terraform::encode_tfvars', { params: ['any'], gives: 'string', unknown: 'part' }, (args, tools) =>
    string(
      writeArguments(entriesAt(args, 0), (steps) => tools.spend(steps)),
      tools,
    ),
  ),
  define('provider::terraform::encode_expr', { params: ['any'], gives: 'string', unknown: 'never' }, (args, tools) => {
    const value = argumentAt(args, 0);
    const hole = firstUnknown(value);
    if (hole === undefined)
      return string(
        writeExpression(value, (steps) => tools.spend(steps)),
        tools,
      );
    const prefix = value.kind === 'object' ? '{' : value.kind === 'list' ? '[' : undefined;
    return unknownLike(hole, tools, { type: 'string', notNull: true, ...(prefix === undefined ? {} : { prefix }) });
  }),
  define('provider::terraform::decode_tfvars', { params: ['string'] }, (args, tools) =>
    tools.decodeTfvars === undefined
      ? unknown('decode_tfvars() is not computed', tools, { type: 'object', notNull: true })
      : tools.decodeTfvars(textAt(args, 0)),
  ),
];
