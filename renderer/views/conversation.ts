import type { RoomKey } from '../../preload/contract.ts';
import type { Context, View } from './context.ts';
import { h } from '../dom.ts';
import { createChatLog } from './chat-log.ts';
import { createComposer } from './composer.ts';
import { createConnectionStrip } from './connection-strip.ts';
import { createHostWarning } from './host-warning.ts';
import { createPlainSign } from './plain-sign.ts';
import { createRoomHeader } from './room-header.ts';

/** The middle of the window while a room is shown. */
export function createConversation(context: Context, key: RoomKey): View {
  const parts = [
    createRoomHeader,
    createPlainSign,
    createConnectionStrip,
    createHostWarning,
    createChatLog,
    createComposer,
  ].map((create) => create(context, key));
  return {
    element: h(
      'main',
      { class: 'conversation sheet', 'aria-label': context.words.app.conversation },
      ...parts.map((part) => part.element),
    ),
    draw: (state) => parts.forEach((part) => part.draw(state)),
    end: () => parts.forEach((part) => part.end?.()),
  };
}
