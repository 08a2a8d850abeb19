/** One error in a fault. */
export interface FaultError {
  Message: string;
  Detail: string;
  code: string;
  element?: string;
}

/** The reason why the books refuse a request. Thrown inside the simulator, returned as a Fault. */
export class Fault extends Error {
  readonly status: number;
  readonly type: string;
  readonly error: FaultError;
  /** The gateway's lower-case envelope, which signs for access, not for the books. */
  readonly gateway: boolean;

  constructor(error: FaultError, options: { status?: number; type?: string; gateway?: boolean } = {}) {
    super(`${error.code} ${error.Detail}`);
    this.error = error;
    this.status = options.status ?? 400;
    this.type = options.type ?? 'ValidationFault';
    this.gateway = options.gateway ?? false;
  }
}

const thousands = new Intl.NumberFormat('en-US');

/** The faults of the simulator, by cause. The README lists how certain their wordings are. */
export const faults = {
  unsupported: (path: string, host: string) =>
    new Fault({
      Message: 'Unsupported Operation',
      Detail: `Operation Could not find resource for relative : ${path} of full path: ${host}${path} is not supported.`,
      code: '500',
    }),
  operationUnsupported: (operation: string) =>
    new Fault({ Message: 'Unsupported Operation', Detail: `Operation ${operation} is not supported.`, code: '500' }),
  duplicateRequestId: () => new Fault({ Message: 'Duplicate Request ID', Detail: 'Duplicate Request ID', code: '600' }),
  notFound: () =>
    new Fault({
      Message: 'Object Not Found',
      Detail:
        "Object Not Found : Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees.",
      code: '610',
      element: '',
    }),
  cannotLink: (id: string) =>
    new Fault({ Message: 'Transaction cannot be linked', Detail: `Transaction ID ${id} cannot be linked`, code: '620' }),
  batchTooLarge: () =>
    new Fault({ Message: 'Batch size exceeds allowed limit', Detail: 'Maximum batch size allowed is 30', code: '1040' }),
  unknownMember: (member: string, type: string, known: readonly string[]) =>
    new Fault({
      Message: 'Request has invalid or unsupported property',
      Detail: `Property Name:Unrecognized field "${member}" (class com.intuit.schema.finance.v3.${type}), not marked as ignorable (${known.length} known properties: ${known.map((one) => `"${one}"`).join(', ')}])\n specified is unsupported or invalid`,
      code: '2010',
    }),
  unreadable: (detail: string) =>
    new Fault({
      Message: 'Request has invalid or unsupported property',
      Detail: `Property Name:${detail} specified is unsupported or invalid`,
      code: '2010',
    }),
  missing: (member: string) =>
    new Fault({
      Message: 'Required param missing, need to supply the required value for the API',
      Detail: `Required parameter ${member} is missing in the request`,
      code: '2020',
      element: member,
    }),
  badId: (id: string) =>
    new Fault({
      Message: 'Invalid ID',
      Detail: `Id should be a valid number. Supplied value:${id}`,
      code: '2030',
      element: 'Id',
    }),
  tooLong: (member: string, max: number, length: number) =>
    new Fault({
      Message: 'String length is either shorter or longer than supported by specification',
      Detail: `String length specified does not match the supported length. Min:0 Max:${thousands.format(max)} supported. Supplied length:${thousands.format(length)}`,
      code: '2050',
      element: member,
    }),
  badEnumeration: (value: string) =>
    new Fault({ Message: 'Invalid Enumeration', Detail: `Invalid Enumeration : ${value}`, code: '2170' }),
  badName: () =>
    new Fault({
      Message: 'Invalid String. The string could not be converted',
      Detail: 'Names must have at least one character, must be on one line, and cannot include colons or tabbing.',
      code: '2180',
    }),
  badReference: (kind: string, id: string) =>
    new Fault({
      Message: 'Invalid Reference Id',
      Detail: `Invalid Reference Id : ${kind} element id ${id} not found`,
      code: '2500',
      element: 'Reference Id',
    }),
  inactiveReference: () =>
    new Fault({
      Message: 'Invalid Reference Id',
      Detail:
        "Invalid Reference Id : Something you're trying to use has been made inactive. Check the fields with accounts, customers, products/services, vendors or employees.",
      code: '2500',
      element: 'Reference Id',
    }),
  categoryItem: () =>
    new Fault({
      Message: 'Invalid Reference Id',
      Detail:
        'Invalid Reference Id : An item in this transaction is set up as a category. Please select a product or service instead.',
      code: '2500',
      element: 'Reference Id',
    }),
  groupItem: () =>
    new Fault({
      Message: 'Invalid Reference Id',
      Detail: 'Invalid Reference Id : A bundle needs a line of type GroupLineDetail. Please select a product or service instead.',
      code: '2500',
      element: 'Reference Id',
    }),
  throttled: (status: 403 | 429) =>
    new Fault(
      {
        Message: `message=ThrottleExceeded; errorCode=003001; statusCode=${status}`,
        Detail: 'The request limit was reached.  Try again later',
        code: '3001',
      },
      { status, type: 'SERVICE' },
    ),
  notAuthorised: () =>
    new Fault(
      { Message: 'message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403', Detail: '', code: '3100' },
      { status: 403, type: 'AUTHORIZATION', gateway: true },
    ),
  notAuthenticated: (detail: string) =>
    new Fault(
      { Message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401', Detail: detail, code: '3200' },
      { status: 401, type: 'AUTHENTICATION', gateway: true },
    ),
  accessLost: () =>
    new Fault(
      {
        Message: 'Authorization Failure',
        Detail: 'AuthorizationFailure: -11014, You do not have access to this company',
        code: '120',
      },
      { status: 401, type: 'AuthorizationFault' },
    ),
  queryUnparsable: (token: string, column: number, expected: string) =>
    new Fault({
      Message: 'Error parsing query',
      Detail: `QueryParserError: Encountered " <IDENTIFIER> "${token} "" at line 1, column ${column}.\nWas expecting one of:\n    ${expected}`,
      code: '4000',
    }),
  queryUnreadable: (character: string, column: number, after: string) =>
    new Fault({
      Message: 'Error parsing query',
      Detail: `QueryParserError: Invalid content. Lexical error at line 1, column ${column}.  Encountered: "\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}" (${character.charCodeAt(0)}), after : "${after}"`,
      code: '4000',
    }),
  queryInvalid: (detail: string) =>
    new Fault({ Message: 'Invalid query', Detail: `QueryValidationError: ${detail}`, code: '4001' }),
  stale: (person: string) =>
    new Fault({
      Message: 'Stale Object Error',
      Detail: `Stale Object Error : You and ${person} were working on this at the same time. ${person} finished before you did, so your work was not saved.`,
      code: '5010',
      element: '',
    }),
  business: (detail: string) =>
    new Fault({
      Message: 'A business validation error has occurred while processing your request',
      Detail: `Business Validation Error: ${detail}`,
      code: '6000',
      element: '',
    }),
  unexpected: (): Fault =>
    faults.business(
      'An unexpected error occurred while accessing or saving your data. Please wait a few minutes and try again. If the problem persists, contact customer support.',
    ),
  amountWrong: (supplied: unknown) =>
    new Fault({
      Message: 'Amount calculation incorrect in the request.',
      Detail: `Amount is not equal to UnitPrice * Qty. Supplied value:${supplied}`,
      code: '6070',
      element: 'Amount',
    }),
  badTaxCode: (value: string) =>
    new Fault({
      Message: 'Invalid TaxCode',
      Detail: `Valid Line TaxCodes for US should be TAX or NON. Supplied value:${value}`,
      code: '6100',
    }),
  duplicateNumber: (number: string, type: string, id: string) =>
    new Fault({
      Message: 'Duplicate Document Number Error',
      Detail: `Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=${number} is assigned to TxnType=${type} with TxnId=${id}`,
      code: '6140',
      element: '',
    }),
  lapsed: () =>
    new Fault({
      Message: 'Invalid Company Status',
      Detail:
        "Subscription period has ended or canceled or there was a billing problem : You can't add data to QuickBooks Online Plus because your trial or subscription period ended, you cancelled your subscription, or there was a billing problem.",
      code: '6190',
    }),
  closed: () =>
    new Fault({
      Message: 'Account Period Closed',
      Detail:
        'Account Period Closed, Cannot Update Through Services API : The account period has closed and the account books cannot be updated through through the QBO Services API. Please use the QBO website to make these changes.',
      code: '6210',
      element: '',
    }),
  duplicateName: () =>
    new Fault({ Message: 'Duplicate Name Exists Error', Detail: 'The name supplied already exists. : null', code: '6240' }),
  deposited: () =>
    new Fault({
      Message: 'Deposited Transaction cannot be changed',
      Detail:
        'Deposited Transaction cannot be changed : This transaction has been deposited. If you want to change or delete it, you must edit the deposit it appears on and remove it first.',
      code: '6540',
    }),
  system: (detail: string) =>
    new Fault(
      {
        Message: 'An application error has occurred while processing your request',
        Detail: `System Failure Error: ${detail}`,
        code: '10000',
        element: '',
      },
      { status: 500, type: 'SystemFault' },
    ),
} as const;
