/** The IPC channels between the preload script and the Electron shell. */
export const CHANNELS = {
  /** Invoked with a call's name and argument; answers with its reply. */
  call: 'lanyard:call',
  /** The page wants the events from now on, a snapshot first. A later one takes its place. */
  subscribe: 'lanyard:subscribe',
  unsubscribe: 'lanyard:unsubscribe',
  /** One event, in order. */
  event: 'lanyard:event',
} as const;
