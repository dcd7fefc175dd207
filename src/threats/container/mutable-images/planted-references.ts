import type { Attack } from '../../../engines/gates/drill.ts';
import { coversPath } from '../../../engines/gates/coverage.ts';
import type { Gate } from '../../../engines/gates/types.ts';
import type { Context } from '../../context.ts';
import { fixityOfAction, fixityOfImage } from './registries.ts';

/** A movable reference that is planted in a file of the product. */
export interface PlantedReference extends Attack {
  readonly reference: string;
}

/**
 * One attack for each kind of reference that the product has. It is planted where it is most likely to go through: in
 * a file that the path filters of every gate leave out, where there is one.
 */
export function referencesToPlant({ facts }: Context, gates: readonly Gate[]): PlantedReference[] {
  const grants = ['change what runs without a change in the repository'];
  const kinds = [
    {
      id: 'movable-action',
      what: 'an action by tag (`uses: planted/action@v1`)',
      reference: 'planted/action@v1',
      paths: facts.workflow.map((fact) => fact.path),
    },
    {
      id: 'movable-pod-image',
      what: 'a pod with an image by tag (`docker.io/planted/app:1.0`)',
      reference: 'docker.io/planted/app:1.0',
      paths: facts.kubernetes
        .filter((fact) => fact.pod !== undefined && !fact.path.includes('.terraform/'))
        .map((fact) => fact.path),
    },
    {
      id: 'movable-service-image',
      what: 'a compose service with an image by tag (`docker.io/planted/app:1.0`)',
      reference: 'docker.io/planted/app:1.0',
      paths: facts.compose.map((fact) => fact.path),
    },
    {
      id: 'movable-base',
      what: 'a base image by tag (`FROM alpine:3.20`)',
      reference: 'alpine:3.20',
      paths: facts.dockerfile.map((fact) => fact.path),
    },
  ];
  return kinds.flatMap(({ paths, ...attack }) => {
    const uncovered =
      gates.length === 0
        ? undefined
        : paths.find((path) => gates.every((gate) => gate.triggers.length > 0 && !coversPath(gate.triggers, path)));
    const path = uncovered ?? paths[0];
    return path === undefined ? [] : [{ ...attack, path, grants }];
  });
}

/** Whether the planted reference is one that can move. */
export function isMovable({ id, reference }: PlantedReference): boolean {
  const fixity = id === 'movable-action' ? fixityOfAction(reference) : fixityOfImage(reference);
  return fixity.kind === 'movable';
}
