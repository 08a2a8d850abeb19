import type { Books } from '../books/books.ts';
import type { BookRecord } from '../books/records.ts';
import { metaTime } from '../clock.ts';
import { country3 } from './address.ts';

/** Where the company itself is. */
export const COMPANY_ADDRESS = {
  Line1: '2500 Garcia Ave',
  City: 'Mountain View',
  CountrySubDivisionCode: 'CA',
  PostalCode: '94043',
} as const;

/** The company as `GET /companyinfo/{realm}` and queries return it. Its Id is "1". */
export function companyInfo(books: Books): BookRecord {
  const address = { Id: '1', ...COMPANY_ADDRESS, Country: country3(books.country) };
  return {
    CompanyName: books.companyName,
    LegalName: books.companyName,
    CompanyAddr: address,
    CustomerCommunicationAddr: address,
    LegalAddr: address,
    PrimaryPhone: { FreeFormNumber: '(555) 010-0100' },
    CompanyStartDate: '2015-06-05',
    FiscalYearStartMonth: 'January',
    Country: books.country,
    Email: { Address: 'books@example.com' },
    WebAddr: {},
    SupportedLanguages: 'en',
    NameValue: [
      { Name: 'NeoEnabled', Value: 'true' },
      { Name: 'OfferingSku', Value: books.edition },
      { Name: 'SubscriptionStatus', Value: books.lapsed ? 'EXPIRED' : 'SUBSCRIBED' },
      { Name: 'CompanyType', Value: 'Other' },
    ],
    domain: 'QBO',
    sparse: false,
    Id: '1',
    SyncToken: '0',
    MetaData: times(books),
  };
}

function times(books: Books) {
  return { CreateTime: metaTime(books.createdAt), LastUpdatedTime: metaTime(books.createdAt) };
}
