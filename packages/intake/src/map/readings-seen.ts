import type { DateReading, NumberReading } from './mapping.ts';
import { dateReadings } from './read-date.ts';
import { numberReadings } from './read-number.ts';

/** How a column is written, once all of its rows were seen. Several readings: a person decides. */
export interface Decided<Reading> {
  readonly readings: readonly Reading[];
  /** A cell that shows why a person is asked. */
  readonly example: string;
}

export interface DatesSeen {
  add(cell: string): void;
  /** `isTorn`: some rows fit only one of the two readings, and some only the other. */
  decided(): Decided<DateReading> & { readonly isTorn: boolean };
}

/**
 * Counts how a column's days are written. Nothing is decided before the last row: the first row that fits one reading alone must not
 * decide for all, or another order of the rows would be another day. Most rows decide between forms that nobody confuses, and the
 * rest is unreadable; month and day are confused, so where the rows contradict each other a person is asked.
 */
export function datesSeen(): DatesSeen {
  let iso = 0;
  let named = 0;
  let monthFirst = 0;
  let dayFirst = 0;
  let either = 0;
  let ambiguous = '';
  let slashed = '';
  return {
    add(cell) {
      const fits = dateReadings(cell);
      // A cell that no reading fits is unreadable by itself, and an empty one fits all: both decide nothing.
      if (fits.length === 0 || fits.length === 4) return;
      const [first] = fits;
      if (first === 'iso') iso += 1;
      else if (first === 'month-name') named += 1;
      else {
        if (slashed === '') slashed = cell;
        if (fits.length === 2) {
          either += 1;
          if (ambiguous === '') ambiguous = cell;
        } else if (first === 'mdy') monthFirst += 1;
        else dayFirst += 1;
      }
    },
    decided() {
      const one = (reading: DateReading) => ({ readings: [reading], example: '', isTorn: false });
      const all = monthFirst + dayFirst + either;
      if (iso + named + all === 0) return { readings: [], example: '', isTorn: false };
      if (iso >= named && iso >= all) return one('iso');
      if (named >= all) return one('month-name');
      const isTorn = monthFirst > 0 && dayFirst > 0;
      // Where each row fits one reading alone, no row is read wrongly, whichever most of them decide for.
      const isSafe = !isTorn || (either === 0 && monthFirst !== dayFirst);
      if (isSafe && monthFirst > dayFirst) return one('mdy');
      if (isSafe && dayFirst > monthFirst) return one('dmy');
      return { readings: ['mdy', 'dmy'], example: ambiguous === '' ? slashed : ambiguous, isTorn };
    },
  };
}

export interface NumbersSeen {
  /** Gives back which readings the cell fits. */
  add(cell: string): readonly NumberReading[];
  decided(): Decided<NumberReading>;
  /** The one reading that cells show by themselves; undefined where none does, or some show each. */
  shown(): NumberReading | undefined;
}

/**
 * Counts whether a column's amounts have a decimal point or a decimal comma.
 * @param currency of amounts; undefined for prices and quantities, which may have more digits
 */
export function numbersSeen(currency: string | undefined): NumbersSeen {
  let points = 0;
  let commas = 0;
  let lastComma = '';
  let ambiguous = '';
  return {
    add(cell) {
      const { fits, differ } = numberReadings(cell, currency);
      if (fits.length === 1) {
        if (fits[0] === 'point') {
          points += 1;
        } else {
          commas += 1;
          lastComma = cell;
        }
      } else if (differ && ambiguous === '') {
        ambiguous = cell;
      }
      return fits;
    },
    decided() {
      const one = (reading: NumberReading) => ({ readings: [reading], example: '' });
      const isTorn = points > 0 && commas > 0;
      if (ambiguous !== '' && (isTorn || points + commas === 0)) return { readings: ['point', 'comma'], example: ambiguous };
      // As with days: a cell that fits one reading alone is never read wrongly.
      if (isTorn && points === commas) return { readings: ['point', 'comma'], example: lastComma };
      return one(commas > points ? 'comma' : 'point');
    },
    shown: () => (points > 0 === commas > 0 ? undefined : points > 0 ? 'point' : 'comma'),
  };
}
