/** Who gets in without having been in before (K1). */
export const ACCESSES = ['open', 'passphrase', 'invite'] as const;

export type Access = (typeof ACCESSES)[number];
