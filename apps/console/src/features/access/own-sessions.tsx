import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { Button, SmallTable, Trouble } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';
import { useTimeZone } from './time-zone.ts';

const KEY = ['sessions'];

/** The browsers in which one is signed in. */
export function OwnSessions() {
  const timeZone = useTimeZone();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: KEY, queryFn: async () => (await answerOf(api.GET('/v1/sessions'))).rows });
  const end = useMutation({
    mutationFn: (session: string) => answerOf(api.DELETE('/v1/sessions/{session}', { params: { path: { session } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <section className="stack">
      <h2>Your sessions</h2>
      <Trouble error={sessions.error ?? end.error} />
      {sessions.data !== undefined && (
        <SmallTable
          sorts
          caption="Your sessions"
          heads={['Browser', 'Signed in', 'Last used', 'Session']}
          rows={sessions.data.map(({ id, browser, startedAt, usedAt, here }) => [
            browserName(browser),
            when(startedAt, timeZone),
            when(usedAt, timeZone),
            here ? (
              'This one'
            ) : (
              <Button key="end" kind="quiet" isDisabled={end.isPending} onPress={() => end.mutate(id)}>
                End
              </Button>
            ),
          ])}
        />
      )}
    </section>
  );
}

const BROWSERS = /(Edg|OPR|Firefox|Chrome|Safari)\/[\d.]+/;
const NAMES: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera' };
const SYSTEMS = /(Windows|Android|iPhone|iPad|Mac OS|Linux)/;

/** What a browser calls itself, as people know it. */
export function browserName(said: string | null): string {
  if (said === null) return 'Unknown browser';
  const name = BROWSERS.exec(said.replace(/^.*(?=(Edg|OPR)\/)/, ''))?.[1];
  const system = SYSTEMS.exec(said)?.[1];
  return name === undefined ? said.slice(0, 60) : `${NAMES[name] ?? name}${system === undefined ? '' : ` on ${system}`}`;
}
