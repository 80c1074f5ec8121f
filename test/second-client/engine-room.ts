/** A room on the loopback: the real engine, over TLS and WebSockets, in memory. */
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import { HubEngine } from '../../main/hub/engine/hub-engine.ts';
import type { Peer } from '../../main/hub/engine/peer.ts';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { verifySignature } from '../../main/identity/signatures.ts';
import { memberIdOfCertificate } from '../../main/identity/member-key.ts';
import type { Clock } from '../../main/model/clock.ts';
import { CLOSE_REASONS } from '../../main/protocol/close-codes.ts';
import { SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { realClock } from '../../main/server/real-clock.ts';
import { SERVER_LIMITS } from '../../main/server/limits.ts';
import { tlsOptions } from '../../main/server/tls-options.ts';
import { MemoryHub } from '../../main/storage/memory-hub.ts';
import { MemoryLog } from '../../main/storage/memory-log.ts';
import { frameText } from '../../main/transport/frame-text.ts';
import { encodeGreeting, encodeHubMessage } from '../../main/wire/encode.ts';
import { keyDoorkeeper } from '../simulation/key-doorkeeper.ts';
import { hash } from '../timeline/entries.ts';

const NONCE = 'b8ZtF2r0J4sC';

/** What is to be done after a while is done soon: nobody waits a second for a head. */
const hasty: Clock = {
  ...realClock,
  after: (ms, action) => realClock.after(ms / 20, action),
};

export class EngineRoom {
  readonly id: string;
  readonly talk: string;
  readonly #host: DeviceIdentity;
  readonly #store: MemoryHub;
  readonly #keys = new Map<number, string>();
  /** What becomes of a frame on its way to a member: a hub that lies. */
  tamper: (frame: string) => string = (frame) => frame;
  #engine: HubEngine;
  readonly #server: Server;

  private constructor(host: DeviceIdentity, answering: DeviceIdentity) {
    this.#host = host;
    this.id = roomIdOf(host.id, NONCE, hash);
    this.talk = firstConversationOf(this.id, hash);
    const logs = new Map<string, MemoryLog>();
    this.#store = new MemoryHub((conversation) => {
      const log = logs.get(conversation) ?? new MemoryLog(hash);
      logs.set(conversation, log);
      return log;
    });
    this.#engine = this.#begin();
    this.#server = createServer(tlsOptions(answering, 'members'));
    const sockets = new WebSocketServer({
      server: this.#server,
      handleProtocols: () => SUBPROTOCOL,
      perMessageDeflate: false,
    });
    let count = 0;
    sockets.on('connection', (socket, { socket: stream }) => {
      count += 1;
      const der = stream instanceof TLSSocket ? stream.getPeerX509Certificate()?.raw : undefined;
      this.#keys.set(count, (der && memberIdOfCertificate(der)) ?? '');
      this.#accept(count, socket);
    });
  }

  /** `answering` has the key that TLS shows: the host's, unless another device poses as it. */
  static async open(host: DeviceIdentity, answering = host): Promise<EngineRoom> {
    const room = new EngineRoom(host, answering);
    await new Promise<void>((resolve) => room.#server.listen(0, '127.0.0.1', resolve));
    return room;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('it does not listen');
    return address.port;
  }

  /** Begins to host anew, in another epoch (L2). Who is connected hears of it when they connect again. */
  beginAnew(): void {
    this.#engine = this.#begin();
  }

  close(): void {
    this.#engine.closeAll();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #begin(): HubEngine {
    const host = this.#host;
    return new HubEngine({
      clock: hasty,
      store: this.#store,
      doorkeeper: keyDoorkeeper((connection) => this.#keys.get(connection) ?? ''),
      rate: SERVER_LIMITS.flood,
      room: { id: this.id, founder: host.id, nonce: NONCE },
      firstConversation: this.talk,
      hostId: host.id,
      capacity: 100,
      hash,
      sign: (text) => host.sign(text),
      verify: verifySignature,
      onCount: () => undefined,
      onRoom: () => undefined,
      onProblem(error) {
        throw error;
      },
    });
  }

  #accept(connection: number, socket: WebSocket): void {
    const engine = this.#engine;
    const send = (frame: string) => socket.send(this.tamper(frame));
    const peer: Peer = {
      welcome: (greeting, roster) => send(encodeGreeting(greeting) + roster.ending),
      send: (message) => send(encodeHubMessage(message)),
      sendBatch: ({ items }) => items.forEach(({ text }) => send(text)),
      isTooSlow: () => false,
      close: (reason) => socket.close(CLOSE_REASONS[reason].code, reason),
    };
    engine.attach(connection, peer, false);
    socket.on('message', (data) => engine.receive(connection, frameText(data)));
    socket.on('close', () => engine.detach(connection, 'left'));
  }
}
