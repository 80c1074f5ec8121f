/** The hub's side of every connection, as its server keeps it. */
import type { ConnectionId } from '../../main/hub/roster.ts';
import type { CloseName } from '../../main/protocol/close-codes.ts';
import type { HubMessage, MemberId } from '../../main/protocol/messages.ts';
import type { FloodGate } from '../../main/server/flood-gate.ts';
import type { Link } from './link.ts';

/** The host's own. */
export const HOST_CONNECTION: ConnectionId = 0;

/** How many messages may wait for one member before the hub lets it go (B4). */
const QUEUE_MAX = 60;

interface Connection {
  readonly link: Link;
  readonly key: MemberId;
  /** Null for the host's own. */
  readonly gate: FloodGate | null;
  isAdmitted: boolean;
}

export class Connections {
  readonly #open = new Map<ConnectionId, Connection>();
  /** Found not to read while the others were being served (B4). */
  readonly #tooSlow: ConnectionId[] = [];

  get links(): readonly Link[] {
    return Array.from(this.#open.values(), ({ link }) => link);
  }

  /** The keys of those who are in. */
  get admitted(): readonly MemberId[] {
    return [...this.#open.values()].flatMap(({ key, isAdmitted }) => (isAdmitted ? key : []));
  }

  open(connection: ConnectionId, key: MemberId, link: Link, gate: FloodGate | null): void {
    this.#open.set(connection, { link, key, gate, isAdmitted: false });
  }

  keyOf(connection: ConnectionId): MemberId {
    return this.#open.get(connection)?.key ?? '';
  }

  isOn(connection: ConnectionId, link: Link): boolean {
    return this.#open.get(connection)?.link === link;
  }

  gateOf(connection: ConnectionId): FloodGate | null {
    return this.#open.get(connection)?.gate ?? null;
  }

  admit(connection: ConnectionId): void {
    const admitted = this.#open.get(connection);
    if (admitted) admitted.isAdmitted = true;
  }

  send(to: ConnectionId, message: HubMessage): void {
    const link = this.#open.get(to)?.link;
    if (!link) return;
    if (link.down.waiting > QUEUE_MAX && to !== HOST_CONNECTION) this.#tooSlow.push(to);
    else link.sendDown(message);
  }

  broadcast(message: HubMessage, except: ConnectionId | null): void {
    for (const [connection, { isAdmitted }] of this.#open) {
      if (isAdmitted && connection !== except) this.send(connection, message);
    }
  }

  close(connection: ConnectionId, reason: CloseName): void {
    this.#open.get(connection)?.link.closeByHub(reason);
    this.forget(connection);
  }

  forget(connection: ConnectionId): void {
    this.#open.delete(connection);
  }

  /** Those who do not read; they are to be let go once everybody else has been served. */
  takeTooSlow(): readonly ConnectionId[] {
    return this.#tooSlow.splice(0);
  }

  /** The hub's process ends; when its whole machine does, nobody is told. */
  crash(silent: boolean): void {
    for (const { link } of this.#open.values()) {
      if (silent) link.vanishHub();
      else link.closeByHub('connection-lost');
    }
    this.#open.clear();
    this.#tooSlow.length = 0;
  }
}
