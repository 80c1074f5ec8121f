/** What holds in a room, as it follows from a set of acts (X13, X14). */
import type { Moderation } from '../events/moderation.ts';
import type { Act } from './act.ts';
import { DEFAULTS, SETTING_NAMES, settingsIn, strictness } from './settings.ts';
import type { SettingName, Settings } from './settings.ts';

/** What restricts a person until it is undone. */
type Restriction = 'ban' | 'mute' | 'dismiss';

const UNDONE_BY: Readonly<Partial<Record<Moderation, Restriction>>> = {
  lift: 'ban',
  unmute: 'mute',
  appoint: 'dismiss',
};

/** True when one act's author had seen another. */
export type Saw = (act: Act, other: Act) => boolean;

export class Policy {
  readonly founder: string;
  readonly #saw: Saw;
  /** What restricts each person, by what it is and whom it is about. */
  readonly #restrictions = new Map<string, Act[]>();
  readonly #appointments = new Map<string, Act[]>();
  /** What each setting was set by, and nothing that had seen it has set anew. */
  readonly #settings = new Map<SettingName, Act[]>();
  readonly #topics = new Map<string, Act[]>();
  readonly #invitations = new Map<string, Act>();
  readonly #revoked = new Set<string>();
  #passphrases: Act[] = [];
  /** What the settings come to, until something is set again: it is asked for with every message. */
  #settled: Settings | null = null;

  constructor(founder: string, saw: Saw) {
    this.founder = founder;
    this.#saw = saw;
  }

  /** The act that bans this person; undefined when they are not banned. */
  banOf(person: string): Act | undefined {
    return this.#restricting('ban', person).toSorted(byId).at(-1);
  }

  isMuted(person: string): boolean {
    return this.#restricting('mute', person).length > 0;
  }

  /** Everybody who is banned, with the act. */
  bans(): readonly Act[] {
    return [...this.#restrictions].flatMap(([key, acts]) => {
      const last = acts.toSorted(byId).at(-1);
      return key.startsWith('ban ') && last ? [last] : [];
    });
  }

  isModerator(person: string): boolean {
    const dismissed = this.#restricting('dismiss', person);
    const appointed = this.#appointments.get(person) ?? [];
    return appointed.some((by) => dismissed.every((act) => this.#saw(by, act)));
  }

  /** What a setting is: of what was set apart the strictest, else the one with the greater id. */
  get settings(): Settings {
    this.#settled ??= {
      name: this.#setting('name'),
      access: this.#setting('access'),
      locked: this.#setting('locked'),
      slowSeconds: this.#setting('slowSeconds'),
      idleMinutes: this.#setting('idleMinutes'),
      remembersDays: this.#setting('remembersDays'),
    };
    return this.#settled;
  }

  /** The act with the passphrase's record. */
  get passphrase(): Act | undefined {
    return this.#passphrases.toSorted(byId).at(-1);
  }

  topicOf(conversation: string): string {
    const act = (this.#topics.get(conversation) ?? []).toSorted(byId).at(-1);
    return act?.deed.do === 'topic' ? act.deed.text : '';
  }

  /** Every invitation that was not revoked, by the act that made it. */
  invitations(): readonly Act[] {
    return [...this.#invitations.values()].filter(({ id }) => !this.#revoked.has(id));
  }

  hasInvitation(id: string): boolean {
    return this.#invitations.has(id);
  }

  /**
   * True when the founder alone may undo what this act would: what the founder restricted only the
   * founder allows again.
   */
  undoesFounders(act: Act): boolean {
    const { deed } = act;
    if (deed.do === 'moderate') {
      const undone = UNDONE_BY[deed.act];
      return (
        undone !== undefined &&
        this.#restricting(undone, deed.person).some((by) => by.person === this.founder)
      );
    }
    const set = settingsIn(act);
    return SETTING_NAMES.some((name) => {
      const held = this.#held(name);
      return (
        set[name] !== undefined &&
        held?.person === this.founder &&
        strictness(set, name) < strictness(settingsIn(held), name)
      );
    });
  }

  /** True when an act allows what was not allowed here before. */
  isLoosening(act: Act): boolean {
    const { deed } = act;
    if (deed.do === 'moderate') return UNDONE_BY[deed.act] !== undefined;
    const set = settingsIn(act);
    const now = this.settings;
    return SETTING_NAMES.some(
      (name) => set[name] !== undefined && strictness(set, name) < strictness(now, name),
    );
  }

  /** An act that counts, after every one of these that its author had seen. */
  apply(act: Act): void {
    const { deed } = act;
    switch (deed.do) {
      case 'moderate':
        this.#moderate(act, deed.act, deed.person);
        break;
      case 'passphrase':
        this.#passphrases = [...this.#unseenBy(act, this.#passphrases), act];
        this.#set(act);
        break;
      case 'set':
        this.#set(act);
        break;
      case 'topic': {
        const before = this.#topics.get(deed.conversation) ?? [];
        this.#topics.set(deed.conversation, [...this.#unseenBy(act, before), act]);
        break;
      }
      case 'invite':
        this.#invitations.set(act.id, act);
        break;
      case 'revoke':
        this.#revoked.add(deed.invitation);
        break;
      case 'clear':
      case 'unknown':
        break;
    }
  }

  #moderate(act: Act, what: Moderation, person: string): void {
    const undone = UNDONE_BY[what];
    if (undone !== undefined) {
      const left = this.#unseenBy(act, this.#restricting(undone, person));
      this.#restrictions.set(`${undone} ${person}`, left);
    }
    if (what === 'appoint') {
      this.#appointments.set(person, [...(this.#appointments.get(person) ?? []), act]);
    }
    // A ban ends a moderator's standing too: only a new appointment gives it back.
    const restrictions: readonly Restriction[] =
      what === 'ban' ? ['ban', 'dismiss'] : what === 'mute' || what === 'dismiss' ? [what] : [];
    for (const each of restrictions) {
      const before = this.#restricting(each, person);
      this.#restrictions.set(`${each} ${person}`, [...before, act]);
    }
  }

  #set(act: Act): void {
    const set = settingsIn(act);
    this.#settled = null;
    for (const name of SETTING_NAMES) {
      if (set[name] === undefined) continue;
      const before = this.#settings.get(name) ?? [];
      this.#settings.set(name, [...this.#unseenBy(act, before), act]);
    }
  }

  #unseenBy(act: Act, others: readonly Act[]): Act[] {
    return others.filter((other) => !this.#saw(act, other));
  }

  #setting<Name extends SettingName>(name: Name): Settings[Name] {
    const held = this.#held(name);
    return (held && settingsIn(held)[name]) ?? DEFAULTS[name];
  }

  #held(name: SettingName): Act | undefined {
    const strict = (act: Act) => strictness(settingsIn(act), name);
    return (this.#settings.get(name) ?? [])
      .toSorted((a, b) => strict(a) - strict(b) || byId(a, b))
      .at(-1);
  }

  #restricting(what: Restriction, person: string): readonly Act[] {
    return this.#restrictions.get(`${what} ${person}`) ?? [];
  }
}

function byId(a: Act, b: Act): number {
  return a.id < b.id ? -1 : 1;
}
