import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { TargetWebhook, WebhookNotice } from '@ledgerpost/core';

/** What Intuit sends when books change: CloudEvents, and the older form that CloudEvents replace. */
export const qboWebhook: TargetWebhook = {
  name: 'quickbooks-online',
  isGenuine(secret, body, header) {
    const given = Buffer.from(header('intuit-signature') ?? '', 'base64');
    const due = createHmac('sha256', secret).update(body).digest();
    return given.length === due.length && timingSafeEqual(given, due);
  },
  read(body) {
    let notices: unknown;
    try {
      notices = JSON.parse(body);
    } catch {
      return undefined;
    }
    if (Array.isArray(notices)) return notices.flatMap(ofCloudEvent);
    const { eventNotifications } = (notices ?? {}) as { eventNotifications?: unknown };
    return Array.isArray(eventNotifications) ? eventNotifications.flatMap(ofNotification) : undefined;
  },
};

/** Our kinds of transactions as both forms name them, in lower case. */
const KINDS = new Set(['invoice', 'payment', 'creditmemo', 'journalentry']);

/** `qbo.invoice.updated.v1`. Only events of invoices were seen; other kinds are assumed to be spelled alike. */
function ofCloudEvent(event: unknown): readonly WebhookNotice[] {
  const { id, type, intuitaccountid: account } = (event ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || typeof type !== 'string' || typeof account !== 'string') return [];
  const kind = type.split('.')[1]?.replace(/[-_]/g, '').toLowerCase() ?? '';
  return KINDS.has(kind) ? [{ id: id.slice(0, 200), account }] : [];
}

/** The older form has no ids, so a notice is identified by a hash of its content. */
function ofNotification(notification: unknown): readonly WebhookNotice[] {
  const { realmId, dataChangeEvent } = (notification ?? {}) as Record<string, unknown>;
  const { entities } = (dataChangeEvent ?? {}) as { entities?: unknown };
  if (typeof realmId !== 'string' || !Array.isArray(entities)) return [];
  return (entities as readonly (Record<string, unknown> | null)[]).flatMap((entity) => {
    const { name, id, operation, lastUpdated } = entity ?? {};
    if (typeof name !== 'string' || !KINDS.has(name.toLowerCase())) return [];
    const what = JSON.stringify([realmId, name, id, operation, lastUpdated]);
    return [{ id: createHash('sha256').update(what).digest('base64url'), account: realmId }];
  });
}
