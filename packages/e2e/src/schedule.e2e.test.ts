import { qboSimulatorClient } from '@ledgerpost/devstack';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConsoleRig,
  CUSTOMERS,
  invoice,
  NO_BROWSER,
  payment,
  SAASANT,
  startConsole,
  usable,
  WHY_SKIPPED,
} from './console.testing.ts';
import { newConnectedCompany, untilState } from './system.ts';

let rig: ConsoleRig;
let connection: Connection;

describe.skipIf(NO_BROWSER)(`schedules in Chromium${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    rig = await startConsole();
    connection = await Connection.connect({ address: rig.system.temporalAddress });
  });
  afterAll(async () => {
    await connection?.close();
    await rig?.stop();
  });

  /** Lets Temporal start it now, as it does when it is due. */
  async function due(company: string, target: string): Promise<void> {
    await new Client({ connection, namespace: rig.system.temporalNamespace }).schedule
      .getHandle(`scheduled-batch:${company}:${target}`)
      .trigger();
  }

  it('an admin sets one up, sees that there was nothing to send, and then the batch that it started', async () => {
    const co = await rig.company('evening');
    await co.target('saasant', SAASANT);
    const { page, context, complaints } = await rig.enter('evening', ['admin'], '/c/evening/books');
    await page.getByRole('button', { name: /SaasAnt.*: Schedule/ }).click();
    await page.getByRole('button', { name: 'Set up a schedule' }).click();
    await page.getByRole('checkbox', { name: 'Friday' }).uncheck();
    await page.getByRole('button', { name: 'Add a time' }).click();
    await page.getByLabel('Time 2', { exact: true }).fill('12:30');
    await usable(page, 'schedule-form');
    await page.getByRole('button', { name: 'Save schedule' }).click();
    await page.getByRole('heading', { name: 'Mondays, Tuesdays, Wednesdays and Thursdays at 12:30 PM and 6:00 PM' }).waitFor();
    await page.getByRole('button', { name: 'Edit schedule' }).click();
    await page.getByRole('checkbox', { name: 'Friday' }).check();
    await page.getByRole('button', { name: 'Remove time 1' }).click();
    await page.getByRole('button', { name: 'Save schedule' }).click();
    await page.getByRole('heading', { name: 'Every weekday at 6:00 PM' }).waitFor();
    await page
      .getByText(/, 6:00 PM/)
      .first()
      .waitFor();

    await due('evening', 'saasant');
    await page.getByText('Nothing to send').waitFor();
    await co.records([...CUSTOMERS, invoice('i-1', '189.00'), payment('p-1', 'i-1', '189.00')]);
    await due('evening', 'saasant');
    await page.getByText('Batch started').waitFor();
    await usable(page, 'schedule');
    await page.getByRole('table', { name: 'Runs' }).getByRole('link').click();
    await page.getByText('Files ready', { exact: true }).first().waitFor();
    await page.getByText(/ by schedule$/).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a batch on hold stops the next run, which is shown there and at home', async () => {
    const realm = await newConnectedCompany(rig.system, 'stopped', { company: { classes: ['HVAC'] } });
    const co = rig.companyOf('stopped');
    await co.call('PUT', '/targets/qbo/schedule', { days: ['monday'], times: ['18:00'] });
    await co.records([...CUSTOMERS, invoice('i-1', '189.00')]);
    await qboSimulatorClient(rig.system.simulator!.url).control('POST', `/companies/${realm}/revoke`);
    const { batch } = await co.call<{ batch: { id: string } }>('POST', '/targets/qbo/schedule/runs');
    await untilState(rig.system, 'stopped', batch.id, ['held']);
    await co.records([invoice('i-2', '20.00')]);

    const { page, context, complaints } = await rig.enter('stopped', ['poster'], '/c/stopped/books/qbo/schedule');
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('alert').getByText('is on hold:').waitFor();
    await usable(page, 'schedule-stopped');
    await page.goto('/c/stopped');
    const stopped = page.getByRole('region', { name: 'Scheduled batches that did not start' });
    await stopped.getByText('is on hold:').waitFor();
    await usable(page, 'home-schedule-stopped');
    await stopped.getByRole('link', { name: 'Open the batch' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await untilState(rig.system, 'stopped', batch.id, ['canceled']);
    await page.getByRole('link', { name: 'Home' }).click();
    await stopped.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a poster pauses and resumes it, a viewer only looks, and an admin removes it', async () => {
    const co = await rig.company('roles');
    await co.target('saasant', SAASANT);
    await co.call('PUT', '/targets/saasant/schedule', { days: ['monday'], times: ['18:00'] });
    const path = '/c/roles/books/saasant/schedule';
    const viewer = await rig.enter('roles', ['viewer'], path);
    await viewer.page.getByRole('heading', { name: 'Mondays at 6:00 PM' }).waitFor();
    expect(await viewer.page.getByRole('button', { name: /Pause|Resume|Run now|Edit|Remove/ }).count()).toBe(0);
    await viewer.context.close();

    const poster = await rig.enter('roles', ['poster'], path);
    await poster.page.getByRole('button', { name: 'Pause' }).click();
    await poster.page.getByText('Paused', { exact: true }).first().waitFor();
    expect(await poster.page.getByRole('button', { name: /Edit|Remove/ }).count()).toBe(0);
    await poster.page.getByRole('button', { name: 'Resume' }).click();
    await poster.page.getByText('On', { exact: true }).waitFor();
    await poster.context.close();

    const admin = await rig.enter('roles', ['admin'], path);
    // By keyboard alone.
    await admin.page.getByRole('button', { name: 'Remove …' }).focus();
    await admin.page.keyboard.press('Enter');
    await admin.page.getByRole('button', { name: 'Yes, remove the schedule' }).focus();
    await admin.page.keyboard.press('Enter');
    await admin.page.getByRole('button', { name: 'Set up a schedule' }).waitFor();
    await admin.context.close();
  });
});
