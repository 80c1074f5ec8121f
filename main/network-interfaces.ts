import { networkInterfaces } from 'node:os';

/** What `os.networkInterfaces()` answers. */
export type SystemInterfaces = ReturnType<typeof networkInterfaces>;

let known: SystemInterfaces = {};

/**
 * The device's network interfaces. Where the system cannot tell them, as when a program has as many
 * files and connections open as it may, they are what they were; Node throws then.
 */
export function currentInterfaces(): SystemInterfaces {
  try {
    known = networkInterfaces();
  } catch {
    // The caller looks again in a while.
  }
  return known;
}
