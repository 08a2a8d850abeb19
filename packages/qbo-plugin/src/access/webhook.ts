import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { TargetWebhook, WebhookNotice } from '@ledgerpost/core';

/** What Intuit sends when books change: CloudEvents, and the older form that they replace. */
export const qboWebhook: TargetWebhook = {
  name: 'quickbooks-online',
  isGenuine(secret, body, header) {
    const given = Buffer.from(header('intuit-signature') ?? '', 'base64');
    const due = createHmac('sha256', secret).update(body).digest();
    return given.length === due.length && timingSafeEqual(given, due);
  },
  read(body) {
    let told: unknown;
    try {
      told = JSON.parse(body);
    } catch {
      return undefined;
    }
    if (Array.isArray(told)) return told.flatMap(ofCloudEvent);
    const { eventNotifications } = (told ?? {}) as { eventNotifications?: unknown };
    return Array.isArray(eventNotifications) ? eventNotifications.flatMap(ofNotification) : undefined;
  },
};

/** As both forms name the kinds of ours, without case. */
const KINDS = new Set(['invoice', 'payment', 'creditmemo', 'journalentry']);

/** `qbo.invoice.updated.v1`: names of other kinds than invoices were not seen, and are taken to be spelled alike. */
function ofCloudEvent(event: unknown): readonly WebhookNotice[] {
  const { id, type, intuitaccountid: account } = (event ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || typeof type !== 'string' || typeof account !== 'string') return [];
  const kind = type.split('.')[1]?.replace(/[-_]/g, '').toLowerCase() ?? '';
  return KINDS.has(kind) ? [{ id: id.slice(0, 200), account }] : [];
}

/** The older form has no ids: what it says is what it is known by. */
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
