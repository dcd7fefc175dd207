import type { Job, Located, WorkflowFact } from '../../../facts/workflow/types.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { Context } from '../../context.ts';

/** A long-lived key of a cloud that a workflow takes from the secrets of its repository. */
export interface StoredCredential {
  readonly cloud: 'AWS' | 'Google Cloud' | 'Azure';
  /** Name of the secret. */
  readonly secret: string;
  readonly workflow: string;
  readonly job: string;
  readonly at: SourceLocation;
  /** The action or script that would take a token of the run instead. */
  readonly instead: string;
}

/** Inputs of actions and variables that carry a long-lived key, by cloud. */
const INPUTS = [
  {
    cloud: 'AWS',
    name: /^aws[-_]secret[-_]access[-_]key$/i,
    instead: '`role-to-assume` of aws-actions/configure-aws-credentials',
  },
  {
    cloud: 'Google Cloud',
    name: /^(?:credentials_json|service_account_key|gcp[-_]sa[-_]key|google[-_](?:application[-_])?credentials)$/i,
    instead: '`workload_identity_provider` of google-github-actions/auth',
  },
  {
    cloud: 'Azure',
    name: /^(?:creds|client-secret|arm_client_secret|azure_client_secret)$/i,
    instead: '`client-id` of azure/login with a federated credential',
  },
] as const;

/** Actions whose inputs of these names are credentials of a cloud; `creds` means other things elsewhere. */
const AZURE_ACTIONS = /^azure\//i;
const SECRET = /\$\{\{[^}]*?\bsecrets(?:\.(\w+)|\[['"](\w+)['"]\])/;

/** Every place at which a workflow of the repository uses a stored key of a cloud. */
export function storedCredentials({ facts }: Pick<Context, 'facts'>): StoredCredential[] {
  return facts.workflow.flatMap((workflow) => [
    ...inValues(workflow, undefined, workflow.env),
    ...workflow.jobs.flatMap((job) => [
      ...inValues(workflow, job, job.env),
      ...job.steps.flatMap((step) => [
        ...inValues(workflow, job, step.env),
        ...inValues(workflow, job, step.with, step.uses?.text),
      ]),
    ]),
  ]);
}

function inValues(
  workflow: WorkflowFact,
  job: Job | undefined,
  values: ReadonlyMap<string, Located>,
  action?: string,
): StoredCredential[] {
  return [...values].flatMap(([name, value]): StoredCredential[] => {
    const kind = INPUTS.find((input) => input.name.test(name));
    const secret = SECRET.exec(value.text);
    if (kind === undefined || secret === null) return [];
    if (/^(?:creds|client-secret)$/i.test(name) && (action === undefined || !AZURE_ACTIONS.test(action))) return [];
    const id = secret[1] ?? secret[2] ?? '';
    return [
      {
        cloud: kind.cloud,
        secret: id,
        workflow: workflow.path,
        job: job?.id ?? 'every job',
        at: value.at,
        instead: kind.instead,
      },
    ];
  });
}
