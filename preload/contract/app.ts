/** This device: its person, its settings, its window. */
import type { Problem } from '../../main/model/error-codes.ts';
import type { MemberId } from '../../main/model/member.ts';
import type { NearbyRoom, RoomKey } from '../../main/model/room.ts';
import type { Language, NotificationLevel, Settings, Theme } from '../../main/model/settings.ts';
import type { RoomView } from './rooms.ts';

/** Facts about this start of the app. */
export interface AppInfo {
  readonly version: string;
  /** The system's locale, BCP 47. */
  readonly locale: string;
  /** The name of the person's account on this device, offered at first start. */
  readonly suggestedName: string;
  /** This device's own key. */
  readonly you: MemberId;
  readonly limits: {
    readonly name: number;
    readonly roomName: number;
    readonly text: number;
    readonly idleMinutes: readonly [min: number, max: number];
    readonly remembersDays: number;
    readonly slowSeconds: number;
    readonly passphrase: number;
  };
  /** Things the person should know about this start, e.g. settings that could not be read. */
  readonly warnings: readonly Problem[];
}

/** Everything a window needs to draw itself once. */
export interface Snapshot {
  readonly app: AppInfo;
  readonly settings: Settings;
  readonly rooms: readonly RoomView[];
  readonly nearby: readonly NearbyRoom[];
}

export type WindowCommand =
  | { readonly do: 'show-room'; readonly key: RoomKey }
  | { readonly do: 'host' | 'join' | 'rename' | 'settings' | 'next-room' | 'previous-room' }
  /** A `lanyard://` link was opened: ask before joining. */
  | { readonly do: 'open-link'; readonly link: string };

/** Each with its argument and what it resolves to. */
export interface AppCalls {
  /** Rejects with name-*. The name in rooms this device is in stays. */
  setName: { args: { name: string }; result: null };
  changeSettings: {
    args: { language?: Language; theme?: Theme; notifications?: NotificationLevel };
    result: null;
  };
  /** Whether the window can be seen, and which room it shows: decides about notifications. */
  attend: { args: { visible: boolean; key: RoomKey | null }; result: null };
}

export type AppEvent =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'settings'; readonly settings: Settings }
  /** Something went wrong that the person should know of; the app goes on. */
  | ({ readonly type: 'problem' } & Problem)
  /** Show this outside the window. A shell with notifications of its own keeps it to itself. */
  | {
      readonly type: 'notification';
      readonly key: RoomKey;
      readonly title: string;
      readonly body: string;
    }
  /** The person chose this from outside the window: a notification, a menu, a link. */
  | { readonly type: 'command'; readonly command: WindowCommand };
