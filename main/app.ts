import type { Bridge, WindowCommand } from '../preload/contract.ts';

/** Lanyard without a user interface: what every shell starts, draws and stops. */
export interface App {
  /** The contract, called directly. What comes from outside goes through `bridge/outside.ts`. */
  readonly bridge: Bridge;
  /** Passes on what the person chose outside the window: a menu, a link, a notification. */
  command(command: WindowCommand): void;
  /** Says goodbye in every room and on the network, saves, and lets the process end. */
  stop(): Promise<void>;
}
