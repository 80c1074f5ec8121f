import type { CloseName } from '../model/error-codes.ts';
import type { RefusalCode } from '../model/error-codes.ts';
import type { PresenceChange } from '../model/member.ts';
import type { HubMessage } from '../wire/messages.ts';
import { refusal } from '../wire/refusals.ts';
import type { HubEffect } from './hub-types.ts';
import type { ConnectionId } from './roster.ts';

/** What a hub says and has done about one thing that happened, in order. */
export class Outgoing {
  #effects: HubEffect[] = [];

  push(effect: HubEffect): void {
    this.#effects.push(effect);
  }

  send(to: ConnectionId, message: HubMessage): void {
    this.push({ type: 'send', to, message });
  }

  refuse(to: ConnectionId, code: RefusalCode, id?: string): void {
    this.send(to, refusal(code, id));
  }

  broadcast(message: HubMessage, except: ConnectionId | null = null): void {
    this.push({ type: 'broadcast', message, except });
  }

  presence(change: PresenceChange, except: ConnectionId | null = null): void {
    this.broadcast({ type: 'presence', changes: [change] }, except);
  }

  close(connection: ConnectionId, reason: CloseName): void {
    this.push({ type: 'close', connection, reason });
  }

  takeAll(): readonly HubEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }
}
