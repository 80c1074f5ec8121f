/**
 * Everything a user interface may ask of Lanyard and everything it may be told. Electron carries
 * this over IPC, the browser shell over a loopback WebSocket, the terminal calls it directly.
 * Types and names only: what arrives over a bridge is parsed in `main/bridge/`.
 */
export type { AppInfo, Snapshot, WindowCommand } from './contract/app.ts';
export type { Bridge, BridgeEvent, CallName, CallReply, Calls } from './contract/bridge.ts';
export type { RoomView } from './contract/rooms.ts';
