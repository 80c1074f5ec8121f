/** What is kept of a room from its first write on: a disk that is full when one comes in takes it later. */
import { BEGINNING } from '../timeline/chain.ts';
import type { CopyStore, ReplicaStore } from './copy-store.ts';

export class LateStore implements ReplicaStore {
  readonly #add: () => ReplicaStore;
  #store: ReplicaStore | null;

  /** `store` is what is kept already; `add` begins to keep it, and throws storage-* when it cannot. */
  constructor(store: ReplicaStore | null, add: () => ReplicaStore) {
    this.#store = store;
    this.#add = add;
  }

  copy(conversation: string): CopyStore {
    const kept = () => this.#store?.copy(conversation) ?? null;
    const begun = () => this.#begin().copy(conversation);
    return {
      get end() {
        return kept()?.end ?? BEGINNING;
      },
      get start() {
        return kept()?.start ?? BEGINNING;
      },
      ancestry: () => kept()?.ancestry() ?? [],
      find: (id) => kept()?.find(id) ?? null,
      after: (seq, limit) => kept()?.after(seq, limit) ?? [],
      before: (seq, limit) => kept()?.before(seq, limit) ?? [],
      relationsTo: (ids) => kept()?.relationsTo(ids) ?? [],
      append: (...what) => begun().append(...what),
      prepend: (...what) => begun().prepend(...what),
      truncate: (last) => kept()?.truncate(last),
      reset: (after) => begun().reset(after),
      forgetTo: (floor) => kept()?.forgetTo(floor),
    };
  }

  outbox(): ReturnType<ReplicaStore['outbox']> {
    return this.#store?.outbox() ?? [];
  }

  saveOutbox(...items: Parameters<ReplicaStore['saveOutbox']>): void {
    this.#begin().saveOutbox(...items);
  }

  #begin(): ReplicaStore {
    this.#store ??= this.#add();
    return this.#store;
  }
}
