import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { pollEvery } from '../../api/query-client.ts';
import type { components } from '../../api/schema.d.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';

type Notices = components['schemas']['Notices'];
type Channel = Notices['rows'][number]['channel'];
type Matter = Notices['matters'][number]['matter'];

const noticesQuery = (company: string) =>
  queryOptions({
    queryKey: [company, 'notices'],
    queryFn: () => answerOf(api.GET('/v1/companies/{company}/notices', { params: { path: { company } } })),
    refetchInterval: pollEvery(5_000),
  });

const CHANNELS = {
  email: { title: 'E-mail', label: 'Send to this e-mail address', type: 'email' },
  slack: { title: 'Slack', label: 'Address of the Slack webhook', type: 'url' },
} as const;

const STATES: Readonly<Record<Notices['recent'][number]['state'], string>> = {
  waiting: 'Waiting',
  sending: 'Sending',
  sent: 'Sent',
  refused: 'Refused',
  'in-doubt': 'Perhaps sent',
  over: 'Not needed any more',
};

/** What this person gets by mail and in Slack about the company, and what became of the newest messages. */
export function NoticesScreen() {
  useTitle('Notices');
  const { id: company, timeZone } = useCompany();
  const { data, error } = useQuery(noticesQuery(company));
  return (
    <>
      <h1>Notices</h1>
      <p>Ledgerpost writes to you when something needs you. You choose here for yourself; others choose for themselves.</p>
      <Confirmation />
      <Trouble error={error} />
      {data === undefined && error === null && <Loading what="your notices" />}
      {data !== undefined && (
        <>
          {!data.mail && (
            <Note tone="plain">This installation sends no mail yet. An operator sets up the mail server first.</Note>
          )}
          {(['email', 'slack'] as const).map((channel) => (
            <ChannelForm key={channel} channel={channel} notices={data} />
          ))}
          {data.recent.length > 0 && (
            <SmallTable
              sorts
              caption="Newest messages to you"
              heads={['Matter', 'By', 'When', 'State', 'Attempts']}
              numbers={['Attempts']}
              named
              rows={data.recent.map(({ id, matter, channel, at, state, trouble, attempts, link }) => [
                <Link key={id} href={`~${link}`}>
                  {data.matters.find((one) => one.matter === matter)?.title ??
                    (matter === 'confirm' ? 'Confirm this address' : 'A test')}
                </Link>,
                CHANNELS[channel].title,
                when(at, timeZone),
                `${STATES[state]}${trouble === null || state === 'sent' ? '' : ` (${trouble})`}`,
                attempts,
              ])}
            />
          )}
        </>
      )}
    </>
  );
}

/** The link in a mail confirms the address that it was sent to, once its person is signed in. */
function Confirmation() {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const [address, setAddress] = useAddress();
  const token = address.get('confirm');
  const { mutate, isSuccess, error } = useMutation({
    mutationFn: (found: string) => {
      const path = { company, channel: 'email' as const };
      return answerOf(
        api.POST('/v1/companies/{company}/notices/{channel}/confirm', { params: { path }, body: { token: found } }),
      );
    },
    onSettled: () => {
      setAddress({ confirm: undefined });
      void queries.invalidateQueries({ queryKey: noticesQuery(company).queryKey });
    },
  });
  useEffect(() => {
    if (token !== null) mutate(token);
  }, [token, mutate]);
  return (
    <>
      <Trouble error={error} />
      {isSuccess && <Note tone="good">Your address is confirmed. Your notices go there from now on.</Note>}
    </>
  );
}

function ChannelForm({ channel, notices }: { readonly channel: Channel; readonly notices: Notices }) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const saved = notices.rows.find((one) => one.channel === channel);
  const [address, setAddress] = useState(channel === 'email' && saved === undefined ? (notices.invitedAt ?? '') : '');
  const [matters, setMatters] = useState<ReadonlySet<Matter>>(new Set(saved?.matters ?? ['batch-held', 'access-lost']));
  const [digest, setDigest] = useState(saved?.digest ?? false);
  const path = { company, channel };
  const refresh = () => queries.invalidateQueries({ queryKey: noticesQuery(company).queryKey });
  const save = useMutation({
    mutationFn: () => {
      const body = { matters: [...matters], digest, ...(address.trim() === '' ? {} : { address: address.trim() }) };
      return answerOf(api.PUT('/v1/companies/{company}/notices/{channel}', { params: { path }, body }));
    },
    onSuccess: () => {
      setAddress('');
      void refresh();
    },
  });
  const test = useMutation({
    mutationFn: () => answerOf(api.POST('/v1/companies/{company}/notices/{channel}/test', { params: { path } })),
    onSuccess: refresh,
  });
  const end = useMutation({
    mutationFn: () => answerOf(api.DELETE('/v1/companies/{company}/notices/{channel}', { params: { path } })),
    onSuccess: refresh,
  });
  const { title, label, type } = CHANNELS[channel];
  const choose = (matter: Matter, on: boolean) => {
    const next = new Set(matters);
    if (on) next.add(matter);
    else next.delete(matter);
    setMatters(next);
  };
  return (
    <form
      className="stack settings"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h2>{title}</h2>
      <div className="field">
        <label>
          {label}
          <input
            type={type}
            required={saved === undefined}
            placeholder={saved === undefined ? '' : `${saved.shown} (stays if left empty)`}
            autoComplete={channel === 'email' ? 'email' : 'off'}
            maxLength={2_000}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        </label>
      </div>
      <fieldset className="group">
        <legend>Tell me when</legend>
        {notices.matters.map(({ matter, title: words }) => (
          <label key={matter} className="check">
            <input type="checkbox" checked={matters.has(matter)} onChange={({ target }) => choose(matter, target.checked)} />{' '}
            {words}
          </label>
        ))}
        <label className="check">
          <input type="checkbox" checked={digest} onChange={({ target }) => setDigest(target.checked)} /> One message each morning
          instead of one per matter
        </label>
      </fieldset>
      <Trouble error={save.error ?? test.error ?? end.error} />
      {save.isSuccess && <Note tone="good">Saved.</Note>}
      {saved?.confirmed === false && (
        <Note tone="warn">
          {saved.shown} is not confirmed yet, and gets no notices. Open the link in the mail that Ledgerpost sent there.
        </Note>
      )}
      {test.isSuccess && saved?.confirmed !== false && (
        <Note tone="good">The test is on its way. The table below shows whether it arrived.</Note>
      )}
      <div className="buttons">
        <Button kind="main" type="submit" isDisabled={save.isPending || matters.size === 0}>
          {`Save ${title}`}
        </Button>
        {saved !== undefined && (
          <>
            <Button isDisabled={test.isPending} onPress={() => test.mutate()}>
              {saved.confirmed ? `Send a test by ${title}` : 'Send the mail again'}
            </Button>
            <Button kind="quiet" isDisabled={end.isPending} onPress={() => end.mutate()}>
              {`Stop ${title}`}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
