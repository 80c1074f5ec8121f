/** Times as a person reads them, in the language of the window and the zone of the device. */
import type { Strings } from './strings/en.ts';

export interface Times {
  /** "9:41 AM" */
  clock(at: number): string;
  /** "Today", "Yesterday", "Monday, November 16" */
  day(at: number): string;
  /** "9:41 AM" for today, else "Nov 16" and, for another year, that too. */
  brief(at: number): string;
  /** "9:41 AM" for today, else "Nov 16, 9:41 AM". */
  moment(at: number): string;
  /** The whole of it, for a tooltip. */
  full(at: number): string;
  /** "9:41 AM" for the day of `other`, else "Nov 16, 9:41 AM". */
  beside(at: number, other: number): string;
  /** For machines. */
  stamp(at: number): string;
}

/** The formats that go with a catalogue. `now` is the clock, in ms since 1970. */
export function createTimes(words: Strings, now: () => number): Times {
  const clock = new Intl.DateTimeFormat(words.locale, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(words.locale, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
  });
  const year = new Intl.DateTimeFormat(words.locale, { dateStyle: 'long' });
  const date = new Intl.DateTimeFormat(words.locale, { month: 'short', day: 'numeric' });
  const dateAndClock = new Intl.DateTimeFormat(words.locale, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const oldDate = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium' });
  const full = new Intl.DateTimeFormat(words.locale, { dateStyle: 'full', timeStyle: 'medium' });
  const beside = (at: number, other: number) =>
    (dayOf(at) === dayOf(other) ? clock : dateAndClock).format(dated(at));
  return {
    clock: (at) => clock.format(dated(at)),
    day(at) {
      const today = new Date(now());
      if (dayOf(at) === dayOf(today)) return words.log.today;
      const before = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
      if (dayOf(at) === dayOf(before)) return words.log.yesterday;
      const then = dated(at);
      return (then.getFullYear() === today.getFullYear() ? day : year).format(then);
    },
    brief(at) {
      const today = new Date(now());
      const then = dated(at);
      if (dayOf(at) === dayOf(today)) return clock.format(then);
      return (then.getFullYear() === today.getFullYear() ? date : oldDate).format(then);
    },
    moment: (at) => beside(at, now()),
    full: (at) => full.format(dated(at)),
    beside,
    stamp: (at) => dated(at).toISOString(),
  };
}

/** The calendar day of a moment on this device, as the moment it began. */
export function dayOf(at: number | Date): number {
  return dated(at.valueOf()).setHours(0, 0, 0, 0);
}

/** As far as a `Date` reaches, less a day for every zone there is; ms from 1970. */
const FURTHEST = 8.64e15 - 24 * 60 * 60_000;

/** Others tell the time as they like: what no calendar has becomes the last moment that one has. */
function dated(at: number): Date {
  return new Date(Math.min(Math.max(at, -FURTHEST), FURTHEST));
}
