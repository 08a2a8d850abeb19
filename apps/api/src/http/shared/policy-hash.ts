import { createHash } from 'node:crypto';

/** How a Content-Security-Policy names a script or style inside a page: by the SHA-256 of its text. */
export function policyHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
