/** What the app tells its windows is also what is worth a line: rooms that come and go, and problems. */
import type { BridgeEvent } from '../../preload/contract.ts';
import type { RoomKey } from '../model/room.ts';
import type { Log } from '../log/log.ts';

/** A listener for the app's event stream. */
export function logEvents(log: Log): (event: BridgeEvent) => void {
  // The addresses of a hosted room are told anew whenever the network changes.
  const hosted = new Set<RoomKey>();
  return (event) => {
    switch (event.type) {
      case 'snapshot':
        for (const { code } of event.snapshot.app.warnings) log.event('problem', {}, code);
        return;
      case 'problem':
        return log.event('problem', {}, event.code);
      case 'room-hosting':
        if (event.hosting !== null && !hosted.has(event.key)) {
          hosted.add(event.key);
          log.event('room-hosted', { rooms: hosted.size });
        }
        if (event.hosting === null && hosted.delete(event.key)) {
          log.event('room-closed', { rooms: hosted.size });
        }
        return;
      case 'room-status':
        if (event.status.state === 'here') log.event('room-joined');
        if (event.status.state === 'waiting') log.event('room-lost', {}, event.status.reason);
        if (event.status.state === 'ended') log.event('room-ended', {}, event.status.reason);
        return;
      default:
    }
  };
}
