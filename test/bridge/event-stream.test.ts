import { expect, test } from 'vitest';
import type { BridgeEvent } from '../../preload/contract.ts';
import { EventStream } from '../../main/bridge/event-stream.ts';
import { snapshot } from '../renderer/rooms.ts';
import { uncaughtDuring } from '../support/uncaught.ts';

test('whoever cannot take an event in fails alone', async () => {
  const stream = new EventStream(() => snapshot({}).snapshot);
  const heard: BridgeEvent['type'][] = [];
  const failure = new Error('Object has been destroyed');
  const uncaught = await uncaughtDuring(() => {
    stream.subscribe(({ type }) => {
      if (type !== 'snapshot') throw failure;
    });
    stream.subscribe(({ type }) => void heard.push(type));
    stream.emit({ type: 'nearby', rooms: [] });
    stream.emit({ type: 'room-removed', key: 'r' });
  });
  expect(heard).toEqual(['snapshot', 'nearby', 'room-removed']);
  expect(uncaught).toEqual([failure, failure]);
});
