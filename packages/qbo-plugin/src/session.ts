import type { Chart, TargetContext } from '@ledgerpost/core';
import { openApi, type QboApi } from './api/client.ts';
import { discoverChart } from './names/chart.ts';
import type { QboSettings } from './payload/settings.ts';

/** An open session with one company's books. */
export interface QboSession {
  readonly settings: QboSettings;
  readonly context: TargetContext;
  readonly api: QboApi;
  /** Documents whose number was free in the books a moment ago, by their key: when we asked. */
  readonly free: Map<string, number>;
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
    free: new Map(),
    chart() {
      chart ??= discoverChart(api);
      return chart;
    },
  };
}
