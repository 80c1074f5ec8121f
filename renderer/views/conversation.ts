import type { RoomKey } from '../../main/model/room.ts';
import type { Context, View } from './context.ts';
import { h } from '../dom.ts';
import { roomOf } from '../state.ts';
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
  const element = h(
    'main',
    { class: 'conversation sheet', 'aria-label': context.words.app.conversation },
    ...parts.map((part) => part.element),
  );
  return {
    element,
    draw(state) {
      element.classList.toggle('alone', roomOf(state, key)?.status.state === 'ended');
      for (const part of parts) part.draw(state);
    },
    end: () => parts.forEach((part) => part.end?.()),
  };
}
