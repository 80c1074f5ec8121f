"""One member of a room: comes in, checks what it is told, and posts (H, W, S, L)."""

import json
import time

import frames
import signing
from copy_of_log import Broken, Copy
from policy import PolicyLog

VERSION = 2
PAGE_MAX = 200


class Left(Exception):
    """The connection is over; what to do about it is the person's."""


class Member:
    def __init__(self, private_key, tell):
        self.private_key = private_key
        self.id = signing.id_of_key(private_key.public_key())
        self.tell = tell
        self.room = None
        self.policy_log = None
        self.epoch = None
        self.copies = {}
        # What was posted and is not vouched for, in its order (S5, S7).
        self.outbox = {}
        self.asked = 0
        self.requests = {}
        self.roster = {}
        self.is_in = False

    def connect(self, websocket, name, invite=None, room=None):
        self.websocket = websocket
        self.is_in = False
        self.requests = {}
        self.wanted_room = room or (self.room and self.room["id"])
        hello = {"type": "hello", "version": VERSION, "name": name}
        resume = [
            {"conversation": conversation, "ancestry": copy.ancestry()}
            for conversation, copy in self.copies.items()
            if copy.ancestry()
        ]
        if resume:
            hello["resume"] = resume
        if invite:
            hello["invite"] = invite
        self.send(hello)

    def send(self, frame):
        self.websocket.send(json.dumps(frame, ensure_ascii=False))

    def receive(self, text):
        """One frame of the hub (F5-F7)."""
        try:
            frame = frames.frame_of(text)
            handle = getattr(self, f"on_{frame['type']}", None)
            if handle is None:
                self.tell("ignored", type=frame["type"])
            elif frame["type"] in ("welcome", "refused") or self.is_in:
                handle(frame)
        except (frames.Unreadable, KeyError, TypeError) as error:
            if not self.is_in:
                raise Left(f"a frame that cannot be read: {error}") from error
            self.tell("unreadable", why=str(error))

    def on_welcome(self, frame):
        if self.is_in:
            return
        if frames.whole(frame["version"]) != VERSION:
            raise Left("version-unsupported")
        room = frames.object_of(frame["room"])
        founder = frames.like(frames.ID, room["founder"])
        nonce = frames.text_of(room["nonce"])
        if room["id"] != signing.room_id(founder, nonce):
            raise Broken("the room is not its founder's (X1)")
        if self.wanted_room and room["id"] != self.wanted_room:
            raise Left("wrong-room")
        record = frames.record_of(frame["epoch"])
        content = signing.epoch_content(record)
        if record["writer"] != founder or record["room"] != room["id"]:
            raise Broken("the writer has no right to host (X2)")
        if record["writer"] != self.websocket.host_key:
            raise Broken("the writer is not the device that answers (X2)")
        if not signing.verify(record["writer"], content, record["signature"]):
            raise Broken("the record of the epoch is not signed by its writer (L2)")
        if frame["you"] != self.id:
            raise Broken("this is not who came in")
        self.room = room
        self.epoch = {"id": signing.hash_of(content), "writer": record["writer"]}
        self.is_in = True
        self.roster = {member[0]: member[1] for member in frame["roster"]}
        self.tell("welcome", room=room, epoch=self.epoch["id"], you=self.id, roster=self.roster)
        for conversation in (room["id"], self.talk):
            self.copies.setdefault(conversation, Copy(conversation))
        self.policy_log = self.policy_log or PolicyLog(founder)
        for state in frames.list_of(frame["logs"]):
            self.join(frames.object_of(state), record)
        for post in self.outbox.values():
            self.send(post)

    @property
    def talk(self):
        return signing.first_conversation(self.room["id"])

    def join(self, state, record):
        copy = self.copies.get(state["conversation"])
        if copy is None:
            return
        common = state["common"]
        ends = {name: frames.end_of(state[name]) for name in ("floor", "last", "after")}
        ends["common"] = None if common is None else frames.position_of(common)
        entries = frames.entries_of(state["entries"], self.room["id"], copy.conversation)
        self.took(copy, copy.join(ends, entries))
        for place in record["places"]:
            if place["conversation"] == copy.conversation:
                copy.compare(place)
                if ends["common"]:
                    # With its record a writer vouches for all that was before (L2).
                    self.cover(copy, min(place["seq"], ends["common"]["seq"]))
        if state["head"] is not None:
            self.on_head(state["head"])
        self.fetch(copy)
        self.fetch_older_acts(copy)

    def took(self, copy, entries):
        for entry in entries:
            if copy.conversation == self.room["id"] and entry["holds"]:
                self.policy_log.add(entry)
            shown = {name: entry.get(name) for name in SHOWN if name in entry}
            self.tell("entry", **shown)

    def cover(self, copy, seq):
        copy.covered = max(copy.covered, seq)
        for entry in copy.entries:
            if entry["seq"] <= seq:
                self.outbox.pop(entry["id"], None)

    def fetch(self, copy):
        """Asks for what is missing, a page at a time (L4)."""
        if copy.end["seq"] < copy.target and ("after", copy) not in self.requests.values():
            self.history(copy, "after", copy.end["seq"])

    def fetch_older_acts(self, copy):
        """Acts are weighed by what their authors had seen: all of them are fetched (X13)."""
        is_policy = copy.conversation == self.room["id"]
        if is_policy and copy.start["seq"] > 0:
            self.history(copy, "before", copy.start["seq"] + 1)

    def history(self, copy, direction, seq):
        request = self.request_id()
        self.requests[request] = (direction, copy)
        frame = {"type": "history", "id": request, "conversation": copy.conversation}
        self.send({**frame, direction: seq, "limit": PAGE_MAX})

    def request_id(self):
        self.asked += 1
        return f"r{self.asked}"

    def on_page(self, frame):
        direction, copy = self.requests.pop(frame["id"], (None, None))
        if copy is None:
            return
        after = frames.end_of(frame["after"])
        entries = frames.entries_of(frame["entries"], self.room["id"], copy.conversation)
        if direction == "before":
            self.took(copy, copy.take_older(after, entries))
            if entries and frame["more"]:
                self.fetch_older_acts(copy)
            return
        self.took(copy, copy.take_page(after, entries))
        self.come_to_head(copy)
        self.fetch(copy)

    def on_entries(self, frame):
        copy = self.copies.get(frame["conversation"])
        if copy is None:
            return
        entries = frames.entries_of(frame["entries"], self.room["id"], copy.conversation)
        self.took(copy, copy.take(frames.seq_of(frame["after"]), entries))
        self.come_to_head(copy)
        self.fetch(copy)

    def come_to_head(self, copy):
        if copy.head_ahead and copy.end["seq"] >= copy.head_ahead["seq"]:
            head, copy.head_ahead = copy.head_ahead, None
            self.on_head(head)

    def on_head(self, frame):
        head = frames.head_of(frame)
        copy = self.copies.get(head["conversation"])
        if copy and copy.judge(head, self.epoch["id"], self.epoch["writer"]):
            self.cover(copy, head["seq"])
            self.tell("head", conversation=copy.conversation, seq=head["seq"], holds=True)

    def on_floor(self, frame):
        copy = self.copies.get(frame["conversation"])
        if copy:
            copy.forget_to(frames.end_of(frame["floor"]))
            self.tell("floor", conversation=copy.conversation, seq=copy.start["seq"])

    def on_confirmed(self, frame):
        self.tell("confirmed", id=frame["id"])

    def on_refused(self, frame):
        if not self.is_in:
            self.tell("turned-away", code=frame["code"], sentence=frame.get("sentence"))
            return
        request = frame.get("id")
        if frame["code"] not in ("slow-down", "slow-mode"):
            self.outbox.pop(request, None)
        seconds = frame.get("seconds")
        self.requests.pop(request, None)
        self.tell("refused", id=request, code=frame["code"], seconds=seconds)

    def on_room(self, frame):
        room = frames.object_of(frame["room"])
        founder = frames.like(frames.ID, room["founder"])
        is_same = room["id"] == self.room["id"]
        if not is_same or room["id"] != signing.room_id(founder, frames.text_of(room["nonce"])):
            raise Broken("the room became another one (W2)")
        self.room = room
        self.tell("room", room=room)

    def on_presence(self, frame):
        for change in frames.list_of(frame["changes"]):
            self.tell("presence", **{("member" if k == "id" else k): v for k, v in change.items()})

    def on_roster(self, frame):
        self.tell("roster", roster=frame["roster"])

    def on_bans(self, frame):
        self.tell("bans", bans=frame["bans"])

    def on_typing(self, frame):
        self.tell("typing", member=frame["id"], on=frame["on"])

    def post(self, conversation, kind, body, refs=()):
        """Signs an event once and sends it until it is vouched for (E1, S2, S7)."""
        event = {
            "room": self.room["id"],
            "conversation": conversation,
            "kind": kind,
            "person": self.id,
            "written": int(time.time() * 1000),
            "refs": [list(ref) for ref in refs],
            "salt": signing.fresh_salt(),
            "body": json.dumps(body, ensure_ascii=False),
        }
        event["signature"] = signing.sign(self.private_key, signing.event_content(event))
        event_id = signing.event_id(event)
        posted = {name: value for name, value in event.items() if name != "room"}
        if not refs:
            del posted["refs"]
        frame = {"type": "post", "id": event_id, "event": posted}
        self.outbox[event_id] = frame
        self.send(frame)
        return event_id

    def act(self, kind, body, refs=()):
        """Names the acts that were seen (X13)."""
        seen = [("after", head) for head in self.policy_log.heads()]
        return self.post(self.room["id"], kind, body, [*refs, *seen][: frames.REFERENCES_MAX])


SHOWN = (
    "conversation",
    "seq",
    "id",
    "kind",
    "person",
    "name",
    "at",
    "refs",
    "body",
    "redacted",
    "withheld",
    "holds",
)
