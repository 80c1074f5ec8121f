/** What `lanyard --help` prints. */
export const USAGE = `Lanyard: chat with the people on your network.

Usage:
  lanyard [open] [--shell=electron|browser] [--port N] [--no-open]
      Opens the window: on the desktop, or as a page in your browser. A second one on the
      same data folder shows the first.
        --shell      which of the two; by default the desktop where it is possible
        --port N     the page's port on this device (browser; default: any free one)
        --no-open    print the page's address instead of opening it (browser)

  lanyard host --room NAME [--port N] [--name NICK] [--access WHO] [--invite] [--json]
      Hosts a room without a window until Ctrl+C or /quit. The commands of a chat can be
      typed.
        --room NAME  what the room is called
        --port N     where it listens (default: 47100, or the next free one)
        --name NICK  what you are called (default: your account's name)
        --access open|passphrase|invite
                     who gets in (default: as it was before; a new room is open)
        --passphrase-file FILE
                     its first line is the passphrase; - is the standard input
        --invite     prints an invitation link that lasts a day, for any number of people
        --json       one line of JSON when the room is open, nothing else
        --listen ADDRESS
                     the one address of this device to listen at (default: all of them)
        --transport tls|plain
                     plain encrypts nothing: only behind a proxy that adds TLS. It listens
                     at this device alone unless --listen says otherwise (default: tls)
        --trust-proxy ADDRESS
                     a reverse proxy whose X-Forwarded-For is believed; may be repeated

  lanyard chat [ADDRESS] [--name NICK]
      Chats in the terminal. ADDRESS is host, host:port, ws(s)://… or a lanyard://… link
      or invitation; without one you choose among the rooms nearby. At a terminal quit
      leaves. Lines that are piped in, in UTF-8, are said one by one, a line quit like any
      other; lines that begin with a command are obeyed, and the exit code is 1 when one of
      them was not accepted.
        --passphrase-file FILE
                     its first line is the room's passphrase; - is the first line typed
        /who   /rename NAME   /fingerprint [NAME]   /quit
      For those who look after the room:
        /remove NAME   /ban NAME   /lift NAME   /bans   /mute NAME   /unmute NAME
        /lock   /unlock   /slow SECONDS   /moderator NAME   /member NAME

  lanyard search WORDS [--room NAME]
      Finds what was said, in one room or in all, newest first.

  lanyard export [--room NAME] [--format text|jsonl|html] [--output FILE]
      Writes a room's log, to the standard output or to a file.

  All of them: --data-dir DIR (where settings are kept), --help, --version
`;
