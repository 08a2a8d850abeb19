import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface SealingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly secret: Uint8Array;
}

/** The first key seals, all keys unseal: so a key can be replaced without losing what the old one sealed. */
export type SealingKeys = readonly [SealingKey, ...SealingKey[]];

/**
 * Reads keys from the environment's form: `id:base64,id:base64`, each 32 bytes.
 * @throws Error for operators; it names the key by its place or id and never shows it
 */
export function parseSealingKeys(text: string): SealingKeys {
  const keys = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one, index): SealingKey => {
      const at = one.indexOf(':');
      const id = one.slice(0, Math.max(at, 0));
      if (!/^[A-Za-z0-9._-]{1,32}$/.test(id))
        throw new Error(`Sealing key ${index + 1} has no id. Write it as id:base64, the id of letters and digits.`);
      const secret = Buffer.from(one.slice(at + 1), 'base64');
      if (secret.length !== 32)
        throw new Error(`Sealing key "${id}" has ${secret.length} bytes. Use 32 bytes in base64: openssl rand -base64 32.`);
      return { id, secret };
    });
  const twice = keys.find((key, index) => keys.findIndex((one) => one.id === key.id) !== index);
  if (twice !== undefined) throw new Error(`Two sealing keys have the id "${twice.id}". Give the new key another id.`);
  const [first, ...rest] = keys;
  if (first === undefined) throw new Error('There is no sealing key. Write at least one as id:base64.');
  return [first, ...rest];
}

/** A new key in the environment's form. */
export function newSealingKey(id: string): string {
  return `${id}:${randomBytes(32).toString('base64')}`;
}

const FORMAT = 1;
const IV = 12;
const TAG = 16;

/** AES-256-GCM under the first key. `place` names where it is stored: what was sealed for one place can't be opened for another. */
export function seal(keys: SealingKeys, place: string, text: string): { readonly sealed: Uint8Array; readonly keyId: string } {
  const [{ id, secret }] = keys;
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { sealed: Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), body]), keyId: id };
}

/** @throws Error if there is no key of that id, or the seal is broken; the error contains nothing of the content */
export function unseal(keys: SealingKeys, place: string, sealed: Uint8Array, keyId: string): string {
  const key = keys.find((one) => one.id === keyId);
  if (key === undefined)
    throw new Error(
      `The secret of ${place} is sealed with the key "${keyId}", which is missing. Add that key to LEDGERPOST_SEALING_KEYS.`,
    );
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== FORMAT || bytes.length < 1 + IV + TAG) throw new Error(`The secret of ${place} was not sealed by Ledgerpost.`);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.secret, bytes.subarray(1, 1 + IV))
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(1 + IV, 1 + IV + TAG));
    return Buffer.concat([decipher.update(bytes.subarray(1 + IV + TAG)), decipher.final()]).toString('utf8');
  } catch {
    throw new Error(
      `The seal of the secret of ${place} is broken: somebody changed it, or key "${keyId}" is a different key now.`,
    );
  }
}
