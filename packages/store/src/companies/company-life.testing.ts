import type { Candidate, CompanyFacts, Document, PostedFacts, SourceRecord } from '@ledgerpost/core';
import { v7 as uuidv7 } from 'uuid';
import type { Store } from '../database/open-store.ts';
import * as s from '../index.ts';
import { ACTOR, invoice, payment, testSettings } from '../test-store.ts';

/** What a company of an installation does once, at a target of its own access. Each part leaves rows in the tables that it uses. */
export interface CompanyLife {
  readonly store: Store;
  readonly company: CompanyFacts;
  readonly target: string;
  readonly connectionId: string;
  /** The batch whose documents are posted. */
  readonly batchId: string;
}

const AT = new Date('2026-11-20T10:00:00Z');
const LATER = new Date('2100-01-01T00:00:00Z');
const TARGET = 'qbo';
const grant = {
  ...{ sealed: new Uint8Array([1]), formerSealed: null, keyId: 'k' },
  ...{ accessExpiresAt: AT, refreshExpiresAt: AT, grantEndsAt: null, renewedAt: AT },
};

/** Names, records, access to books and a batch of two documents that are in them. */
export async function begin(store: Store, id: string): Promise<CompanyLife> {
  const company = { id, name: id, timeZone: 'America/Los_Angeles', currency: 'USD' };
  const scope = { companyId: id, target: TARGET, delivery: 'push', settings: testSettings(), currency: 'USD' } as const;
  await s.putCompany(store, company, ACTOR);
  await s.enableTarget(store, { ...scope, settings: testSettings() }, ACTOR);
  const { connectionId, settings, settingsVersion } = (await s.getCompanyTarget(store, id, TARGET))!;
  const access = { account: `realm-${id}`, environment: 'sandbox', connectedBy: ACTOR, grant };
  await s.storeConnection(store.sql, { id: connectionId, companyId: id, target: TARGET, ...access });
  const customer = { type: 'customer', id: 'c-1', accountingKey: 'Amy' } as const;
  const department: SourceRecord = { type: 'department', id: 'd-1', name: 'HVAC' };
  const records = [customer, department, invoice('i-1'), invoice('i-2'), payment('p-1', { 'i-1': '100.00' })];
  await s.putPrepared(store, company, s.prepareRecords([department]), ACTOR);
  await s.putRecords(store, company, records, ACTOR);
  const batchId = uuidv7();
  await store.sql.begin(async (sql) => {
    const start = { id: batchId, companyId: id, target: TARGET, name: 'first', acknowledged: [], startedBy: ACTOR };
    const refs = [
      { type: 'invoice', id: 'i-1' },
      { type: 'payment', id: 'p-1' },
    ] as const;
    const selection = { invoices: { choose: 'ids', ids: [refs[0]] }, payments: { choose: 'ids', ids: [refs[1]] } } as const;
    await s.insertBatch(sql, { ...start, selection, settings, settingsVersion, connectionId });
    const stages = [
      { id: 'invoices', name: 'Invoices', operations: ['invoice.insert'] },
      { id: 'payments', name: 'Payments', operations: ['payment.insert'] },
    ] as const;
    const selected = s.selectionSql(sql, id, TARGET, selection);
    const { plan } = await s.claimItems(sql, {
      ...{ batchId, companyId: id, target: TARGET },
      stages,
      selected,
      rehearsal: false,
    });
    await s.savePlan(sql, batchId, plan);
    const frozen = new s.FrozenItems();
    for (const [at, ref] of refs.entries())
      frozen.add({ seq: at + 1, document: documentOf(ref), facts: factsOf(ref), problems: [] });
    await s.freezeItems(sql, batchId, frozen);
    const range = { batchId, fromSeq: 1, toSeq: 2 };
    await s.judgeItems(
      sql,
      range,
      [1, 2].map((seq) => ({ seq, rejected: false, problems: [] })),
    );
    await s.storePayloads(
      sql,
      range,
      [1, 2].map((seq) => ({ seq, payload: '{}', payloadHash: `h${seq}`, key: `k${seq}` })),
    );
  });
  return { store, company, target: TARGET, connectionId, batchId };
}

function documentOf(ref: { type: 'invoice' | 'payment'; id: string }): Document {
  const head = { record: ref, number: ref.id, date: '2026-10-03', customer: { id: 'c-1', name: 'Amy' }, currency: 'USD' };
  const line = { item: { name: 'Work', account: 'Services' }, amount: 10_000 };
  return (
    ref.type === 'invoice'
      ? { ...head, kind: 'invoice', operation: 'invoice.insert', lines: [line], total: 10_000 }
      : { ...head, kind: 'payment', operation: 'payment.insert', amount: 10_000, applied: [{ invoiceId: 'i-1', amount: 10_000 }] }
  ) as never;
}

function factsOf({ type, id }: { type: string; id: string }): PostedFacts {
  const customer = { id: 'c-1', name: 'Amy' };
  const applied = type === 'payment' ? { applied: [{ invoiceId: 'i-1', amount: 10_000 }] } : {};
  return { kind: type, operation: `${type}.insert`, contentHash: '', amount: 10_000, number: id, customer, ...applied } as never;
}

/** Sends the batch, call by call, and reads it back. */
export async function send({ store, company, target, batchId }: CompanyLife): Promise<void> {
  const { sql } = store;
  const range = { batchId, fromSeq: 1, toSeq: 2 };
  await s.workBatch(sql, batchId);
  await s.countStates(sql, batchId);
  await s.expectedLedgerOf(sql, batchId);
  for (const to of ['validating', 'exporting'] as const) await sql.begin((sql) => s.moveBatch(sql, { batchId, to }));
  await sql.begin((sql) => s.moveOrAdvance(sql, { batchId, to: 'pushing' }, 1));
  await sql.begin((sql) => s.moveOrAdvance(sql, { batchId, to: 'pushing' }, 1));
  await s.showWait(sql, batchId, { until: LATER.toISOString(), reason: { code: 'target-throttled', message: 'Wait.' } });
  await s.advance(sql, batchId, 1);
  await s.announce(sql, batchId);
  await s.showWait(sql, batchId, { until: AT.toISOString(), reason: { code: 'target-busy', message: 'Wait.' } });
  const items = await sql.begin((sql) => s.exportedIn(sql, range, 10));
  for (const [at, item] of items.entries()) {
    const requestId = uuidv7();
    await sql.begin((sql) => s.storeCall(sql, batchId, at, { requestId, attempt: 1, items: [item], references: {} } as never));
    await s.hasExported(sql, range);
    await s.unsettledCalls(sql, range);
    const { fence } = await s.workBatch(sql, batchId);
    const attempt = (await s.beginAttempt(store, { batchId, requestId, fence })) as Exclude<
      Awaited<ReturnType<typeof s.beginAttempt>>,
      string
    >;
    await s.beginWrite(sql, attempt, fence);
    await s.endAttempt(sql, attempt, { outcome: 'answered', traces: [], open: false });
    await s.settleCall(sql, requestId);
    const receipt = { externalId: `${company.id}-${at}`, externalVersion: '0', total: 10_000 as never };
    await sql.begin((sql) => s.postItems(sql, { ...range, fromSeq: item.seq, toSeq: item.seq }, [{ seq: item.seq, receipt }]));
  }
  await s.hasItemsIn(sql, range, ['posted']);
  await s.relatedTo(
    sql,
    { companyId: company.id, target },
    [documentOf({ type: 'invoice', id: 'i-1' }), documentOf({ type: 'payment', id: 'p-1' })].map((document, seq) => ({
      seq,
      document,
    })),
  );
  const moved = [{ kind: 'invoice', externalId: `${company.id}-0`, externalVersion: '1' }];
  await s.saveMoved(sql, { companyId: company.id, target }, moved as never);
  await sql.begin((sql) => s.moveBatch(sql, { batchId, to: 'recording' }));
  await sql.begin(async (sql) => {
    const held = await s.holdBatch(sql, batchId);
    await s.moveHeld(sql, held, { batchId, to: 'posted', also: sql`fence = fence + 1` });
  });
  await s.listItems(store, { batchId, limit: 10 });
  await sql.begin((sql) => s.beginVerification(sql, { companyId: company.id, batchId, actor: ACTOR }));
  await s.unhandedVerifications(sql, 50);
  await s.lostVerification(sql, { batchId, run: 1 });
  await s.endVerification(sql, { batchId, run: 1 });
  await s.hasStandingPostings(sql, company.id, target);
  await s.claimBooks(sql, { companyId: company.id, target, account: 'other' });
  await s.postedInvoicesOf(sql, { companyId: company.id, target }, ['i-1']);
  await s.withDependents(sql, company.id, [{ type: 'invoice', id: 'i-1' }]);
  await s.proposeName(sql, company.id, target, '2026-11-20');
  await s.editSettings(store, { companyId: company.id, target, edit: (settings) => settings }, ACTOR);
  await s.settingsOfBatches(sql, (await s.getCompanyTarget(store, company.id, target))!.connectionId, [['accounts', 'refund']]);
}

/** What a person changed in the books, and what was decided about it. Last, the batch is to be undone, and loses its workflow. */
export async function drift({ store, company, target, connectionId, batchId }: CompanyLife): Promise<void> {
  const { sql } = store;
  const place = { companyId: company.id, target };
  await s.requestDriftCheck(sql, { ...place, connectionId, by: 'request' });
  await s.requestedDriftChecks(sql, 60, 50);
  await s.requestDueDriftChecks(sql, { target, everyMinutes: 60, except: ['none'] }, 100);
  await sql.begin((sql) => s.beginDriftCheck(sql, { ...place, by: 'request', id: 'check-1' }));
  await s.workDriftCheck(sql, company.id, target);
  await s.getDriftCheck(sql, company.id, target);
  const documents = await s.standingOfKinds(sql, place, ['invoice', 'payment'], undefined, 500);
  const seen = documents.map((one) => ({
    ...{ postingId: one.postingId, batchId: one.batchId, seq: one.seq, number: '', decided: false, lastDrift: one.lastDrift },
    ...{
      record: one.document.record,
      externalVersion: one.externalVersion,
      status: 'missing',
      problem: { code: 'changed-there' },
    },
  }));
  await sql.begin((sql) => s.saveDrifts(sql, { ...place, by: 'request' }, seen as never));
  await s.endDriftCheck(sql, { ...place, looked: 2, found: 2, postponed: 0 });
  await s.decidedAsDeleted(
    sql,
    documents.map(({ postingId }) => postingId),
  );
  await s.newNotices(sql, target, [uuidv7(), uuidv7()]);
  for (const { id } of (await s.listDrifts(store, { companyId: company.id, limit: 50 })).rows) {
    await s.getDrift(sql, company.id, id);
    const found = (await s.driftToDecide(sql, company.id, id))!;
    await s.postedRefundOf(sql, found);
    if (found.record.type === 'invoice') await sql.begin((sql) => s.dropDeleted(sql, found));
  }
  await sql.begin((sql) => s.beginUndo(sql, { companyId: company.id, batchId, actor: ACTOR }));
  await s.handedOver(sql, batchId);
  const order = { batchId, state: 'undoing', undoCount: 1, workflow: 'undo' } as const;
  await sql.begin((sql) => s.lostWorkflow(sql, order));
  await s.unhanded(sql, 50);
  await s.unhandedBatch(sql, batchId);
  await sql.begin((sql) => s.lockUnhanded(sql, batchId));
  await sql.begin((sql) => s.markDeposited(sql, batchId, [1, 2]));
  const ref = { type: 'invoice', id: 'i-2' } as const;
  const mark = { companyId: company.id, target, ref, facts: factsOf(ref), reason: 'there', actor: ACTOR };
  await sql.begin((sql) => s.markPosted(sql, mark));
}

/** People with their invitations, sessions and keys; what they are told; schedules. */
export async function people({ store, company, target, connectionId, batchId }: CompanyLife): Promise<void> {
  const { sql } = store;
  const companyId = company.id;
  const access = [{ companyId, roles: ['admin', 'viewer'] }] as const;
  const joined: string[] = [];
  for (const n of [1, 2, 3]) {
    const { token } = await s.createInvitation(store, { kind: 'invitation', companyId, name: `P ${n}`, access } as never, ACTOR);
    joined.push(await s.acceptInvitation(store, token, { by: 'account', issuer: 'idp', subject: `${companyId}-${n}` }));
  }
  const [personId, other, third] = joined as [string, string, string];
  await s.startSession(store, { personId: other });
  const token = await s.startSession(store, { personId });
  await s.findSession(store, token);
  await s.listSessions(store, { personId }, token);
  await s.findPerson(store, personId);
  await s.listPeople(store, companyId);
  const change = { personId: other, companyId, actor: ACTOR };
  await s.changeRoles(store, { ...change, roles: ['viewer'], mayAdd: true });
  const key = await s.createKey(store, { companyId, name: 'a key', roles: ['admin'], ownerId: personId }, ACTOR);
  await s.personBehind(sql, `key:${key.id}`);
  await s.findKey(store, key.secret);
  await s.listKeys(store, companyId);
  await s.createInvitation(store, { kind: 'invitation', companyId, name: 'P 3', access } as never, ACTOR);
  await s.listInvitations(store, companyId);
  await s.setUpToken(store);
  await s.hasPasswords(store);
  const state = { companyId, target, connectionId, keyId: null, personId, actor: ACTOR };
  for (const n of [1, 2]) await s.storeState(sql, `state-${companyId}-${n}`, state, LATER, AT);
  await s.peekState(sql, `state-${companyId}-1`, AT);
  await s.takeState(sql, `state-${companyId}-1`, AT);
  const offer = { ...state, sealed: new Uint8Array([1]), sealedWith: 'k' };
  for (const n of [1, 2]) await s.storeOffer(sql, `state-${companyId}-${n}`, offer, LATER, AT);
  await s.takeOffer(sql, `state-${companyId}-1`, AT);

  const address = { shown: 'a@b.example', sealed: new Uint8Array([1]), keyId: 'k' };
  const setting = { companyId, person: `person:${personId}`, channel: 'mail', matters: ['batch-held'], digest: 'off' };
  await s.putNoticeSetting(sql, { ...setting, address, actor: ACTOR } as never);
  for (const subject of [`${batchId}/1`, `${batchId}/2`])
    await s.writeNotice(sql, { companyId, matter: 'batch-held', subject, facts: {}, page: 'batches' });
  const [own] = await s.noticeSettingsOf(sql, companyId, setting.person);
  await s.writeOwnNotice(sql, companyId, own!.id, 'test');
  const [due] = (await s.dueNotices(sql, 100_000)).filter((one) => one.companyId === companyId);
  await s.takeNotice(store, due!.sendId);
  await s.recordNotice(store, due!.sendId, { outcome: 'sent' });
  await s.dueNotices(sql, 50);
  await s.handedOverNotices(sql, 60, 50);
  await s.recentNotices(sql, companyId, setting.person, 50);
  await s.noticeAddressesSealedByOthers(sql, 'another');

  const place = { companyId, target };
  const schedule = { days: ['mon'], times: ['06:00'], send: 'everything', acknowledge: [] } as never;
  await s.putSchedule(store, { ...place, schedule, actor: ACTOR });
  await s.pauseSchedule(store, { ...place, actor: ACTOR });
  await s.resumeSchedule(store, { ...place, actor: ACTOR });
  await s.getSchedule(sql, place);
  await s.listSchedules(sql, companyId);
  await s.scheduleToKeep(sql, place);
  await s.schedulesToKeep(sql, 60, 50);
  await s.schedulesBehind(sql);
  const run = { due: AT, askedBy: null, outcome: 'refused', code: 'batch-open', message: 'No.', batchId: null } as const;
  await s.recordRun(sql, { ...place, ...run });
  await s.findRun(sql, { ...place, due: AT });
  await s.listRuns(sql, { ...place, limit: 50 });
  await s.scheduleCounts(sql);

  await s.removeScheduleOf(store, { ...place, actor: ACTOR });
  await s.joinPeople(store, { into: personId, other, actor: ACTOR });
  await s.removePerson(store, { personId: third, companyId, actor: ACTOR, keys: 'end' });
  await s.endLinksFromElsewhere(sql, personId);
}

/** Who is who, an import with its undo, permits and counted reads. */
export async function names({ store, company, target, connectionId, batchId }: CompanyLife): Promise<void> {
  const { sql } = store;
  const scope = { companyId: company.id, target, connectionId };
  const books = await s.booksOf(sql, scope);
  const there: Candidate[] = [1, 2, 3].map((n) => ({ externalId: `${n}`, name: `There ${n}`, active: true }));
  for (const kind of ['customer', 'item'] as const) {
    await s.keepBookNames(sql, books, kind, there, AT);
    await s.bookNamesOf(sql, books, kind, ['1', '2']);
    await s.dropBookNames(sql, books, kind, ['3'], AT);
    const intent = { key: 'c-2', wish: 'create', name: 'Bob', folded: 'bob', requestKey: `${company.id}-${kind}` } as const;
    await sql.begin((sql) => s.intend(sql, books, kind, batchId, [intent], ACTOR));
    await s.dropIntents(sql, books, kind, ['c-3']);
    await s.endIntents(sql, books, kind, ['c-4'], ACTOR);
    const link = { key: 'c-1', externalId: '1', name: 'Amy', shared: false, how: 'posted' } as const;
    await sql.begin((sql) => s.makeLinks(sql, books, kind, [link], { actor: ACTOR, batchId }));
    await s.ourNames(sql, books, kind, testSettings());
    await s.matchingRow(sql, { ...scope, kind, key: 'c-1' });
  }
  const merge = { kind: 'customer', from: '2', to: '1', name: 'There 1', at: AT.toISOString() };
  await s.keepMergesSeen(sql, books, [merge] as never);
  await s.customersCalled(sql, company.id, new Set(['amy']));
  await s.namesFound(sql, company.id, target, 100);
  await s.listDepartments(store, company.id);
  await s.getRecord(store, company.id, { type: 'invoice', id: 'i-1' });

  const { id: importId } = await s.createImport(store, { companyId: company.id, actor: ACTOR });
  await s.addImportFile(store, importId, 'a.csv', chunks());
  await sql.begin((sql) => s.beginImportWork(sql, { companyId: company.id, importId, work: 'check', actor: ACTOR }));
  await s.endImportWork(sql, { importId, run: 1 }, { state: 'checked' });
  await sql.begin((sql) => s.beginImportWork(sql, { companyId: company.id, importId, work: 'apply', actor: ACTOR }));
  const since = await s.newestRevision(sql, company.id);
  const made = [invoice('n-1', { number: 'N-i-2' }), payment('n-2', {}, { amount: '77.00' })];
  const records = s.prepareRecords(made).map((one) => ({ ...one, way: 'a file', sourceHash: 's', mappingHash: 'm' }));
  const progress = { phase: 'write', done: 0, of: 2, began: AT.toISOString(), at: AT.toISOString() } as const;
  await s.putImported(store, company, { importId, run: 2, since, records, progress });
  await s.sameNumber(sql, company.id, 'a file', made);
  await s.sameAmount(sql, company.id, { not: 'a file' }, made);
  await s.storedNames(sql, company.id, made);
  await sql.begin((sql) => s.wakeTwins(sql, company, made));
  await s.storedInCover(store, company.id, { type: 'invoice', choice: 'leave' }, ['a file']).next();
  await s.decideKeys(store, company.id, [{ type: 'customer', key: 'x', answer: 'another', recordId: 'c-1' }], ACTOR);
  await s.endImportWork(sql, { importId, run: 2 }, { state: 'applied' });
  await s.needUndoable(sql, importId);
  await sql.begin((sql) => s.beginImportWork(sql, { companyId: company.id, importId, work: 'undo', actor: ACTOR }));
  await s.unhandedImports(sql, 50);
  await s.handedOverImports(sql, 60, 50);
  await s.undoneBefore(sql, importId);
  let after: s.UndoPlace | undefined;
  do ({ after } = await s.undoImported(store, company, { importId, run: 3, after, progress }));
  while (after !== undefined);
  await s.endImportWork(sql, { importId, run: 3 }, { state: 'undone' });
  await s.forgetImports(sql, 0);

  for (const n of [1, 2, 3]) await s.takePermit(sql, connectionId, `writes-${n}`, { perMinute: 5 });
  await s.permitWait(sql, connectionId, 'writes-1', { perMinute: 5 });
  await s.pauseConnection(sql, connectionId, 10);
  for (const bucket of ['writes', 'reads'])
    await s.takeFromDay({ sql }, { scope: connectionId, bucket }, { perMinute: 5, perDay: 9 });
  await s.usedUp(sql, { scope: connectionId, bucket: 'writes' }, { perMinute: 5, perMonth: 9 });
  const quota = { target, environment: 'sandbox', quota: 'reads' };
  await s.countQuota(sql, { ...quota, connectionId, units: 3 });
  await s.refuseQuota(sql, quota, ['writes']);
  await s.quotaUse(sql);
  await s.quotaSums(sql);
}

async function* chunks(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('a,b\n1,2\n');
}

/** Lists and sweeps over all companies. */
export async function everywhere({ store, company, target, connectionId, batchId }: CompanyLife): Promise<void> {
  const { sql } = store;
  await s.listPeople(store, null);
  await s.listKeys(store, null);
  await s.listInvitations(store, null);
  await s.listJournal(store, { companyId: null, limit: 50 });
  await s.listCompanies(store, { limit: 500 });
  await s.claimCheck(sql, { targets: [target], mostMs: 2_000 });
  await s.companiesAtAGlance(sql, { only: null, limit: 500, weeks: 13 });
  await s.homeNumbers(sql, [company.id], 13);
  await s.storeChart(sql, connectionId, { identity: {}, chart: {}, accountIds: {} } as never);
  await s.unrenewedSince(sql, LATER, 50);
  await s.endingWithin(sql, AT, 30);
  await s.sealedByOthers(sql, 'another', 50);
  await s.secretsSealedByOthers(sql, 'another', 50);
  await s.settingsAt(sql, target);
  await s.connectionsTo(sql, target, [`realm-${company.id}`, 'realm-nowhere']);
  await s.connectionToBooks(sql, { target, environment: 'sandbox', account: 'realm-nowhere', except: connectionId });
  await s.batchesWithOrders(sql, true);
  await s.handedOverBatches(sql, 60, 50);
  await s.handedOverVerifications(sql, 60, 50);
  await s.batchesInDoubt(sql, company.id, target);
  await s.reportPresent(sql, { id: company.id, targets: [target], engine: true, build: null, host: 'here' });
  await s.presentWorkers(sql);
  await s.forgetQuotaDays(sql, { target, environment: 'sandbox', quota: 'reads' });
  await s.stripSettings(sql, connectionId, [['none']]);
  const files = s.fileStore(store, batchId);
  const file = files.sink.open({ name: 'a.xlsx', mediaType: 'text/plain', download: true });
  await file.write(new Uint8Array([1]));
  await file.close({ rows: 1, documents: 1 });
  await sql.begin((sql) => files.seal(sql));
  await s.dropUnsealed(sql, batchId);
  await s.listFiles(sql, batchId);
  await s.readFile(store, batchId, 1).next();
}
