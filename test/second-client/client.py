#!/usr/bin/python3
"""
A second client of Lanyard, made from main/wire/PROTOCOL.md alone, to see that the page is enough.
It wants Python 3.11 and python3-cryptography, as Debian has them.

  client.py check-vectors FILE
  client.py check-export FILE
  client.py join HOST PORT [--name NAME] [--room ID] [--host-key ID] [--invite TOKEN] [--key FILE]

`join` reads one command a line, as JSON, and prints what it sees, likewise:
  {"do":"say","text":"…","re":ID} {"do":"edit","to":ID,"text":"…"} {"do":"react","to":ID,"emoji":"…"}
  {"do":"redact","to":ID} {"do":"pin","to":ID,"pinned":true} {"do":"post","kind":"…","body":…,"refs":[…]}
  {"do":"act","kind":"…","body":…,"refs":[…]} {"do":"view"} {"do":"send","frame":{…}}
  {"do":"reconnect"} {"do":"leave"}
It ends with 0 when it left or the hub closed, with 1 when something was not as it must be.
"""

import argparse
import json
import os
import select
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

import view
from check_export import check_export
from check_vectors import check_vectors
from copy_of_log import Broken
from member import Left, Member
from websocket import NotARoom, QUIET_S, WebSocket


def tell(what, **facts):
    print(json.dumps({"saw": what, **facts}, ensure_ascii=False), flush=True)


def key_in(path):
    """The private key in a file, made there if there is none; a fresh one without a path."""
    if path and os.path.exists(path):
        with open(path, "rb") as file:
            return serialization.load_pem_private_key(file.read(), None)
    key = ec.generate_private_key(ec.SECP256R1())
    if path:
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    return key


class Commands:
    """What is to be done, by name."""

    def __init__(self, member):
        self.member = member

    def carry_out(self, command):
        do = getattr(self, f"do_{command.pop('do')}")
        made = do(**command)
        if made:
            tell("posted", id=made)

    def do_say(self, text, re=None):
        refs = [("re", re)] if re else []
        return self.member.post(self.member.talk, "message/text", {"text": text}, refs)

    def do_edit(self, to, text):
        return self.relate("edit", to, {"text": text})

    def do_react(self, to, emoji):
        return self.relate("reaction", to, {"emoji": emoji})

    def do_redact(self, to):
        return self.relate("redaction", to, {})

    def do_pin(self, to, pinned=True):
        return self.relate("pin", to, {"pinned": pinned})

    def do_post(self, kind, body, refs=()):
        return self.member.post(self.member.talk, kind, body, refs)

    def do_act(self, kind, body, refs=()):
        return self.member.act(kind, body, refs)

    def do_view(self):
        copy = self.member.copies[self.member.talk]
        tell("view", messages=view.messages(copy.entries), covered=copy.covered, end=copy.end)

    def do_send(self, frame):
        self.member.send(frame)

    def do_leave(self):
        self.member.send({"type": "leave"})

    def relate(self, name, to, body):
        return self.member.post(self.member.talk, f"relation/{name}", body, [("to", to)])


def open_socket(options, key):
    websocket = WebSocket(options.host, options.port, key)
    tell("host", key=websocket.host_key)
    if options.host_key and websocket.host_key != options.host_key:
        raise Left("host-key-changed")
    # The same host again, or none (I3).
    options.host_key = websocket.host_key
    return websocket


def join(options):
    key = key_in(options.key)
    member = Member(key, tell)
    commands = Commands(member)

    def connect():
        member.connect(open_socket(options, key), options.name, options.invite, options.room)

    connect()
    lines = b""
    has_commands = True
    while True:
        websocket = member.websocket
        if not websocket.has_more():
            # What is to be done waits until one is in.
            files = [sys.stdin] if has_commands and member.is_in else []
            ready, _, _ = select.select([websocket.socket, *files], [], [], QUIET_S)
            if not ready:
                raise Left("connection-lost")
            if sys.stdin in ready:
                data = os.read(sys.stdin.fileno(), 65_536)
                *whole, lines = (lines + data).split(b"\n")
                for line in whole:
                    command = json.loads(line)
                    if command["do"] == "reconnect":
                        member.websocket.end()
                        connect()
                    else:
                        commands.carry_out(command)
                if not data:
                    has_commands = False
                    member.send({"type": "leave"})
                continue
        text = websocket.receive()
        if text is None:
            tell("closed", code=websocket.close_code)
            return
        member.receive(text)


def main():
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(dest="verb", required=True)
    checking = verbs.add_parser("check-vectors")
    checking.add_argument("file", type=argparse.FileType("r", encoding="utf-8"))
    exported = verbs.add_parser("check-export")
    exported.add_argument("file", type=argparse.FileType("r", encoding="utf-8"))
    joining = verbs.add_parser("join")
    joining.add_argument("host")
    joining.add_argument("port", type=int)
    joining.add_argument("--name", default="Second")
    for name in ("--room", "--host-key", "--invite", "--key"):
        joining.add_argument(name)
    options = parser.parse_args()
    if options.verb == "check-vectors":
        return 0 if check_vectors(options.file) else 1
    if options.verb == "check-export":
        check_export(options.file)
        return 0
    try:
        join(options)
    except (Broken, Left, NotARoom, OSError) as error:
        tell("gave-up", why=str(error), kind=type(error).__name__)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
