/** The addresses of a running stack. */
export interface StackAddresses {
  readonly apiUrl: string;
  readonly docsUrl: string;
  readonly metricsUrl: string;
  readonly workerMetricsUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** Absent for a Temporal of your own, unless TEMPORAL_UI_URL is set. */
  readonly temporalUiUrl?: string | undefined;
  /** Absent if LEDGERPOST_QBO_CLIENT_ID names an app at QuickBooks. */
  readonly qboSimulatorUrl?: string | undefined;
}
