/** In so many UTF-16 units clients say what a frame is. */
const HEAD_UNITS = 256;

/** The part of a frame in which what it is can be found without reading it all. */
export function headOf(frame: string): string {
  return frame.slice(0, HEAD_UNITS);
}
