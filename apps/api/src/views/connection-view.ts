import { type ConnectionCard, NOTICE_CODES } from '@ledgerpost/connections';
import { ACCOUNT_ROLES, type AccountRole, TAX_MODES } from '@ledgerpost/core';
import { z } from 'zod';
import { instant } from './views.ts';

export const accountRole = z.enum(Object.keys(ACCOUNT_ROLES) as [AccountRole, ...AccountRole[]]);

const nearestNames = z.array(z.string()).readonly().optional().describe('Similar names, nearest first');

/** The words in which the books' own pages name it. */
const CLASS_TRACKING = {
  none: 'Disabled',
  transaction: 'One to each transaction',
  line: 'One to each row in a transaction',
} as const;

export const connectionView = z
  .object({
    target: z.string(),
    state: z
      .enum(['never', 'connected', 'lost', 'disconnected'])
      .describe('never: not connected yet; lost: access was revoked or has expired; disconnected: an admin ended the access'),
    account: z.string().nullable().describe('The books, as the target identifies them (QuickBooks: the realm)'),
    environment: z.string().nullable().describe('production, sandbox or simulator'),
    company: z.string().nullable().describe('The company’s name in the books'),
    edition: z.string().nullable(),
    currency: z.string().nullable(),
    classTracking: z
      .object({ mode: z.enum(['none', 'transaction', 'line']), name: z.enum(CLASS_TRACKING) })
      .nullable()
      .describe('Null until the books were read'),
    closedThrough: z.string().nullable().describe('The last day of the closed period'),
    salesTax: z.enum(['none', 'manual', 'automated']).nullable(),
    taxAdvice: z
      .object({
        mode: z.enum(TAX_MODES).describe('How sales tax is posted now'),
        recommended: z.enum(TAX_MODES),
        reason: z.string().describe('Why, and what to do'),
      })
      .nullable()
      .describe('Which way of posting sales tax fits these books; null: the target offers no choice, or the books were not read'),
    automaticCredit: z.boolean().nullable().describe('The books apply open credits to new invoices automatically'),
    customNumbers: z.boolean().nullable().describe('The books keep our document numbers'),
    refreshedAt: instant.nullable().describe('When the books were last read'),
    connectedAt: instant.nullable(),
    connectedBy: z.string().nullable(),
    accessEndsAt: instant.nullable().describe('When access ends if it is never renewed. It is renewed long before that'),
    reconnectBy: instant
      .nullable()
      .describe(
        'When access ends even though it is renewed: an admin reconnects before then. Null where the target does not say',
      ),
    notices: z
      .array(z.object({ code: z.enum(NOTICE_CODES), severity: z.enum(['problem', 'warning', 'notice']), message: z.string() }))
      .readonly()
      .describe('What a person should know, worst first'),
    accounts: z
      .array(
        z.object({
          role: z.enum([...accountRole.options, 'tax']),
          title: z.string(),
          name: z.string().nullable().describe('The name in the settings; for tax: the target’s own account'),
          status: z.enum(['ok', 'unset', 'missing', 'renamed', 'inactive', 'wrong-type', 'unchecked']),
          message: z.string().optional().describe('What is wrong, and what to do'),
          nearest: nearestNames,
        }),
      )
      .readonly()
      .describe('The default accounts'),
    classes: z
      .array(
        z.object({ name: z.string(), status: z.enum(['verified', 'inactive', 'missing', 'ambiguous']), nearest: nearestNames }),
      )
      .readonly()
      .describe('The classes that records use, with their state in the books; empty where class tracking is off'),
    moreClasses: z.boolean().describe('More classes are in use than are listed'),
    otherNames: z
      .array(
        z.object({
          kind: z.enum(['customer', 'item']),
          key: z.string(),
          name: z.string().describe('Our name of today'),
          externalId: z.string(),
          nameInBooks: z.string(),
        }),
      )
      .readonly()
      .describe('Customers, products and services that the books call otherwise than we do. Their links hold'),
    moreOtherNames: z.boolean().describe('There are more of them than are listed'),
  })
  .meta({
    id: 'Connection',
    examples: [
      {
        target: 'qbo',
        state: 'connected',
        account: '4620816365000001',
        environment: 'production',
        company: 'Larry’s Landscaping',
        edition: 'QuickBooks Online Plus',
        currency: 'USD',
        classTracking: { mode: 'line', name: 'One to each row in a transaction' },
        closedThrough: '2026-09-30',
        salesTax: 'automated',
        taxAdvice: {
          mode: 'stated',
          recommended: 'stated',
          reason:
            'Automated sales tax is on in QuickBooks Online, and the 12 newest invoices with tax came back with the tax that was stated.',
        },
        automaticCredit: true,
        customNumbers: true,
        refreshedAt: '2026-11-02T08:00:00.000Z',
        connectedAt: '2026-11-02T08:00:00.000Z',
        connectedBy: 'Bea (k-1)',
        accessEndsAt: '2027-02-10T08:00:00.000Z',
        reconnectBy: '2031-11-02T08:00:00.000Z',
        notices: [
          {
            code: 'account-changed',
            severity: 'problem',
            message: 'The account “Services” was renamed to “Service revenue” in the books. Choose that name here.',
          },
        ],
        accounts: [
          {
            role: 'income',
            title: 'Income',
            name: 'Services',
            status: 'renamed',
            message: 'The account “Services” was renamed to “Service revenue” in the books. Choose that name here.',
            nearest: ['Service revenue'],
          },
          { role: 'depositTo', title: 'Payments', name: 'Undeposited Funds', status: 'ok' },
        ],
        classes: [
          { name: 'HVAC', status: 'verified' },
          { name: 'Drains', status: 'ambiguous', nearest: ['Plumbing:Drains'] },
        ],
        moreClasses: false,
        otherNames: [{ kind: 'customer', key: 'c-17', name: 'Amy’s Birds', externalId: '58', nameInBooks: 'Amy & Birds' }],
        moreOtherNames: false,
      },
    ],
  });

/** A connection's card, as the API shows it. */
export function showCard(card: ConnectionCard): z.output<typeof connectionView> {
  const { classTracking: mode } = card;
  return { ...card, classTracking: mode === null ? null : { mode, name: CLASS_TRACKING[mode] } };
}
