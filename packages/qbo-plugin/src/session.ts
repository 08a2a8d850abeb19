import type { Chart, TargetContext } from '@ledgerpost/core';
import { openApi, type QboApi } from './api/client.ts';
import { discoverChart } from './names/chart.ts';
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
}

export function openSession(settings: QboSettings, context: TargetContext): QboSession {
  const api = openApi(context);
  let chart: Promise<Chart> | undefined;
  return {
    settings,
    context,
    api,
    ahead: nothingSeen(),
    chart() {
      chart ??= discoverChart(api);
      return chart;
    },
  };
}
