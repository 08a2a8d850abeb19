import { useLocation } from 'wouter';

/** The guide of each screen, by the beginning of its address; the first that fits counts. */
export const GUIDES: readonly (readonly [place: RegExp, guide: string])[] = [
  [/^\/unbatched/, 'console.html#batch'],
  [/^\/import/, 'import-files.html'],
  [/^\/batches\/[^/]+\/report/, 'batch-report.html'],
  [/^\/batches/, 'console.html#batch'],
  [/^\/matching/, 'matching.html'],
  [/^\/books\/[^/]+\/schedule/, 'schedules.html'],
  [/^\/books\/qbo/, 'connect-quickbooks.html'],
  [/^\/books\/saasant/, 'batch-to-saasant.html'],
  [/^\/books/, 'console.html#connect-the-books'],
  [/^\/notices/, 'notices.html'],
  [/^\/people/, 'console.html#begin'],
  [/^/, 'console.html'],
];

/** Leads to the guide of the present screen, which the console itself serves. */
export function HelpLink() {
  const [place] = useLocation();
  const [, guide] = GUIDES.find(([at]) => at.test(place))!;
  return (
    <a href={`/help/${guide}`} target="_blank" rel="noopener">
      Help
    </a>
  );
}
