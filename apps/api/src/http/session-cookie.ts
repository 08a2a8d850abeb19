import { timingSafeEqual } from 'node:crypto';
import { hashOf, SESSION_HOURS } from '@ledgerpost/store';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const SESSION_COOKIE = 'ledgerpost_session';
/** Holds the state of the request to connect books that this browser confirmed. */
const CONNECT_COOKIE = 'ledgerpost_connect';
/** As long as an authorize address works, in seconds. */
const CONNECT_SECONDS = 600;

/** The session's token in the request's cookie, if it has one. */
export function sessionToken(request: FastifyRequest, publicUrl: string | undefined): string | undefined {
  const token = request.cookies[cookieFor(SESSION_COOKIE, publicUrl).name];
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
}

/** @param publicUrl the address at which people reach the API */
export function setSessionCookie(reply: FastifyReply, token: string, publicUrl: string | undefined): void {
  const { name, options } = cookieFor(SESSION_COOKIE, publicUrl);
  reply.setCookie(name, token, { ...options, maxAge: SESSION_HOURS * 3_600 });
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string | undefined): void {
  const { name, options } = cookieFor(SESSION_COOKIE, publicUrl);
  reply.clearCookie(name, options);
}

/** A token that a page of ours can read and another site's can't. It derives from the cookie, and the cookie can't be computed from it. */
export function csrfTokenOf(token: string): string {
  return hashOf(`csrf ${token}`);
}

export function hasCsrfToken(sent: unknown, token: string): boolean {
  return isSame(sent, csrfTokenOf(token));
}

/** Binds a request to connect books to this browser. Lax, so that the cookie comes along when the target's pages lead back. */
export function setConnectCookie(reply: FastifyReply, state: string, publicUrl: string | undefined): void {
  const { name, options } = cookieFor(CONNECT_COOKIE, publicUrl);
  reply.setCookie(name, state, { ...options, sameSite: 'lax', maxAge: CONNECT_SECONDS });
}

export function clearConnectCookie(reply: FastifyReply, publicUrl: string | undefined): void {
  const { name, options } = cookieFor(CONNECT_COOKIE, publicUrl);
  reply.clearCookie(name, { ...options, sameSite: 'lax' });
}

/** Whether this browser confirmed the request with that state. */
export function hasConnectCookie(request: FastifyRequest, state: string | undefined, publicUrl: string | undefined): boolean {
  const held = request.cookies[cookieFor(CONNECT_COOKIE, publicUrl).name];
  return held !== undefined && held !== '' && isSame(state, held);
}

function isSame(sent: unknown, wanted: string): boolean {
  const [given, right] = [Buffer.from(typeof sent === 'string' ? sent : ''), Buffer.from(wanted)];
  return given.length === right.length && timingSafeEqual(given, right);
}

/**
 * Over HTTPS only a cookie with the prefix counts: the browser itself ensures that no other host, and no page without
 * encryption, set it.
 */
export function cookieFor(base: string, publicUrl: string | undefined) {
  const secure = publicUrl?.startsWith('https:') ?? false;
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  return { name: secure ? `__Host-${base}` : base, options };
}
