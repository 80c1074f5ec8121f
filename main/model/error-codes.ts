/**
 * What can go wrong, by stable codes: the same in a log, on the wire, in every window and terminal.
 * Each has its sentence in `sentences-en.ts` and `sentences-zh-cn.ts`, and nowhere else.
 */

/** Why a person is not let in; the connection ends (K5). */
export const ADMISSION_REFUSALS = [
  'banned',
  'room-locked',
  'invite-needed',
  'invite-invalid',
  'invite-expired',
  'invite-used-up',
  'invite-revoked',
  'passphrase-needed',
  'passphrase-wrong',
  'too-many-guesses',
  'key-not-proven',
] as const;

export type AdmissionRefusal = (typeof ADMISSION_REFUSALS)[number];

/** Why a request was not carried out (R1). */
export const REFUSAL_CODES = [
  ...ADMISSION_REFUSALS,
  'bad-message',
  'unknown-type',
  'hello-first',
  'hello-twice',
  'version-unsupported',
  'name-empty',
  'name-too-long',
  'name-not-allowed',
  'name-taken',
  'text-empty',
  'text-too-long',
  'text-not-normal',
  'not-kept',
  'slow-down',
  'slow-mode',
  'muted',
  'not-allowed',
  'set-by-host',
  'no-such-member',
  'no-such-entry',
  'no-such-conversation',
  'room-full',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Why a hub ends a connection (C1). */
export type CloseName =
  | 'left'
  | 'room-closed'
  | 'idle'
  | 'removed'
  | 'taken-over'
  | 'too-slow'
  | 'hello-timeout'
  | 'bad-message'
  | 'flooding'
  | 'version-unsupported'
  | 'bad-name'
  | 'not-admitted'
  | 'banned'
  | 'room-full';

/** Why no connection came about, or why it broke without the hub saying so. */
export type ConnectFailure =
  | 'unreachable'
  | 'refused-connection'
  | 'address-not-found'
  | 'timed-out'
  | 'not-a-room'
  | 'wrong-room'
  | 'connection-lost'
  | 'too-many-connections'
  | 'host-key-changed'
  | 'wrong-host'
  | 'host-not-proven'
  | 'log-forged'
  | 'hub-failed'
  | 'certificate-untrusted'
  | 'certificate-refused';

/** Any way for a connection to end. */
export type DisconnectReason = CloseName | ConnectFailure | AdmissionRefusal;

/** Why a passphrase cannot be one (K3). */
export type PassphraseProblem = 'passphrase-empty' | 'passphrase-too-long';

/** What is wrong on this device, or with what was asked for here. */
type LocalCode =
  | PassphraseProblem
  | 'room-name-empty'
  | 'room-name-too-long'
  | 'room-name-not-allowed'
  | 'idle-minutes-range'
  | 'no-name'
  | 'port-wrong'
  | 'address-invalid'
  | 'address-not-here'
  | 'no-such-invite'
  | 'room-gone'
  | 'not-host'
  | 'not-here'
  | 'bad-arguments'
  | 'unknown-call'
  | 'too-many-calls'
  | 'shell-lost'
  | 'hub-restarted'
  | 'hub-gone'
  | 'storage-full'
  | 'copy-damaged'
  | 'data-dir-unnamed'
  | 'identity-stayed-locked'
  | 'unexpected-error'
  | 'too-many-errors';

/** What is wrong with what was typed into a terminal, or piped into it. */
type TerminalCode =
  | 'name-needed'
  | 'no-rooms'
  | 'address-needed'
  | 'no-room-chosen'
  | 'passphrase-not-given'
  | 'input-not-text';

/** The codes whose sentence has something in it, and what: names, paths, numbers. */
interface DetailsOf {
  /** A hub's refusal that this Lanyard does not know: what the hub says, in English. */
  readonly 'unknown-refusal': { readonly sentence: string };
  readonly 'port-in-use': { readonly port: number };
  readonly 'port-not-allowed': { readonly port: number };
  readonly 'hub-moved': { readonly port: number };
  readonly 'identity-new': { readonly file: string };
  readonly 'identity-locked': { readonly file: string };
  readonly 'identity-exposed': { readonly file: string };
  readonly 'identity-unwrapped': { readonly file: string };
  readonly 'settings-unreadable': { readonly file: string };
  readonly 'data-dir-unwritable': { readonly place: string };
  readonly 'data-dir-invalid': { readonly folder: string };
  /** `holder`: what the Lanyard that has the folder runs as; null when that is not known. */
  readonly 'data-dir-in-use': {
    readonly folder: string;
    readonly holder: 'desktop' | 'browser' | 'host' | 'chat' | null;
  };
  readonly 'nothing-kept': { readonly folder: string };
  /** `keptAs`: where the damaged file is now; null when it was only read. */
  readonly 'database-damaged': { readonly folder: string; readonly keptAs: string | null };
  readonly 'database-unreadable': { readonly folder: string };
  readonly 'database-older': { readonly folder: string };
  readonly 'database-newer': { readonly folder: string };
  readonly 'storage-failed': { readonly place: string };
  readonly 'cannot-go-on': { readonly what: string };
  readonly 'command-unknown': { readonly command: string; readonly known: string };
  readonly 'slow-seconds': { readonly most: number };
  readonly 'nobody-called': { readonly name: string };
  readonly 'room-unknown': { readonly rooms: string };
  readonly 'room-unclear': { readonly rooms: string };
  readonly 'passphrase-unreadable': { readonly file: string; readonly why: string };
  readonly 'input-unreadable': { readonly why: string };
  readonly 'output-failed': { readonly why: string };
  readonly 'output-unwritable': { readonly file: string; readonly why: string };
  readonly 'electron-missing': { readonly why: string };
  readonly 'electron-failed': { readonly why: string };
}

export type DetailedCode = keyof DetailsOf;

export type PlainCode = RefusalCode | CloseName | ConnectFailure | LocalCode | TerminalCode;

/** A stable name of what went wrong. */
export type ErrorCode = PlainCode | DetailedCode;

/** What went wrong, as it is told: a code, and what its sentence needs. */
export type Problem =
  { readonly code: PlainCode } | { [Code in DetailedCode]: ProblemWith<Code> }[DetailedCode];

export interface ProblemWith<Code extends DetailedCode> {
  readonly code: Code;
  readonly details: DetailsOf[Code];
}

/** Why a hub said no: a refusal we know, or what one that we do not know says. */
export type RefusalReason = { readonly code: RefusalCode } | ProblemWith<'unknown-refusal'>;

/** The sentences of a language: what happened, and what to do next. A missing one does not compile. */
export interface Sentences {
  readonly plain: Readonly<Record<PlainCode, string>>;
  readonly detailed: {
    readonly [Code in DetailedCode]: (details: DetailsOf[Code]) => string;
  };
}

/** The codes that say that a port cannot be had, but another one may be. */
export const PORT_CODES: ReadonlySet<ErrorCode> = new Set(['port-in-use', 'port-not-allowed']);

/** The codes about a room's passphrase, for a field in which it is typed. */
export const PASSPHRASE_CODES: ReadonlySet<ErrorCode> = new Set([
  'passphrase-empty',
  'passphrase-too-long',
  'passphrase-needed',
  'passphrase-wrong',
]);

/** The codes about a room's name. */
export const ROOM_NAME_CODES: ReadonlySet<ErrorCode> = new Set([
  'room-name-empty',
  'room-name-too-long',
  'room-name-not-allowed',
]);
