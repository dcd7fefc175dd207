import type { KustomizeChange, KustomizeChanges } from '../../../engines/kustomize/changes.ts';
import { productImagesOf } from '../../../engines/builds/product-images.ts';
import type { BuiltImage } from '../../../engines/builds/types.ts';
import { kindOfUser } from '../../../engines/builds/user-names.ts';
import type { ContainerFact, KubernetesFact } from '../../../facts/kubernetes/types.ts';
import { interpolate } from '../../../lib/interpolation.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { Context } from '../../context.ts';

/** A place that runs an image of the product. */
export interface Run {
  readonly at: SourceLocation;
  /** `deploy/orders.yaml Deployment/orders container app`. */
  readonly where: string;
  /** What it makes of the image's user. */
  readonly override:
    | { readonly kind: 'none' }
    | { readonly kind: 'root' | 'other' | 'unknown'; readonly text: string; readonly at: SourceLocation }
    /** The kubelet refuses to start a container of user 0, or of a user that it cannot tell: `runAsNonRoot`. */
    | { readonly kind: 'refused'; readonly at: SourceLocation }
    /** A kustomization that is not rendered may set another. */
    | ({ readonly kind: 'patched' } & KustomizeChange);
}

/** Every compose service and Kubernetes container in sight that runs the image. */
export function runsOf(
  image: BuiltImage,
  images: readonly BuiltImage[],
  { facts }: Context,
  changes: KustomizeChanges,
): Run[] {
  const built = new Set(image.builds.filter((build) => build.service !== undefined).map((build) => build.where));
  const fromCompose = facts.compose.flatMap(({ path, services }) =>
    services.flatMap((service): Run[] => {
      const where = `${path} services.${service.name}`;
      const runsByName =
        service.build === undefined && service.image !== undefined && names(service.image.text, image, images);
      if (!built.has(where) && !runsByName) return [];
      return [{ at: service.at, where, override: composeUser(service.user) }];
    }),
  );
  const fromCluster = facts.kubernetes.flatMap((object) =>
    (object.pod?.containers ?? []).flatMap((container): Run[] => {
      if (container.image === undefined) return [];
      const where = `${object.path} ${object.kind}/${object.name ?? '?'} container ${container.name}`;
      const patch = changes.patching(object, 'user');
      const override = podUser(object.pod, container);
      if (container.image.unknown !== undefined) {
        // It may run this image or another: a user that outranks the image's is then no more than possible.
        const { at, unknown } = container.image;
        return override.kind === 'root' || override.kind === 'unknown'
          ? [
              {
                at: container.at,
                where,
                override: { kind: 'unknown', text: `${override.text} where the image is not known: ${unknown}`, at },
              },
            ]
          : [];
      }
      const { text } = container.image;
      const other = changes.patching(object, 'image');
      const isNamed = names(text, image, images) || names(changes.rewriting(object, text)?.text ?? text, image, images);
      // Another image in its place may be this one.
      if (!isNamed && (other === undefined || (patch === undefined && override.kind !== 'root'))) return [];
      const change = patch ?? (isNamed ? undefined : other);
      return [{ at: container.at, where, override: change === undefined ? override : { kind: 'patched', ...change } }];
    }),
  );
  return [...fromCompose, ...fromCluster, ...patchesOf(image, images, facts.kubernetes)];
}

/** Objects that name no image and bear the name of one that runs it: a patch, which may be applied to it. */
function patchesOf(image: BuiltImage, images: readonly BuiltImage[], objects: readonly KubernetesFact[]): Run[] {
  const patched = new Set(
    objects
      .filter((object) =>
        object.pod?.containers.some(({ image: own }) => own !== undefined && names(own.text, image, images)),
      )
      .map(({ kind, name }) => `${kind}/${name ?? ''}`),
  );
  return objects.flatMap(({ path, kind, name, pod }): Run[] => {
    if (pod === undefined || !patched.has(`${kind}/${name ?? ''}`)) return [];
    if (pod.containers.some((container) => container.image !== undefined)) return [];
    const root = [pod.runAsUser, ...pod.containers.map((container) => container.runAsUser)].find(
      (user) => user !== undefined && kindOf(user.text) !== 'other',
    );
    if (root === undefined) return [];
    const where = `${path} ${kind}/${name ?? '?'}, which may be a patch`;
    return [{ at: root.at, where, override: { kind: 'unknown', ...root } }];
  });
}

function names(reference: string, image: BuiltImage, images: readonly BuiltImage[]): boolean {
  const filled = interpolate(reference, new Map());
  return productImagesOf(filled.ok ? filled.text : reference.replaceAll(/\$\{[^{}]*\}/g, '*'), images).includes(image);
}

function composeUser(user: { readonly text: string; readonly at: SourceLocation } | undefined): Run['override'] {
  if (user === undefined) return { kind: 'none' };
  const filled = interpolate(user.text, new Map());
  if (!filled.ok) return { kind: 'unknown', ...user };
  return { kind: kindOf(filled.text), text: filled.text, at: user.at };
}

function podUser(pod: KubernetesFact['pod'], container: ContainerFact): Run['override'] {
  const user = container.runAsUser ?? pod?.runAsUser;
  const nonRoot = container.runAsNonRoot ?? pod?.runAsNonRoot;
  if (nonRoot?.text === 'true' && (user === undefined || kindOf(user.text) === 'root'))
    return { kind: 'refused', at: nonRoot.at };
  const open = user?.unknown === undefined ? nonRoot : user;
  if (open?.unknown !== undefined && (user === undefined || user === open || kindOf(user.text) === 'root'))
    return { kind: 'unknown', text: `(${open.unknown})`, at: open.at };
  if (user === undefined) return { kind: 'none' };
  return { kind: /^\d+$/.test(user.text) ? kindOf(user.text) : 'unknown', ...user };
}

function kindOf(text: string): 'root' | 'other' | 'unknown' {
  const { kind } = kindOfUser(text);
  return kind === 'root' ? 'root' : kind === 'out-of-range' ? 'unknown' : 'other';
}
