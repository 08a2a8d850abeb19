/** Countries as clients send them, and as addresses return them since 2025-10-31: three letters. */
const COUNTRIES: Readonly<Record<string, string>> = {
  US: 'USA',
  'UNITED STATES': 'USA',
  CA: 'CAN',
  CANADA: 'CAN',
  GB: 'GBR',
  UK: 'GBR',
  AU: 'AUS',
  MX: 'MEX',
};

/** The country as an address returns it. Other spellings stay as they were sent. */
export function country3(country: string): string {
  return COUNTRIES[country.trim().toUpperCase()] ?? country;
}

/** An address as the books keep it. */
export function storedAddress<Address>(address: Address): Address {
  const country = (address as { Country?: unknown } | undefined)?.Country;
  return typeof country === 'string' && country !== '' ? { ...address, Country: country3(country) } : address;
}
