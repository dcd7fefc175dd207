import { matchesPathGlob } from '../../../lib/glob.ts';
import { isBrought, placeInRepository, type ResourceInstance, type TfValue } from '../../../engines/terraform/index.ts';
import type { Context } from '../../context.ts';
import type { Reference } from './reference.ts';

/** Types of resources that run an image, besides Kubernetes objects, which are facts of their own. */
const RUNS_IMAGES =
  /^(?:aws_(?:ecs_task_definition|lambda_function|apprunner_service|batch_job_definition|sagemaker_model|lightsail_container_service_deployment_version)|google_cloud_run(?:_v2)?_(?:service|job)|azurerm_(?:container_(?:group|app)|linux_(?:web|function)_app)|docker_(?:image|container)|nomad_job)$/;
const IMAGE_KEYS = new Set(['image', 'image_uri', 'image_identifier', 'container_image', 'docker_image_name']);
const DEEPEST = 12;

/** Images that resources of Terraform run: tasks, functions and services of clouds. */
export function inTerraform({ terraform, product }: Pick<Context, 'terraform' | 'product'>): Reference[] {
  const isOwn = (path: string): boolean => product.paths.some((glob) => matchesPathGlob(glob, path));
  return terraform.roots.flatMap(({ resources }) =>
    resources.flatMap((resource) =>
      resource.mode === 'managed' && RUNS_IMAGES.test(resource.type) && isOwn((resource.calledAt ?? resource.at).path)
        ? referencesOf(resource)
        : [],
    ),
  );
}

function referencesOf(resource: ResourceInstance): Reference[] {
  const found: Reference[] = [];
  visit(resource.values, '', 0);
  return found;

  function visit(value: TfValue, key: string, depth: number): void {
    if (depth > DEEPEST) return;
    if (value.kind === 'object') for (const [name, item] of value.entries) visit(item, name, depth + 1);
    else if (value.kind === 'list') for (const item of value.items) visit(item, key, depth + 1);
    else if ((value.kind === 'string' || value.kind === 'unknown') && value.decoded !== undefined)
      visit(value.decoded, key, depth + 1);
    else if (isImage(resource, key) && value.kind !== 'null') found.push(toReference(resource, value));
  }
}

function isImage(resource: ResourceInstance, key: string): boolean {
  return IMAGE_KEYS.has(key) || (resource.type === 'docker_image' && key === 'name');
}

function toReference({ address, calledAt }: ResourceInstance, value: TfValue): Reference {
  const written = placeInRepository(value.origin);
  const common = {
    at: isBrought(written.path) ? (calledAt ?? written) : written,
    user: address,
    origin: 'terraform' as const,
  };
  if (value.kind === 'string') return { ...common, text: value.value, written: value.value, missing: [] };
  const why = value.kind === 'unknown' ? value.why : 'it is no text';
  return { ...common, text: undefined, written: `(${why})`, missing: [], unknown: why };
}
