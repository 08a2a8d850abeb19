import { Link } from 'wouter';
import { SmallTable } from '../../ui/parts.tsx';
import { counted } from '../../ui/words.ts';
import type { ConnectionProps } from './connection-props.ts';

/** Both names of everything that the books call otherwise. Nothing has to be done about it. */
export function ConnectionNames({ card, target }: Pick<ConnectionProps, 'card' | 'target'>) {
  const { otherNames, moreOtherNames } = card;
  if (otherNames.length === 0) return null;
  return (
    <details>
      <summary>
        {moreOtherNames
          ? `More than ${counted(otherNames.length, 'link')} have`
          : counted(otherNames.length, 'link has', 'links have')}{' '}
        another name in {target.name}
      </summary>
      <SmallTable
        sorts
        caption="Two names, one customer or service"
        heads={['Yours', `In ${target.name}`, 'ID']}
        rows={otherNames.map(({ name, nameInBooks, externalId }) => [name, nameInBooks, externalId])}
        named
      />
      <p>
        Documents go there whatever the names are. <Link href={`/matching/${target.id}?state=linked`}>Open Matching</Link>
      </p>
    </details>
  );
}
