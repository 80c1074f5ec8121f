/** Where the window's bridge comes from: the desktop app puts one on the page, else a socket is opened. */
import type { Bridge } from '../preload/contract.ts';
import { alwaysAnswering } from './lost.ts';
import type { ShellState } from './state.ts';
import { connectSocketBridge } from './socket-bridge.ts';

declare global {
  interface Window {
    readonly lanyard?: Bridge;
  }
}

export interface Connection {
  readonly bridge: Bridge;
  /** True when the shell shows notifications itself, outside the page. */
  readonly ownNotifications: boolean;
}

/** The bridge of the shell this page runs in. `onShell` hears when the shell goes and comes back. */
export function connectBridge(onShell: (shell: ShellState) => void): Connection {
  return window.lanyard === undefined
    ? { bridge: connectSocketBridge(socketAddress(), onShell), ownNotifications: false }
    : { bridge: alwaysAnswering(window.lanyard), ownNotifications: true };
}

function socketAddress(): URL {
  const url = new URL('bridge', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}
