import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const PLACE = '<!-- content-security-policy -->';

/** Lets the finished page run its own script and style, known by their hashes, and nothing else: no request, no other script. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    enforce: 'post',
    apply: 'build',
    generateBundle: {
      // After everything else has been put into the page: the hashes are over what stands there.
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || typeof file.source !== 'string') continue;
          const html = file.source;
          file.source = html.replace(PLACE, () => policyFor(html));
        }
      },
    },
  };
}

function policyFor(html: string): string {
  const scripts = hashes(html, /<script type="module"[^>]*>([\s\S]*?)<\/script>/g);
  const styles = hashes(html, /<style[^>]*>([\s\S]*?)<\/style>/g);
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" />`;
}

function hashes(html: string, elements: RegExp): string {
  const found = [...html.matchAll(elements)].map(([, text = '']) => {
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  });
  return found.length === 0 ? "'none'" : found.join(' ');
}
