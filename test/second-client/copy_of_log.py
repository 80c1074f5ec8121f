"""A copy of one conversation's log, with the chain checked (L3-L9, H5, W4, W5)."""

import signing

BEGINNING = {"epoch": "", "seq": 0, "link": ""}


class Broken(Exception):
    """The log is not what it was told before."""


def chained(end, conversation, entries):
    """Entries as they came, with their ids and links, from an end on."""
    whole = []
    for entry in entries:
        entry = {**entry, "id": signing.event_id(entry), "holds": signing.is_signed(entry)}
        entry["link"] = signing.link_after(end, conversation, entry)
        end = {"epoch": entry["epoch"], "seq": entry["seq"], "link": entry["link"]}
        whole.append(entry)
    return whole


def end_after(entry):
    return {name: entry[name] for name in ("epoch", "seq", "link")}


class Copy:
    def __init__(self, conversation):
        self.conversation = conversation
        # None before the first welcome.
        self.start = None
        self.entries = []
        # Up to where the writers of the room's epochs vouch for it.
        self.covered = 0
        # A head that the copy has not come to yet.
        self.head_ahead = None
        # The newest seq heard of.
        self.target = 0

    @property
    def end(self):
        return end_after(self.entries[-1]) if self.entries else self.start

    def find(self, event_id):
        return next((entry for entry in self.entries if entry["id"] == event_id), None)

    def ancestry(self):
        """The epochs it came through, the newest first, with its last seq of each (H5)."""
        lasts = {}
        if self.start and self.start["epoch"]:
            lasts[self.start["epoch"]] = self.start["seq"]
        for entry in self.entries:
            lasts[entry["epoch"]] = entry["seq"]
        newest_first = list(reversed(lasts.items()))[:64]
        return [{"epoch": epoch, "seq": seq} for epoch, seq in newest_first]

    def begin_after(self, end):
        self.start = end
        self.entries = []
        self.covered = 0

    def cut_after(self, seq):
        self.entries = [entry for entry in self.entries if entry["seq"] <= seq]

    def link_at(self, seq):
        """The link after the entry with this seq, as far as it is known."""
        if self.start and self.start["seq"] == seq:
            return self.start["link"]
        return next((entry["link"] for entry in self.entries if entry["seq"] == seq), None)

    def join(self, state, entries):
        """Joins up with the log that a welcome tells of; what is new (W5)."""
        common, floor, after = state["common"], state["floor"], state["after"]
        self.head_ahead = None
        if self.start is None or common is None or common["seq"] < floor["seq"]:
            self.begin_after(after)
        else:
            self.cut_after(common["seq"])
        self.compare(after)
        news = self.take(after["seq"], entries)
        self.forget_to(floor)
        self.target = state["last"]["seq"]
        if self.end["seq"] == self.target:
            self.compare(state["last"])
        return news

    def compare(self, end):
        """Where both have a link for one entry they are equal."""
        link = self.link_at(end["seq"])
        if link is not None and link != end["link"]:
            raise Broken(f"another link after {end['seq']}")

    def take(self, after, entries):
        """What follows the copy, of entries that are complete from `after` on (L4)."""
        if entries:
            self.target = max(self.target, entries[-1]["seq"])
        if after > self.end["seq"]:
            return []
        known = self.end["seq"]
        news = chained(
            self.end, self.conversation, [entry for entry in entries if entry["seq"] > known]
        )
        self.entries += news
        self.redact()
        return news

    def take_page(self, after, entries):
        """A page that was asked for with `after` (L3, L4)."""
        if after["seq"] > self.end["seq"]:
            self.begin_after(after)
        self.compare(after)
        news = self.take(after["seq"], entries)
        if not news:
            # The hub has nothing that joins up, so stop asking.
            self.target = self.end["seq"]
        return news

    def take_older(self, after, entries):
        """A page that was asked for with `before`: it belongs here if the chain leads to the copy."""
        older = chained(after, self.conversation, entries)
        if not older or end_after(older[-1]) != self.start:
            return []
        self.start = after
        self.entries = older + self.entries
        self.redact()
        return older

    def redact(self):
        """What redactions that hold are about loses its body, and what was done to it (M4)."""
        gone = {
            target
            for entry in self.entries
            if entry["kind"] == "relation/redaction" and entry["holds"]
            for target in referred(entry, "to")
        }
        for entry in self.entries:
            if entry["kind"] == "relation/redaction" or "body" not in entry:
                continue
            if entry["id"] in gone or gone.intersection(referred(entry, "to")):
                entry["redacted"] = signing.digest_of(entry)
                del entry["salt"], entry["body"]

    def forget_to(self, floor):
        """L9; this client does not keep redactions longer than what they are about."""
        last = [entry for entry in self.entries if entry["seq"] <= floor["seq"]]
        if last:
            self.start = end_after(last[-1])
            self.entries = self.entries[len(last) :]

    def judge(self, head, epoch, writer):
        """Whether the copy is covered up to a head, or is yet to come there (L8)."""
        if head["epoch"] != epoch:
            raise Broken("a head of another epoch")
        if not signing.verify(writer, signing.head_content(head), head["signature"]):
            raise Broken("a head that the writer did not sign")
        if self.end["seq"] < head["seq"]:
            self.head_ahead = head
            return False
        self.compare(head)
        self.covered = max(self.covered, head["seq"])
        return True


def referred(entry, how):
    """The first that is referred to in this way, as a list of at most one (E6)."""
    return [other for as_, other in entry["refs"] if as_ == how][:1]
