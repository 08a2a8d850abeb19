import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cookieFor } from '../http/session-cookie.ts';

const SIGN_IN_COOKIE = 'ledgerpost_sign_in';
/** How long a person may take at the provider, in seconds. */
const SECONDS = 600;

const begun = z.object({
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(1),
  /** The token of the invitation that is accepted by it. */
  invitation: z.string().optional(),
  /** The page of the console where the person wanted to be. */
  returnTo: z.string().optional(),
});

/** A sign-in that this browser began at the provider. Nobody else can finish it. */
export type BegunSignIn = z.output<typeof begun>;

/** Lax, so that the cookie comes along when the provider leads back. */
export function setSignInCookie(reply: FastifyReply, signIn: BegunSignIn, publicUrl: string | undefined): void {
  const { name, options } = cookieFor(SIGN_IN_COOKIE, publicUrl);
  const value = Buffer.from(JSON.stringify(signIn)).toString('base64url');
  reply.setCookie(name, value, { ...options, sameSite: 'lax', maxAge: SECONDS });
}

/** The sign-in that this browser began, once. */
export function takeSignInCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | undefined,
): BegunSignIn | undefined {
  const { name, options } = cookieFor(SIGN_IN_COOKIE, publicUrl);
  const value = request.cookies[name];
  reply.clearCookie(name, { ...options, sameSite: 'lax' });
  if (value === undefined) return undefined;
  try {
    return begun.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
