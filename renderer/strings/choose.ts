import type { Language } from '../../main/model/settings.ts';
import type { Strings } from './en.ts';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** The catalogue for a setting; `system` takes the nearest to the system's locale. */
export function chooseStrings(language: Language, systemLocale: string): Strings {
  const wanted = language === 'system' ? systemLocale : language;
  return /^zh\b/i.test(wanted) ? zhCn : en;
}
