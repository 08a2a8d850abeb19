import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Created once, and readable for its owner alone. The demo, the command line and the next start read it. */
export async function keepSecret(dataDir: string, name: string, make: () => string): Promise<string> {
  const file = join(dataDir, name);
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known) return known.trim();
  const secret = make();
  await writeFile(`${file}.draft`, `${secret}\n`, { mode: 0o600 });
  await rename(`${file}.draft`, file);
  return secret;
}

export const newAdminKey = () => `lp_${randomBytes(6).toString('hex')}_${randomBytes(24).toString('hex')}`;
export const newSealingKeys = () => `local:${randomBytes(32).toString('base64')}`;
