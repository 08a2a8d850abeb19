/** Minutes between two checks of books whose target announces nothing. */
const HOURLY = 60;
/** Where changes are announced, a check only finds those whose announcement was lost. Each check costs metered reads. */
const DAILY = 1_440;

/** How often the books at a target are checked for changes, in minutes; 0: never. */
export function driftEveryMinutes(
  {
    lookEveryMinutes,
    webhookSecrets = {},
  }: {
    readonly lookEveryMinutes?: number | 'usual' | undefined;
    readonly webhookSecrets?: Readonly<Record<string, string>> | undefined;
  },
  target: string,
): number {
  if (lookEveryMinutes === undefined || lookEveryMinutes === 'usual') return target in webhookSecrets ? DAILY : HOURLY;
  return lookEveryMinutes;
}
