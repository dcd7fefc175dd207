import { readFileSync } from 'node:fs';
import { RESULT_SCHEMA, type Result } from '../../model/index.ts';
import { CommandFailure } from './exit.ts';

/** Reads a result that `fourproof verify --format json` wrote; checked against the published schema. */
export async function readResult(file: string): Promise<Result> {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CommandFailure(
      `fourproof: ${file} ${code === undefined ? `is no JSON: ${(error as Error).message}` : `cannot be read: ${code}`}`,
    );
  }
  const { resultSchema } = await import('../../reports/result-schema.ts');
  const parsed = resultSchema.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CommandFailure(
      `fourproof: ${file} is no ${RESULT_SCHEMA}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    );
  }
  return data as Result;
}
