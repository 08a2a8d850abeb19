import { timingSafeEqual } from 'node:crypto';
import { hashOf, SESSION_HOURS } from '@ledgerpost/store';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Over HTTPS the browser itself ensures that no other host and no other path sets it. */
export const SESSION_COOKIE = 'ledgerpost_session';
const SECURE_COOKIE = `__Host-${SESSION_COOKIE}`;

/** What the cookie of the request holds, if it has one. */
export function sessionToken(request: FastifyRequest): string | undefined {
  const token = request.cookies[SECURE_COOKIE] ?? request.cookies[SESSION_COOKIE];
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
}

/** @param publicUrl where people reach the API */
export function setSessionCookie(reply: FastifyReply, token: string, publicUrl: string | undefined): void {
  const { name, options } = cookieFor(publicUrl);
  reply.setCookie(name, token, { ...options, maxAge: SESSION_HOURS * 3_600 });
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string | undefined): void {
  const { name, options } = cookieFor(publicUrl);
  reply.clearCookie(name, options);
}

/** A token that a page of ours can read and another site's can't. It derives from the cookie, and the cookie can't be computed from it. */
export function csrfTokenOf(token: string): string {
  return hashOf(`csrf ${token}`);
}

export function hasCsrfToken(request: FastifyRequest, token: string): boolean {
  const sent = request.headers['x-csrf-token'];
  const wanted = Buffer.from(csrfTokenOf(token));
  const given = Buffer.from(typeof sent === 'string' ? sent : '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function cookieFor(publicUrl: string | undefined) {
  const secure = publicUrl?.startsWith('https:') ?? false;
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  return { name: secure ? SECURE_COOKIE : SESSION_COOKIE, options };
}
