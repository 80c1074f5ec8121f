import type { Connect } from '../replica/link.ts';

/** The same connection, whose hello shows the token of an invitation (K2). */
export function withInvite(connect: Connect, invite: string): Connect {
  return (listener) => {
    const connection = connect(listener);
    return {
      send: (message) =>
        connection.send(message.type === 'hello' ? { ...message, invite } : message),
      close: () => connection.close(),
    };
  };
}
