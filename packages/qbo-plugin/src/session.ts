import type { Chart, TargetContext } from '@ledgerpost/core';
import { openApi, type QboApi } from './api/client.ts';
import { discoverChart } from './names/chart.ts';
import { holdsUnicode } from './names/holds-unicode.ts';
import type { QboSettings } from './payload/settings.ts';
import { nothingSeen, type SeenAhead } from './push/seen-ahead.ts';

/** An open session with one company's books. */
export interface QboSession {
  readonly settings: QboSettings;
  readonly context: TargetContext;
  readonly api: QboApi;
  /** What was read for several calls at once. */
  readonly ahead: SeenAhead;
  /** The chart as it is now; read once a session. */
  chart(): Promise<Chart>;
  /** Whether the books keep names with characters outside Latin-1: by the settings, else by the names that they have. */
  keepsUnicode(): Promise<boolean>;
}

export function openSession(settings: QboSettings, context: TargetContext): QboSession {
  const api = openApi(context);
  let chart: Promise<Chart> | undefined;
  let unicode: Promise<boolean> | undefined;
  return {
    settings,
    context,
    api,
    ahead: nothingSeen(),
    chart() {
      chart ??= discoverChart(api);
      return chart;
    },
    keepsUnicode() {
      const { nonLatin1 = 'auto' } = settings.names ?? {};
      unicode ??= nonLatin1 === 'auto' ? holdsUnicode(api) : Promise.resolve(nonLatin1 === 'kept');
      return unicode;
    },
  };
}
