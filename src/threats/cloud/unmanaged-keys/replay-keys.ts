import { findValue } from '../../../engines/terraform/find-value.ts';
import type { Replayable, ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { judgePgpKey } from './pgp-keys.ts';
import { replayExported } from './exported-keys.ts';
import { storedCredentials } from './stored-credentials.ts';

/** Sees a key again: by its address in the evaluated code, or by its place in the workflow. */
export async function replayKey(context: Context, { replay }: Replayable): Promise<ReplayOutcome> {
  const text = (name: string): string => (typeof replay.args[name] === 'string' ? replay.args[name] : '');
  if (text('workflow') !== '') return replayStored(context, text('workflow'), text('job'), text('secret'));
  if (text('exported') !== '') return replayExported(context, text('exported'), text('number'));
  const address = text('resource');
  const fault = text('fault');
  const { roots } = context.terraform;
  const exists = roots.some((root) => root.resources.some((one) => one.address === address));
  if (!exists) return { confirmed: false, steps: [`no resource has the address ${address} any more`] };
  const found = findValue(roots, `${address}.pgp_key`);
  const known = found.ok && found.value.kind !== 'null' && !isComputed(found.value);
  if (fault === 'plain')
    return {
      confirmed: !known,
      steps: [
        `read ${address}.pgp_key`,
        known ? 'it has a value' : 'it has none: the secret stands in the state as it is',
      ],
    };
  if (!found.ok || !known) return { confirmed: false, steps: [`read ${address}.pgp_key`, 'it has no value'] };
  const judgement = await judgePgpKey(found.value, context.now);
  if (fault !== 'shared')
    return {
      confirmed: judgement.kind === 'fault' && judgement.id === fault,
      steps: [`parsed ${address}.pgp_key`, judgement.kind === 'fault' ? judgement.fault : 'it is in order'],
    };
  const other = findValue(roots, `${text('with')}.pgp_key`);
  const second = other.ok ? await judgePgpKey(other.value, context.now) : undefined;
  const same =
    judgement.kind === 'good' && second?.kind === 'good' && judgement.key.fingerprint === second.key.fingerprint;
  return {
    confirmed: same,
    steps: [`parsed ${address}.pgp_key and ${text('with')}.pgp_key`, same ? 'they are one key' : 'they differ'],
  };
}

function isComputed(value: { readonly kind: string; readonly why?: string }): boolean {
  return value.kind === 'unknown' && value.why?.includes('known after apply') === true;
}

function replayStored(context: Context, workflow: string, job: string, secret: string): ReplayOutcome {
  const again = storedCredentials(context).some(
    (one) => one.workflow === workflow && one.job === job && one.secret === secret,
  );
  const seen = again ? `it takes secrets.${secret}` : `it takes no secrets.${secret}`;
  return { confirmed: again, steps: [`read the job ${job} of ${workflow}`, seen] };
}
