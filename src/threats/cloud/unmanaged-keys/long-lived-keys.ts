import { rotationOf } from '../../../engines/terraform/rotation.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { CREDENTIAL_REPORT } from '../../commands.ts';
import { traceTo } from '../../trace.ts';
import { noKeys } from './absence.ts';
import { isReported, judgeExportedKeys } from './exported-keys.ts';
import { OLD_AFTER, type KeyFindings } from './key-findings.ts';
import { issuedSecrets, type IssuedSecret } from './issued-secrets.ts';
import { judgePgpKey } from './pgp-keys.ts';
import { replayKey } from './replay-keys.ts';
import { storedCredentials, type StoredCredential } from './stored-credentials.ts';

/** Every long-lived key is encrypted to one person, is replaced in time, and could not be a token of the run. */
export const longLivedKeys: FourproofControl = {
  id: 'long-lived-keys',
  kind: 'exposure',
  title:
    'Every long-lived key was issued by the reviewed process to one person, is younger than 90 days, and has no OIDC to replace it',
  needs: ['workflow', 'action', 'terraform', 'iam-export'],
  async judge(context) {
    const found: KeyFindings = { counterexamples: [], gaps: [], witnesses: [], elements: [] };
    const issued = issuedSecrets(context);
    const stored = storedCredentials(context);
    const holders = new Map<string, IssuedSecret>();
    for (const secret of issued) await judgeIssued(secret, context, holders, found);
    for (const credential of stored) judgeStored(credential, found);
    judgeExportedKeys(context, issued, found);
    if (found.elements.length === 0 && found.gaps.length === 0)
      return { proof: noKeys(context), counterexamples: [], gaps: [] };
    return conclude({
      claim: `every long-lived key is encrypted to its own user, is replaced within ${OLD_AFTER} days, and no workflow keeps one where a token of the run would do`,
      what: 'access keys, passwords and stored credentials of clouds',
      elements: found.elements,
      method: `resources of Terraform that issue a secret, with the public key that it is encrypted to (parsed, at ${context.now.toISOString().slice(0, 10)}) and the rotation that code enforces; credentials in workflows; exports of accounts. Evaluated, no account was asked.`,
      witnesses: found.witnesses,
      counterexamples: found.counterexamples,
      gaps: found.gaps,
    });
  },
  replay: replayKey,
};

async function judgeIssued(
  secret: IssuedSecret,
  context: Context,
  holders: Map<string, IssuedSecret>,
  found: KeyFindings,
): Promise<void> {
  const { kind, resource, user, active } = secret;
  const who = user === undefined ? `the ${kind} ${resource.address}` : `the ${kind} of ${user}`;
  found.elements.push(`${resource.address}: ${kind}`);
  if (active === false) {
    found.witnesses.push({ at: resource.headAt, note: `${who} is inactive` });
    return;
  }
  await judgeEncryption(secret, who, context, holders, found);
  if (kind === 'access key') judgeAge(secret, who, context, found);
}

async function judgeEncryption(
  secret: IssuedSecret,
  who: string,
  { now }: Context,
  holders: Map<string, IssuedSecret>,
  found: KeyFindings,
): Promise<void> {
  const { kind, resource, pgpKey, printedBy, user } = secret;
  if (pgpKey === undefined) {
    found.counterexamples.push({
      title: `${who} stands in the Terraform state in plain`,
      severity: kind === 'access key' ? 'high' : 'medium',
      summary: `${resource.address} has no \`pgp_key\`: whoever reads the state${printedBy.length === 0 ? '' : ' or its outputs'} has ${who}, and no review or rotation tells them apart.`,
      input: { kind: 'issued-key', resource: resource.address, fault: 'plain' },
      trace: traceTo(
        { at: resource.headAt, note: 'issued without pgp_key', role: 'sink' },
        printedBy.map(({ name, at }) => ({ at, note: `output ${name} prints it`, role: 'step' })),
      ),
      replay: { engine: 'long-lived-keys', args: { resource: resource.address, fault: 'plain' } },
      grants: [`everything that ${user ?? 'its user'} may do, until the key is replaced`],
      identity: [resource.address, 'plain'],
    });
    return;
  }
  const judgement = await judgePgpKey(pgpKey, now);
  if (judgement.kind === 'gap') {
    const { why, closes, at } = judgement;
    found.gaps.push({
      reason: 'unresolved-value',
      message: `to whom ${who} is encrypted is not known: ${why}`,
      at,
      closes,
    });
    return;
  }
  if (judgement.kind === 'fault') {
    found.counterexamples.push({
      title: `${who}: ${judgement.fault}`,
      severity: judgement.id === 'private' ? 'critical' : 'medium',
      summary: `${resource.address} is encrypted to a key that does not keep it for ${user ?? 'its user'}: ${judgement.fault}.`,
      input: { kind: 'issued-key', resource: resource.address, fault: judgement.id },
      trace: [
        { at: resource.headAt, note: `issues ${who}`, role: 'source' },
        { at: judgement.at, note: judgement.fault, role: 'sink' },
      ],
      replay: { engine: 'long-lived-keys', args: { resource: resource.address, fault: judgement.id } },
      grants: judgement.id === 'private' ? [`${who}, decrypted`] : [],
      identity: [resource.address, judgement.id],
    });
    return;
  }
  const { fingerprint } = judgement.key;
  const other = holders.get(fingerprint);
  // One person may have several users, and then their names say so; two names with one key are two people who read each other's.
  if (other !== undefined && user !== undefined && other.user !== undefined && other.user !== user) {
    found.counterexamples.push({
      title: `${who} and that of ${other.user} are encrypted to the same PGP key`,
      severity: 'medium',
      summary: `PGP key ${fingerprint.slice(-16)} opens what is issued to ${user} and to ${other.user}: one of them can act as the other.`,
      input: { kind: 'issued-key', resource: resource.address, fault: 'shared', with: other.resource.address },
      trace: [
        { at: other.resource.headAt, note: `issues the ${other.kind} of ${other.user}`, role: 'source' },
        { at: resource.headAt, note: `issues ${who} to the same key`, role: 'sink' },
      ],
      replay: {
        engine: 'long-lived-keys',
        args: { resource: resource.address, fault: 'shared', with: other.resource.address },
      },
      grants: [`everything that ${user} may do, to ${other.user}`],
      identity: [resource.address, 'shared', other.resource.address],
    });
    return;
  }
  holders.set(fingerprint, secret);
  found.witnesses.push({ at: resource.headAt, note: `${who} is encrypted to PGP key ${fingerprint.slice(-16)}` });
}

function judgeAge({ resource, user }: IssuedSecret, who: string, context: Context, found: KeyFindings): void {
  // A report is more than what code intends: the key is judged there.
  if (isReported(context, user)) return;
  const { roots } = context.terraform;
  const root = roots.find((one) => one.resources.includes(resource));
  const rotation = rotationOf(resource, root?.resources ?? [], context.facts.terraform);
  if (rotation.kind === 'every' && rotation.days <= OLD_AFTER) {
    const note = `${who} is replaced after ${Math.round(rotation.days)} days by ${rotation.by}`;
    found.witnesses.push({ at: rotation.at, note });
    return;
  }
  const why =
    rotation.kind === 'every'
      ? `it is replaced only after ${Math.round(rotation.days)} days`
      : rotation.kind === 'doubtful'
        ? rotation.why
        : 'no code replaces it, and when it was made is not in sight';
  found.gaps.push({
    reason: 'not-in-sight',
    message: `the age of ${who} is not known: ${why}`,
    at: rotation.kind === 'none' ? resource.headAt : rotation.at,
    closes: `${CREDENTIAL_REPORT}, or replace it by a time_static that follows a time_rotating`,
    identity: `age of ${resource.address}`,
  });
}

function judgeStored(credential: StoredCredential, found: KeyFindings): void {
  const { cloud, secret, workflow, job, at, instead } = credential;
  found.elements.push(`${workflow} · ${job}: ${secret}`);
  found.counterexamples.push({
    title: `${workflow} keeps a long-lived key of ${cloud} in the secret ${secret}`,
    severity: 'high',
    summary: `The job ${job} uses a stored key where a token of the run would do: whoever may push a branch can add a workflow that prints it, and it works from anywhere until somebody replaces it. Use ${instead}.`,
    input: { kind: 'stored-credential', workflow, job, secret },
    trace: [{ at, note: `takes secrets.${secret}`, role: 'sink' }],
    replay: { engine: 'long-lived-keys', args: { workflow, job, secret } },
    grants: [`the rights of the ${cloud} identity behind ${secret}`],
    identity: [workflow, job, secret],
  });
}
