import { openNoticeAddress } from '@ledgerpost/connections';
import { type NoticeOutcome, recordNotice, takeNotice } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import { ApplicationFailure } from '@temporalio/activity';
import { sendMail } from '../../notices/send-mail.ts';
import { sendSlack } from '../../notices/send-slack.ts';
import { writeMessage } from '../../notices/write-message.ts';
import type { EngineDeps } from '../schedules/start-scheduled.ts';

/**
 * Sends one message. The attempt is written down before, its result after; one without a result counts as perhaps sent. Fails as
 * long as another attempt makes sense, so that Temporal repeats it with pauses.
 */
export function sendNotice(deps: EngineDeps): CoreActivities['sendNotice'] {
  return async ({ sendId }) => {
    const notice = await takeNotice(deps.store, sendId);
    if (notice === undefined) return { sent: false };
    const result = await attempt(deps, sendId, notice);
    const { again } = await recordNotice(deps.store, sendId, result);
    if (result.outcome === 'sent') return { sent: true };
    deps.log('warn', 'a notice could not be sent', { notice: sendId, channel: notice.channel, trouble: result.trouble, again });
    if (!again) return { sent: false };
    throw ApplicationFailure.create({
      type: 'notice-not-sent',
      message: `The notice could not be sent (${result.trouble}). It is tried again.`,
      details: [{ kind: 'transient' }],
    });
  };
}

async function attempt(
  { fetch, keys, notices, installed }: EngineDeps,
  sendId: string,
  notice: NonNullable<Awaited<ReturnType<typeof takeNotice>>>,
): Promise<NoticeOutcome> {
  if (keys === undefined) return { outcome: 'not-sent', trouble: 'no-sealing-keys' };
  if (notices === undefined) return { outcome: 'not-sent', trouble: 'not-set-up' };
  const address = openNoticeAddress(keys, notice);
  const names = Object.fromEntries(installed.map(({ id, name }) => [id, name]));
  const message = writeMessage(notice, notices.publicUrl, names);
  if (notice.channel === 'slack') return sendSlack(fetch, address, message);
  if (notices.mail === undefined) return { outcome: 'not-sent', trouble: 'no-mail-server' };
  return sendMail(notices.mail, address, sendId, message);
}
