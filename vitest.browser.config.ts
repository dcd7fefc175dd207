import { defineConfig } from 'vitest/config';

// The report in a real browser: `npm run build -w web` comes first, Chromium must be installed.
export default defineConfig({
  test: {
    include: ['web/test/**/*.browser.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
