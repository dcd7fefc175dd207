/** What one runner found. */
export interface Report {
  readonly title: string;
  readonly facts: readonly string[];
  readonly details: readonly string[];
  readonly ok: boolean;
}

/** Prints a report and ends with 1 where something is not as we hold it. */
export function report({ title, facts, details, ok }: Report): void {
  console.log(title);
  for (const fact of facts) console.log(`  ${fact}`);
  for (const detail of details) console.log(`    ${detail}`);
  console.log(ok ? '  as expected' : '  NOT AS EXPECTED');
  if (!ok) process.exitCode = 1;
}

/** The only argument of a runner. */
export function argument(what: string): string {
  const [value] = process.argv.slice(2);
  if (value !== undefined) return value;
  console.error(`name ${what}`);
  process.exit(2);
}

/** Median, 95th percentile, greatest and sum of times in milliseconds, with processor time and the peak of memory. */
export function statistics(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2);
  const sum = times.reduce((total, time) => total + time, 0);
  const { user, system } = process.cpuUsage();
  const memory = process.resourceUsage().maxRSS / 1024;
  return `${(sum / 1000).toFixed(2)} s in sum, median ${at(0.5)} ms, p95 ${at(0.95)} ms, at most ${at(1)} ms; ${((user + system) / 1e6).toFixed(2)} s of processor time in all; peak memory ${memory.toFixed(0)} MB`;
}
