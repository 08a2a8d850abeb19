/** Names of the sample company's people, streets and jobs, with what is hard for books: accents, apostrophes, length. */
export const firstNames = [
  'Amy',
  'Renée',
  'José',
  'Siobhán',
  'Björn',
  'Mei',
  'Darnell',
  'Priya',
  'Łukasz',
  'Zoë',
  'Hank',
  'Noor',
  'Åsa',
  'Tomás',
  'Grace',
];
export const lastNames = [
  "O'Neill",
  'Lauterbach',
  'Muñoz',
  'Nguyễn',
  'Fitzgerald',
  "D'Angelo",
  'Kowalski',
  'Großmann',
  'Okafor',
  'Peña',
  'Van der Berg',
  'Smith-Jones',
  'Çelik',
  'Ibáñez',
  'Sørensen',
  'Park',
];
export const businesses = [
  "Amy's Bird Sanctuary",
  'Café Größenwahn',
  'Cool Cars & Sons',
  'Dukes Basketball Camp',
  "Rosie's Diner",
  'Peña & Asociados',
  'Bayshore Lofts HOA',
  'St. Mary’s Parish School',
  '4th Street Dental',
  'Red Rock Diner',
  'Sushi by Katsuyuki',
  'Travis Waldron & Co.',
  'The Extraordinarily Long-Named Homeowners’ Association of Upper Finch Street and Neighboring Cul-de-Sacs',
];
export const streets = [
  'Finch St.',
  'Main St',
  'Ocean View Ave',
  'Calle de la Peña',
  'Elm Dr',
  '5th Ave, Unit 7',
  'Half Moon Rd',
];
export const cities: readonly (readonly [string, string])[] = [
  ['Bayshore', '94326'],
  ['San Mateo', '94401'],
  ['Half Moon Bay', '94019'],
  ['Palo Alto', '94303'],
  ['Menlo Park', '94025'],
];
export const places = ['Warehouse', 'Main Office', 'Unit 12', 'Lake House', 'Annex'];
export const companyNames = [
  'Evergreen Home Services',
  'Bluebird Heating & Air',
  'Ironwood Plumbing',
  'Sunny Side Electric',
  "O'Malley & Daughters Mechanical",
  'Golden Gate Comfort',
  'North Star Home Care',
  'Café District Service Co.',
];
export const goodwill = ['goodwill', 'part returned', 'billed twice', 'job took longer than promised'];
