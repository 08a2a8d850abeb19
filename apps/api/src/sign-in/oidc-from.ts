import { z } from 'zod';
import { CALLBACK_PATH, type OidcSettings } from './oidc.ts';

const environment = z.object({
  LEDGERPOST_OIDC_ISSUER: z
    .url('Set LEDGERPOST_OIDC_ISSUER to the issuer’s address, as in https://accounts.google.com')
    .optional(),
  LEDGERPOST_OIDC_CLIENT_ID: z.string().min(1).optional(),
  LEDGERPOST_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  LEDGERPOST_OIDC_NAME: z.string().min(1).max(60).optional(),
  LEDGERPOST_OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/, 'LEDGERPOST_OIDC_SCOPE must contain openid')
    .default('openid profile email'),
});

/** The provider that the environment names; undefined if it names none. Throws where only a part is set. */
export function oidcFrom(env: NodeJS.ProcessEnv, publicUrl: string): OidcSettings | undefined {
  const set = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name.startsWith('LEDGERPOST_OIDC_') && value !== ''),
  );
  const read = environment.safeParse(set);
  if (!read.success) throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  const { LEDGERPOST_OIDC_ISSUER: issuer, LEDGERPOST_OIDC_CLIENT_ID: clientId, ...more } = read.data;
  if (issuer === undefined && clientId === undefined) return undefined;
  if (issuer === undefined || clientId === undefined) {
    throw new Error('Set both LEDGERPOST_OIDC_ISSUER and LEDGERPOST_OIDC_CLIENT_ID, or neither.');
  }
  return {
    issuer,
    clientId,
    clientSecret: more.LEDGERPOST_OIDC_CLIENT_SECRET,
    name: more.LEDGERPOST_OIDC_NAME ?? new URL(issuer).hostname,
    scope: more.LEDGERPOST_OIDC_SCOPE,
    redirectUri: `${publicUrl}${CALLBACK_PATH}`,
  };
}
