/** The simulator's time: real time, or a fixed start, moved forward by calls. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves time forward. */
  advance(milliseconds: number): void;
  /** How far it was moved so far, in milliseconds. */
  moved(): number;
}

/** A clock that starts at `startsAt` and stands still until advanced; without a start it follows real time. */
export function createClock(startsAt?: Date | number | string): Clock {
  let moved = 0;
  const start = startsAt === undefined ? undefined : new Date(startsAt).getTime();
  return {
    now: () => (start ?? Date.now()) + moved,
    advance: (milliseconds) => {
      moved += milliseconds;
    },
    moved: () => moved,
  };
}

const parts = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
});

/** `2020-09-29T05:58:07-07:00`: how MetaData writes a time. */
export function metaTime(milliseconds: number): string {
  const { date, time, offset } = pacific(milliseconds);
  return `${date}T${time}${offset}`;
}

/** `2020-09-29T05:58:07.300-07:00`: how a body's `time` is written. */
export function bodyTime(milliseconds: number): string {
  const { date, time, offset } = pacific(milliseconds);
  return `${date}T${time}.${String(Math.floor(milliseconds) % 1000).padStart(3, '0')}${offset}`;
}

/** The company's calendar day. */
export function pacificDate(milliseconds: number): string {
  return pacific(milliseconds).date;
}

/** A calendar day so many days after another. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

// Formatting through Intl costs more than a whole write, and a second's answer serves the whole second.
let cached: { second: number; value: { date: string; time: string; offset: string } } | undefined;

function pacific(milliseconds: number) {
  const second = Math.floor(milliseconds / 1000);
  if (cached?.second === second) return cached.value;
  const found = Object.fromEntries(parts.formatToParts(milliseconds).map((part) => [part.type, part.value]));
  const value = {
    date: `${found.year}-${found.month}-${found.day}`,
    time: `${found.hour}:${found.minute}:${found.second}`,
    offset: (found.timeZoneName ?? 'GMT-08:00').replace('GMT', ''),
  };
  cached = { second, value };
  return value;
}
