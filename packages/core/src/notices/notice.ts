/** The matters that people can be told of by mail and in Slack, with what each is. */
export const MATTERS = {
  'batch-held': 'A batch is on hold',
  'batch-problems': 'A batch ended with problems',
  'files-ready': 'The files of a batch are ready',
  'approval-waiting': 'A batch waits for approval',
  'access-lost': 'Access to the books was lost',
  'access-ending': 'Access to the books ends soon',
  'books-changed': 'Posted documents were changed in the books',
  'schedule-stopped': 'A schedule did not start its batch',
  'import-done': 'An import is done',
} as const;

/** One of the matters. */
export type Matter = keyof typeof MATTERS;
/** The matters in the order in which people choose them. */
export const MATTER_NAMES = Object.keys(MATTERS) as readonly Matter[];

/** How notices reach people. */
export const NOTICE_CHANNELS = ['email', 'slack'] as const;
/** One of the channels. */
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** What a notice is about. Kept in the database: only ever add members. No record, customer or amount is in it. */
export interface NoticeFacts {
  /** The name of the batch. */
  readonly name?: string;
  /** The id of the target. */
  readonly target?: string;
  /** How many documents, or records of an import. */
  readonly count?: number;
  /** The end of a batch or of an import, or the outcome of a scheduled run. */
  readonly end?: string;
  /** The reason, in a sentence with the next step. */
  readonly reason?: string;
  /** An instant, ISO 8601. */
  readonly until?: string;
}

/** A notice for people: one line, and what to do. */
export interface NoticeWords {
  /** One line, without a period. */
  readonly title: string;
  /** The reason and the next step, in sentences. */
  readonly text: string;
}

/** @param books the name of the accounting system, if the notice is about one */
export function noticeWords(matter: Matter | 'test' | 'confirm', facts: NoticeFacts, books: string): NoticeWords {
  const { name = '', count = 0, reason = '', end = '', until = '' } = facts;
  switch (matter) {
    case 'batch-held':
      return { title: `Batch ${name} is on hold`, text: `${reason} The batch continues after someone resumes it.`.trim() };
    case 'batch-problems':
      return {
        title: count === 0 ? `Batch ${name} ended as ${plain(end)}` : `Batch ${name} ended with ${documents(count)} not sent`,
        text: `${reason} Open the batch to see each problem and who can fix it.`.trim(),
      };
    case 'files-ready':
      return {
        title: `The files of batch ${name} are ready`,
        text: 'Download them from the batch, then load them into the books.',
      };
    case 'approval-waiting':
      return { title: `Batch ${name} waits for approval`, text: 'Open the batch, then approve or decline it.' };
    case 'access-lost':
      return { title: `${books} access was lost`, text: `Batches wait until an admin reconnects ${books}.` };
    case 'access-ending':
      return {
        title: `${books} access ends on ${until.slice(0, 10)}`,
        text: `Reconnect ${books} before then, so that no batch has to wait.`,
      };
    case 'books-changed':
      return {
        title: `${documents(count)} ${count === 1 ? 'was' : 'were'} changed in ${books}`,
        text: 'Somebody changed them after Ledgerpost posted them. Choose which version to keep.',
      };
    case 'schedule-stopped':
      return { title: `The schedule for ${books} did not start its batch`, text: reason };
    case 'import-done':
      return { title: `An import is ${plain(end)}`, text: `${count} ${count === 1 ? 'record' : 'records'} came in.` };
    case 'test':
      return { title: 'A test from Ledgerpost', text: 'Notices arrive here.' };
    case 'confirm':
      return {
        title: 'Confirm this address',
        text: 'Open the link and sign in, so that Ledgerpost sends your notices here. If you did not ask for them, do nothing.',
      };
    default:
      return matter satisfies never;
  }
}

function plain(state: string): string {
  return state.replaceAll('-', ' ');
}

function documents(count: number): string {
  return `${count} ${count === 1 ? 'document' : 'documents'}`;
}
