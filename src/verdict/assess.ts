import { topOf } from '../lib/text-position.ts';
import type { Assessment, Control, Gap, Unread } from '../model/index.ts';

/**
 * Asks one control. A control that throws becomes a gap, and so does every file of a kind that it quantifies over
 * and that could not be read: neither may be silent.
 */
export async function assess<C>(control: Control<C>, context: C, unread: readonly Unread[]): Promise<Assessment> {
  const unseen = unread.filter((entry) => control.needs.includes(entry.kind)).map(gapOf);
  try {
    const assessment = await control.judge(context);
    const gaps = [...assessment.gaps, ...unseen];
    return { ...assessment, gaps } as Assessment;
  } catch (error) {
    const message = `the control ${control.id} failed: ${error instanceof Error ? error.message : String(error)}`;
    const failure: Gap = {
      reason: 'engine-error',
      message,
      identity: control.id,
      closes: 'report it as a bug of fourproof',
    };
    return { counterexamples: [], gaps: [failure, ...unseen] };
  }
}

function gapOf({ kind, path, reason, message, at, closes }: Unread): Gap {
  return {
    reason,
    message: `${path}: ${message}`,
    at: at ?? topOf(path),
    identity: `${kind} ${message}`,
    ...(closes === undefined ? {} : { closes }),
  };
}
