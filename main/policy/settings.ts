import type { Access } from '../model/accesses.ts';
import type { Act } from './act.ts';

/** What a room is set to. */
export interface Settings {
  readonly name: string;
  readonly access: Access;
  readonly locked: boolean;
  readonly slowSeconds: number;
  readonly idleMinutes: number | null;
  readonly remembersDays: number | null;
}

export type SettingName = keyof Settings;

export const SETTING_NAMES = [
  'name',
  'access',
  'locked',
  'slowSeconds',
  'idleMinutes',
  'remembersDays',
] as const satisfies readonly SettingName[];

/** What a room is set to before anything was. */
export const DEFAULTS: Settings = {
  name: '',
  access: 'open',
  locked: false,
  slowSeconds: 0,
  idleMinutes: null,
  remembersDays: null,
};

/** What an act sets; access with a passphrase comes with the passphrase (K3). */
export function settingsIn({ deed }: Act): Partial<Settings> {
  if (deed.do === 'passphrase') return { access: 'passphrase' };
  return deed.do === 'set' ? deed.settings : {};
}

const ACCESS_RANKS: Readonly<Record<Access, number>> = { open: 0, passphrase: 1, invite: 2 };

/** How much a value restricts: the greater, the more. Of a name nothing is stricter. */
export function strictness(settings: Partial<Settings>, name: SettingName): number {
  switch (name) {
    case 'access':
      return ACCESS_RANKS[settings.access ?? 'open'];
    case 'locked':
      return Number(settings.locked ?? false);
    case 'slowSeconds':
      return settings.slowSeconds ?? 0;
    case 'idleMinutes':
      return -(settings.idleMinutes ?? Infinity);
    case 'remembersDays':
      return -(settings.remembersDays ?? Infinity);
    case 'name':
      return 0;
  }
}
