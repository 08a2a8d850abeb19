import type { ReferenceNeed } from '@ledgerpost/core';
import type { StoredName } from '@ledgerpost/store';

/** The ids of needs among a batch's names, by `kind/key`; by `kind/name` too where one id alone has the name, for payloads of before keys. */
export function idsOf(needs: readonly ReferenceNeed[], known: readonly StoredName[]): Record<string, string> {
  const byKey = new Map<string, string>();
  const byName = new Map<string, string>();
  const keyless = new Map<string, string>();
  for (const { kind, key, name, externalId } of known) {
    if (externalId === null) continue;
    const at = `${kind}/${name}`;
    if (key === '') keyless.set(at, externalId);
    else byKey.set(`${kind}/${key}`, externalId);
    // Two customers of one name: only the key tells them apart.
    byName.set(at, byName.has(at) && byName.get(at) !== externalId ? '' : externalId);
  }
  const ids: Record<string, string> = {};
  for (const { kind, key, name } of needs) {
    const at = `${kind}/${name}`;
    const id = key === undefined ? byName.get(at) : (byKey.get(`${kind}/${key}`) ?? keyless.get(at));
    if (id !== undefined && id !== '') ids[`${kind}/${key ?? name}`] = id;
  }
  for (const { kind, name } of needs) {
    const at = `${kind}/${name}`;
    const id = byName.get(at);
    if (id !== undefined && id !== '') ids[at] ??= id;
  }
  return ids;
}
