import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from 'wouter';
import { companyTargetsQuery, connectionQuery, schedulesQuery, type Target, targetsQuery } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Loading, Trouble } from '../../ui/parts.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { Window } from '../../ui/window.tsx';
import { ScheduleCard } from '../schedules/schedule-card.tsx';
import { dueInWords, isPaused } from '../schedules/schedule-words.ts';
import { ConnectionCard } from './connection-card.tsx';
import { SettingsForm } from './settings-form.tsx';

/** A card for each installed accounting system. */
export function BooksScreen() {
  const company = useCompany();
  const { target: id, window } = useParams<{ target?: string; window?: string }>();
  const [, go] = useLocation();
  const targets = useQuery(targetsQuery);
  const enabled = useQuery(companyTargetsQuery(company.id));
  const open = targets.data?.find((target) => target.id === id);
  const connecting = open?.capabilities.access === 'oauth' && window === undefined;
  useTitle(open === undefined ? 'Marketplace' : `${open.name}${window === undefined ? '' : `, ${window}`}`);
  const close = () => go('/books', { replace: true });
  if (targets.isPending || enabled.isPending) return <Loading what="the marketplace" />;
  if (targets.isError || enabled.isError) return <Trouble error={targets.error ?? enabled.error} />;
  const isEnabled = (target: Target) => enabled.data.some((one) => one.target === target.id);
  if (open !== undefined && window === 'settings') {
    return (
      <>
        <p className="crumbs">
          <Link href="/books">Marketplace</Link>
        </p>
        <h1>{open.name}: settings</h1>
        <SettingsForm target={open} enabled={isEnabled(open)} onDone={close} />
      </>
    );
  }
  return (
    <>
      <h1>Marketplace</h1>
      <ul className="cards">
        {targets.data.map((target) => (
          <Card
            key={target.id}
            target={target}
            enabled={isEnabled(target)}
            onSetUp={() => go(`/books/${target.id}`)}
            onSettings={() => go(`/books/${target.id}/settings`)}
            onSchedule={() => go(`/books/${target.id}/schedule`)}
            onMatching={() => go(`/matching/${target.id}`)}
          />
        ))}
      </ul>
      {open !== undefined && connecting && (
        <Window title={`${open.name} + Ledgerpost`} open onClose={close} wide>
          <ConnectionCard target={open} />
        </Window>
      )}
      {open !== undefined && window === 'schedule' && isEnabled(open) && (
        <Window title={`${open.name}: schedule`} open onClose={close} drawer>
          <ScheduleCard target={open} />
        </Window>
      )}
    </>
  );
}

interface CardProps {
  readonly target: Target;
  readonly enabled: boolean;
  onSetUp(): void;
  onSettings(): void;
  onSchedule(): void;
  onMatching(): void;
}

function Card({ target, enabled, onSetUp, onSettings, onSchedule, onMatching }: CardProps) {
  const company = useCompany();
  const isAdmin = useMay();
  const oauth = target.capabilities.access === 'oauth';
  const connection = useQuery({ ...connectionQuery(company.id, target.id), enabled: oauth && enabled });
  const schedule = useQuery(schedulesQuery(company.id)).data?.find((one) => one.target === target.id);
  const state = connection.data?.state ?? 'never';
  return (
    <li className="card">
      <div className="title">
        <h2>{target.name}</h2>
        {oauth ? (
          <Badge tone={state === 'connected' ? 'good' : state === 'lost' ? 'bad' : 'plain'}>{STATES[state]}</Badge>
        ) : (
          <Badge tone={enabled ? 'good' : 'plain'}>{enabled ? 'In use' : 'Not in use'}</Badge>
        )}
      </div>
      <p>{target.description}</p>
      {oauth && connection.data?.company && <p className="aside">{connection.data.company}</p>}
      {schedule !== undefined && (
        <p className="aside">
          Batches start {dueInWords(schedule).replace(/^E/, 'e')}
          {isPaused(schedule) && ' (paused)'}
        </p>
      )}
      <div className="buttons">
        {oauth && (isAdmin || enabled) && (
          <Button kind="main" onPress={onSetUp} aria-label={`${target.name}: Set Up Information`}>
            Set Up Information
          </Button>
        )}
        {(isAdmin || enabled) && (
          <Button onPress={onSettings} aria-label={`${target.name}: Settings`}>
            Settings
          </Button>
        )}
        {enabled && target.capabilities.matching && (
          <Button onPress={onMatching} aria-label={`${target.name}: Matching`}>
            Matching
          </Button>
        )}
        {enabled && (
          <Button onPress={onSchedule} aria-label={`${target.name}: Schedule`}>
            Schedule
          </Button>
        )}
      </div>
    </li>
  );
}

const STATES = {
  never: 'Not connected',
  connected: 'Connected',
  lost: 'Connection lost',
  disconnected: 'Disconnected',
} as const;
