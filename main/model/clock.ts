/** Time as an engine has it: the real one, or a simulation's. */
export interface Clock {
  /** ms since 1970 on this machine, which may be set. */
  now(): number;
  /** ms of a clock that never goes back. */
  monotonic(): number;
  /** Runs `action` once everything that has come in has been read. */
  soon(action: () => void): void;
  after(ms: number, action: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}
