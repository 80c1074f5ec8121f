/** Numbers both sides agree on. Lengths count Unicode code points unless a unit is named. */

/** The major version this build speaks (H2). */
export const PROTOCOL_VERSION = 2;

/** The WebSocket subprotocol every connection asks for (F1). */
export const SUBPROTOCOL = 'lanyard.2';

/** What a member's TLS says that it speaks (I2). */
export const ALPN = 'lanyard/2';

/** The port a room listens on when it is free; otherwise the next free one (D4). */
export const DEFAULT_PORT = 47100;

/** A person's name, after normalising (N2). */
export const NAME_MAX = 32;

/** A room's name, after normalising (N6). */
export const ROOM_NAME_MAX = 200;

/** A message's text, after trimming (S3). */
export const TEXT_MAX = 4000;

/** An id that a side makes up (F8). */
export const ID_MAX = 64;

/** A signature, a key, the token of an invitation, or a step of a proof, in characters. */
export const TOKEN_MAX = 1024;

/** The longest wait between two messages in slow mode, in seconds (M2). */
export const SLOW_SECONDS_MAX = 3_600;

/** The largest frame either side accepts, in bytes (F4). */
export const FRAME_MAX_BYTES = 64 * 1024;

/** The largest frame a member accepts from its hub, in bytes: a welcome carries the roster (F4). */
export const WELCOME_MAX_BYTES = 16 * 1024 * 1024;

/** Entries sent with a welcome, newest last (W4). */
export const WELCOME_ENTRIES = 200;

/** The most entries one page of history holds (L3). */
export const PAGE_MAX = 200;

/** A page or welcome ends early once its texts hold this many UTF-16 units (L3). */
export const PAGE_MAX_UNITS = 64 * 1024;

/** A member that says nothing for this long is shown as away, in ms (P5). */
export const AWAY_AFTER_MS = 5 * 60_000;

/** Typing is forgotten this long after it was last announced, in ms (P6). */
export const TYPING_EXPIRES_MS = 6_000;

/** The bounds of a room's "remove people idle for N minutes" setting (P7). */
export const IDLE_MINUTES_MIN = 1;
export const IDLE_MINUTES_MAX = 24 * 60;

/** The longest "remember for N days" (L9). */
export const REMEMBERS_DAYS_MAX = 3_650;

/** An event's body, in UTF-16 units (E2). */
export const BODY_MAX = 32 * 1024;

/** A kind's name, in characters (E5). */
export const KIND_MAX = 64;

/** How many other events an event may refer to (E6). */
export const REFERENCES_MAX = 16;

/** How many epochs, and how many conversations, a hello may name (H5). */
export const ANCESTRY_MAX = 64;

/** The latest time there is, in ms since 1970: what a Date can hold (E1). */
export const LATEST_TIME = 8_640_000_000_000_000;
