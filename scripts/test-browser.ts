// The HTML report in a real browser: builds the page, then opens it in Chromium ($CHROMIUM, or /usr/bin/chromium).
import { countLine, runVitest } from './lib/run-vitest.ts';
import { run } from './lib/run.ts';

const built = run('tsx', ['scripts/build.ts', '--web', '--quiet']);
if (built.status !== 0) {
  console.log(built.output);
  process.exitCode = 1;
} else {
  const { status, output, count } = runVitest(['--config', 'vitest.browser.config.ts']);
  console.log(output.trim());
  console.log(countLine(count));
  process.exitCode = status;
}
