export type Language = 'system' | 'en' | 'zh-CN';
export type Theme = 'system' | 'light' | 'dark';
export type NotificationLevel = 'off' | 'mentions' | 'all';

/** What this device remembers about its person. */
export interface Settings {
  /** Null until the person has told it: the window asks for it first. */
  readonly name: string | null;
  readonly language: Language;
  readonly theme: Theme;
  readonly notifications: NotificationLevel;
}
