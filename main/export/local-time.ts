/** A time on this device's clock, in an order one can sort: `2026-11-21 09:30`. */
export function localTime(at: number): string {
  const time = new Date(at);
  const day = [time.getFullYear(), twoDigits(time.getMonth() + 1), twoDigits(time.getDate())];
  return `${day.join('-')} ${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
