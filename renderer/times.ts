/** Times as a person reads them, in the language of the window and the zone of the device. */
import type { Strings } from './strings/en.ts';

export interface Times {
  /** "9:41 AM" */
  clock(at: number): string;
  /** "Today", "Yesterday", "Monday, November 16" */
  day(at: number): string;
  /** "9:41 AM" for today, else "Nov 16" and, for another year, that too. */
  brief(at: number): string;
  /** The whole of it, for a tooltip. */
  full(at: number): string;
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
  const oldDate = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium' });
  const full = new Intl.DateTimeFormat(words.locale, { dateStyle: 'full', timeStyle: 'medium' });
  return {
    clock: (at) => clock.format(at),
    day(at) {
      const today = new Date(now());
      if (dayOf(at) === dayOf(today)) return words.log.today;
      const before = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
      if (dayOf(at) === dayOf(before)) return words.log.yesterday;
      return (new Date(at).getFullYear() === today.getFullYear() ? day : year).format(at);
    },
    brief(at) {
      const today = new Date(now());
      if (dayOf(at) === dayOf(today)) return clock.format(at);
      return (new Date(at).getFullYear() === today.getFullYear() ? date : oldDate).format(at);
    },
    full: (at) => full.format(at),
  };
}

/** The calendar day of a moment on this device, as the moment it began. */
export function dayOf(at: number | Date): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
