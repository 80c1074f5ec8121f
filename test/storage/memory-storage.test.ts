import { describe } from 'vitest';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { storageContract } from './storage.contract.ts';

describe('a storage that ends with the process', () => {
  storageContract(() => createMemoryStorage());
});
