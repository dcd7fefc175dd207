/**
 * Published ways from some permissions to more, as facts: what must be allowed, on what, and what it gives. The identifiers are
 * those of DataDog/pathfinding.cloud (Apache-2.0), data of 2025-12-17, commit 84dd65c; the words are ours.
 */

/** Whom an action is done to. */
export type Subject = 'role' | 'user' | 'group' | 'policy';

/** One permission that a way needs. */
export interface Need {
  readonly action: string;
  /**
   * `subject`: the identity that is gained or changed. `workload`: the existing thing that runs with the role. Otherwise a pattern
   * of ARNs of what is made for it; `{account}` is the account, `*` what the attacker chooses.
   */
  readonly on: string;
}

/** What a way gives. */
export type Effect =
  /** Code of the attacker runs with the role. */
  | 'become-role'
  /** The subject's policies become whatever the attacker likes. */
  | 'any-policy'
  /** The role trusts whom the attacker likes. */
  | 'any-trust'
  /** A new key of the user. */
  | 'key-of-user'
  /** A new password of the user. */
  | 'password-of-user'
  /** The attacker's user is in the group. */
  | 'member-of-group';

export interface Escalation {
  readonly id: string;
  readonly effect: Effect;
  readonly subject: Subject;
  readonly needs: readonly Need[];
  /** For a role that is passed: the service that must be trusted by it, and to which iam:PassRole hands it. */
  readonly service?: string;
  /** For what runs already: types of the resources that carry the role. */
  readonly through?: readonly string[];
  /** What must hold besides and stands in no policy. */
  readonly besides?: string;
}

/** A way that is two others after each other: the closure finds it by itself. */
export interface ComposedEscalation {
  readonly id: string;
  readonly of: readonly [string, string];
}

const on = (service: string, rest: string) => `arn:aws:${service}:*:{account}:${rest}`;

/** iam:PassRole, then the actions that make the service run code with the role. */
function passing(id: string, service: string, ...needs: readonly (readonly [string, string])[]): Escalation {
  return {
    id,
    effect: 'become-role',
    subject: 'role',
    service,
    needs: [{ action: 'iam:PassRole', on: 'subject' }, ...needs.map(([action, place]) => ({ action, on: place }))],
  };
}

/** The same, where something that exists already is changed. */
function changing(escalation: Escalation, besides: string): Escalation {
  return { ...escalation, besides };
}

/** Actions on something that runs with a role already. */
function running(id: string, through: readonly string[], actions: readonly string[], besides?: string): Escalation {
  const needs = actions.map((action) => ({ action, on: 'workload' }));
  return { id, effect: 'become-role', subject: 'role', through, needs, ...(besides === undefined ? {} : { besides }) };
}

/** One action on an identity. */
function changed(id: string, effect: Effect, subject: Subject, ...actions: readonly string[]): Escalation {
  return { id, effect, subject, needs: actions.map((action) => ({ action, on: 'subject' })) };
}

const LAMBDA = on('lambda', 'function:*');
const CLUSTER = on('ecs', 'cluster/*');
const TASK = on('ecs', 'task-definition/*');
const SERVICE = on('ecs', 'service/*');
const JOB = on('glue', 'job/*');
const STACK = on('cloudformation', 'stack/*');
const STACK_SET = on('cloudformation', 'stackset/*');
const PROJECT = on('codebuild', 'project/*');
const INTERPRETER = on('bedrock-agentcore', 'code-interpreter/*');
const INSTANCES = ['aws_instance', 'aws_launch_template', 'aws_launch_configuration', 'aws_spot_instance_request'];

/** Ways that the catalogue does not have: services that call any API of AWS with a role that is handed to them. */
export const OWN_ESCALATIONS: readonly Escalation[] = [
  passing(
    'states',
    'states.amazonaws.com',
    ['states:CreateStateMachine', on('states', 'stateMachine:*')],
    ['states:StartExecution', on('states', 'stateMachine:*')],
  ),
  passing('scheduler', 'scheduler.amazonaws.com', ['scheduler:CreateSchedule', on('scheduler', 'schedule/*')]),
];

/** The ways of the catalogue. */
export const ESCALATIONS: readonly Escalation[] = [
  passing('apprunner-001', 'tasks.apprunner.amazonaws.com', ['apprunner:CreateService', on('apprunner', 'service/*')]),
  running('apprunner-002', ['aws_apprunner_service'], ['apprunner:UpdateService']),
  passing(
    'bedrock-001',
    'bedrock-agentcore.amazonaws.com',
    ['bedrock-agentcore:CreateCodeInterpreter', '*'],
    ['bedrock-agentcore:StartCodeInterpreterSession', INTERPRETER],
    ['bedrock-agentcore:InvokeCodeInterpreter', INTERPRETER],
  ),
  running(
    'bedrock-002',
    ['aws_bedrockagentcore_code_interpreter'],
    ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
  ),
  passing('cloudformation-001', 'cloudformation.amazonaws.com', ['cloudformation:CreateStack', STACK]),
  running('cloudformation-002', ['aws_cloudformation_stack'], ['cloudformation:UpdateStack']),
  changing(
    passing(
      'cloudformation-003',
      'cloudformation.amazonaws.com',
      ['cloudformation:CreateStackSet', STACK_SET],
      ['cloudformation:CreateStackInstances', STACK_SET],
    ),
    'an execution role that trusts the passed one',
  ),
  changing(
    passing('cloudformation-004', 'cloudformation.amazonaws.com', ['cloudformation:UpdateStackSet', STACK_SET]),
    'a stack set with instances, and an execution role that trusts the passed one',
  ),
  running(
    'cloudformation-005',
    ['aws_cloudformation_stack'],
    ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
  ),
  passing(
    'codebuild-001',
    'codebuild.amazonaws.com',
    ['codebuild:CreateProject', PROJECT],
    ['codebuild:StartBuild', PROJECT],
  ),
  running('codebuild-002', ['aws_codebuild_project'], ['codebuild:StartBuild']),
  running('codebuild-003', ['aws_codebuild_project'], ['codebuild:StartBuildBatch']),
  passing(
    'codebuild-004',
    'codebuild.amazonaws.com',
    ['codebuild:CreateProject', PROJECT],
    ['codebuild:StartBuildBatch', PROJECT],
  ),
  passing(
    'datapipeline-001',
    'datapipeline.amazonaws.com',
    ['datapipeline:CreatePipeline', on('datapipeline', 'pipeline/*')],
    ['datapipeline:PutPipelineDefinition', on('datapipeline', 'pipeline/*')],
    ['datapipeline:ActivatePipeline', on('datapipeline', 'pipeline/*')],
  ),
  running(
    'ec2instanceconnect-003',
    INSTANCES,
    ['ec2-instance-connect:SendSSHPublicKey'],
    'a way to port 22 of the machine',
  ),
  passing('ec2-001', 'ec2.amazonaws.com', ['ec2:RunInstances', on('ec2', 'instance/*')]),
  running('ec2-002', INSTANCES, ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances']),
  passing('ec2-003', 'ec2.amazonaws.com', ['ec2:RequestSpotInstances', on('ec2', 'spot-instances-request/*')]),
  running(
    'ec2-004',
    ['aws_launch_template'],
    ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
    'something that starts machines of the template',
  ),
  passing(
    'ecs-001',
    'ecs-tasks.amazonaws.com',
    ['ecs:CreateCluster', CLUSTER],
    ['ecs:RegisterTaskDefinition', TASK],
    ['ecs:CreateService', SERVICE],
  ),
  passing(
    'ecs-002',
    'ecs-tasks.amazonaws.com',
    ['ecs:CreateCluster', CLUSTER],
    ['ecs:RegisterTaskDefinition', TASK],
    ['ecs:RunTask', TASK],
  ),
  changing(
    passing('ecs-003', 'ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition', TASK], ['ecs:CreateService', SERVICE]),
    'a cluster',
  ),
  changing(
    passing('ecs-004', 'ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition', TASK], ['ecs:RunTask', TASK]),
    'a cluster',
  ),
  changing(
    passing('ecs-005', 'ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition', TASK], ['ecs:StartTask', TASK]),
    'a cluster with a machine in it',
  ),
  passing('glue-001', 'glue.amazonaws.com', ['glue:CreateDevEndpoint', on('glue', 'devEndpoint/*')]),
  running('glue-002', ['aws_glue_dev_endpoint'], ['glue:UpdateDevEndpoint'], 'a way to port 22 of the endpoint'),
  passing('glue-003', 'glue.amazonaws.com', ['glue:CreateJob', JOB], ['glue:StartJobRun', JOB]),
  passing('glue-004', 'glue.amazonaws.com', ['glue:CreateJob', JOB], ['glue:CreateTrigger', on('glue', 'trigger/*')]),
  changing(
    passing('glue-005', 'glue.amazonaws.com', ['glue:UpdateJob', JOB], ['glue:StartJobRun', JOB]),
    'a job that exists',
  ),
  changing(
    passing('glue-006', 'glue.amazonaws.com', ['glue:UpdateJob', JOB], ['glue:CreateTrigger', on('glue', 'trigger/*')]),
    'a job that exists',
  ),
  changed('iam-001', 'any-policy', 'policy', 'iam:CreatePolicyVersion'),
  changed('iam-002', 'key-of-user', 'user', 'iam:CreateAccessKey'),
  changed('iam-003', 'key-of-user', 'user', 'iam:DeleteAccessKey', 'iam:CreateAccessKey'),
  changed('iam-004', 'password-of-user', 'user', 'iam:CreateLoginProfile'),
  changed('iam-005', 'any-policy', 'role', 'iam:PutRolePolicy'),
  changed('iam-006', 'password-of-user', 'user', 'iam:UpdateLoginProfile'),
  changed('iam-007', 'any-policy', 'user', 'iam:PutUserPolicy'),
  changed('iam-008', 'any-policy', 'user', 'iam:AttachUserPolicy'),
  changed('iam-009', 'any-policy', 'role', 'iam:AttachRolePolicy'),
  changed('iam-010', 'any-policy', 'group', 'iam:AttachGroupPolicy'),
  changed('iam-011', 'any-policy', 'group', 'iam:PutGroupPolicy'),
  changed('iam-012', 'any-trust', 'role', 'iam:UpdateAssumeRolePolicy'),
  changed('iam-013', 'member-of-group', 'group', 'iam:AddUserToGroup'),
  passing('lambda-001', 'lambda.amazonaws.com', ['lambda:CreateFunction', LAMBDA], ['lambda:InvokeFunction', LAMBDA]),
  passing(
    'lambda-002',
    'lambda.amazonaws.com',
    ['lambda:CreateFunction', LAMBDA],
    ['lambda:CreateEventSourceMapping', on('lambda', 'event-source-mapping:*')],
  ),
  running('lambda-003', ['aws_lambda_function'], ['lambda:UpdateFunctionCode'], 'something that calls the function'),
  running('lambda-004', ['aws_lambda_function'], ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction']),
  running('lambda-005', ['aws_lambda_function'], ['lambda:UpdateFunctionCode', 'lambda:AddPermission']),
  passing('lambda-006', 'lambda.amazonaws.com', ['lambda:CreateFunction', LAMBDA], ['lambda:AddPermission', LAMBDA]),
  passing('sagemaker-001', 'sagemaker.amazonaws.com', [
    'sagemaker:CreateNotebookInstance',
    on('sagemaker', 'notebook-instance/*'),
  ]),
  passing('sagemaker-002', 'sagemaker.amazonaws.com', [
    'sagemaker:CreateTrainingJob',
    on('sagemaker', 'training-job/*'),
  ]),
  passing('sagemaker-003', 'sagemaker.amazonaws.com', [
    'sagemaker:CreateProcessingJob',
    on('sagemaker', 'processing-job/*'),
  ]),
  running('sagemaker-004', ['aws_sagemaker_notebook_instance'], ['sagemaker:CreatePresignedNotebookInstanceUrl']),
  {
    id: 'sagemaker-005',
    effect: 'become-role',
    subject: 'role',
    through: ['aws_sagemaker_notebook_instance'],
    needs: [
      {
        action: 'sagemaker:CreateNotebookInstanceLifecycleConfig',
        on: on('sagemaker', 'notebook-instance-lifecycle-config/*'),
      },
      { action: 'sagemaker:StopNotebookInstance', on: 'workload' },
      { action: 'sagemaker:UpdateNotebookInstance', on: 'workload' },
      { action: 'sagemaker:StartNotebookInstance', on: 'workload' },
    ],
  },
  running('ssm-001', INSTANCES, ['ssm:StartSession'], 'the agent of Systems Manager on the machine'),
  running('ssm-002', INSTANCES, ['ssm:SendCommand'], 'the agent of Systems Manager on the machine'),
];

/** `sts-001` is sts:AssumeRole itself. */
export const ASSUME_ROLE = 'sts-001';

export const COMPOSED: readonly ComposedEscalation[] = [
  { id: 'iam-014', of: ['iam-009', ASSUME_ROLE] },
  { id: 'iam-015', of: ['iam-008', 'iam-002'] },
  { id: 'iam-016', of: ['iam-001', ASSUME_ROLE] },
  { id: 'iam-017', of: ['iam-005', ASSUME_ROLE] },
  { id: 'iam-018', of: ['iam-007', 'iam-002'] },
  { id: 'iam-019', of: ['iam-009', 'iam-012'] },
  { id: 'iam-020', of: ['iam-001', 'iam-012'] },
  { id: 'iam-021', of: ['iam-005', 'iam-012'] },
];
