import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { contentSecurityPolicy } from './content-security-policy.ts';

export default defineConfig({
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), contentSecurityPolicy()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome111', 'firefox115', 'safari16.4'],
    modulePreload: false,
    reportCompressedSize: false,
  },
});
