import { describe } from 'vitest';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';
import { entryStoreContract } from './entry-store.contract.ts';

describe('a log in memory', () => {
  entryStoreContract((epoch, last) => new MemoryEntries(epoch, last));
});
