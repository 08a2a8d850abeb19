import { createHash, hash } from 'node:crypto';

/** SHA-256 in base64url: 43 characters. */
export function hashOf(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** Eight characters of [0-9A-Z] that stand for a text wherever its hash must fit into a number. Stable for good. */
export function shortHash(text: string): string {
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6);
  return number.toString(36).toUpperCase().padStart(10, '0').slice(-8);
}
