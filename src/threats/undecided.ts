import type { ControlKind } from '../model/index.ts';
import type { Context, FourproofControl } from './context.ts';

/** A control whose engine this version does not have yet. */
export interface UndecidedControl {
  readonly id: string;
  readonly kind: ControlKind;
  readonly title: string;
  readonly needs: readonly string[];
  /** What stands in the tree that an engine would read, in short phrases with counts. */
  found(context: Context): readonly string[];
  /** What is missing to decide it, as a clause. */
  readonly missing: string;
  /** What closes it for now: a command to run or a file to read. */
  readonly closes?: string;
}

/** A control that says what it found and what is missing, and never anything better or worse. */
export function undecided({ found, missing, closes, ...control }: UndecidedControl): FourproofControl {
  return {
    ...control,
    judge(context) {
      const inputs = found(context);
      const seen = inputs.length === 0 ? 'nothing to read in sight' : `found ${inputs.join(', ')}`;
      return {
        counterexamples: [],
        gaps: [
          {
            reason: 'engine-missing',
            message: `${missing}; ${seen}`,
            identity: control.id,
            ...(closes === undefined ? {} : { closes }),
          },
        ],
      };
    },
  };
}

/** `2 Dockerfiles`, or nothing where there are none. */
export function counted(count: number, singular: string, plural = `${singular}s`): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? singular : plural}`];
}
