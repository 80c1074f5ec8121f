"""Whether a room that was exported as JSON Lines is what its authors signed, in its order."""

import json

import frames
import signing
from copy_of_log import BEGINNING, end_after


def check_line(line, ends):
    """Its id and its signature hold, and its link follows what came before it in its conversation."""
    conversation = line["conversation"]
    item = {**frames.event_of(line, line["room"], conversation), **line}
    # A copy may begin in the middle of a log: then its first link is where the chain is taken up.
    end = ends.get(conversation, BEGINNING if line["seq"] == 1 else None)
    follows = end is None or (
        line["seq"] > end["seq"] and signing.link_after(end, conversation, line) == line["link"]
    )
    ends[conversation] = end_after(line)
    return signing.event_id(item) == line["id"] and follows, signing.is_signed(item)


def check_export(file):
    ends = {}
    for text in file:
        holds, signed = check_line(json.loads(text), ends)
        print(json.dumps({"holds": holds, "signed": signed}))
