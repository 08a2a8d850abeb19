import { Button, Note } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';
import { useTimeZone } from './time-zone.ts';

interface LinkNoteProps {
  readonly title: string;
  readonly link: string;
  readonly expiresAt: string;
  readonly mailedTo: string | null;
}

/** A link that is shown once. */
export function LinkNote({ title, link, expiresAt, mailedTo }: LinkNoteProps) {
  const timeZone = useTimeZone();
  return (
    <Note tone="good" label={title}>
      <p>
        {mailedTo === null ? 'Copy this link now, and send it to the person.' : `The link was mailed to ${mailedTo}.`} It is shown
        only here, and works once, until {when(expiresAt, timeZone)}.
      </p>
      <p>
        <code>{link}</code>
      </p>
      <Button onPress={() => void navigator.clipboard?.writeText(link)}>Copy the link</Button>
    </Note>
  );
}
