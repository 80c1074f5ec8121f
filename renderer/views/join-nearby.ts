import type { Context } from './context.ts';

/** Joins a room of the nearby list and shows it. */
export async function joinNearby({ ask, store }: Context, id: string): Promise<void> {
  const joined = await ask('joinNearby', { id });
  if (joined !== null) store.dispatch({ type: 'show', key: joined.key });
}
