/** The calls and events of a window, and the bridge that carries them. */
import type { Problem } from '../../main/model/error-codes.ts';
import type { AppCalls, AppEvent } from './app.ts';
import type { HostingCalls, HostingEvent } from './hosting.ts';
import type { MessageCalls, MessageEvent } from './messages.ts';
import type { RoomCalls, RoomEvent } from './rooms.ts';

export interface Calls extends AppCalls, RoomCalls, MessageCalls, HostingCalls {}

export type CallName = keyof Calls;

/** One thing that happened. They arrive in order; the first one after subscribing is `snapshot`. */
export type BridgeEvent = AppEvent | RoomEvent | MessageEvent | HostingEvent;

/** What a bridge answers to a call. */
export type CallReply<Name extends CallName = CallName> =
  { readonly ok: true; readonly value: Calls[Name]['result'] } | ({ readonly ok: false } & Problem);

/** What a shell puts at `window.lanyard`, and what the WebSocket bridge offers likewise. */
export interface Bridge {
  call<Name extends CallName>(name: Name, args: Calls[Name]['args']): Promise<CallReply<Name>>;
  /**
   * Hands over a snapshot, then every event after it with no gap. A bridge that lost its shell and
   * found it again sends a new snapshot. The returned function ends the subscription.
   */
  subscribe(listener: (event: BridgeEvent) => void): () => void;
}
