"""What may be in a frame: everything is checked before anything is used (F5-F8)."""

import json
import re

ID = re.compile(r"[\x21-\x7e]{1,64}")
HASH = re.compile(r"[A-Za-z0-9_-]{43}")
SIGNATURE = re.compile(r"[A-Za-z0-9_-]{85}[AQgw]")
SALT = re.compile(r"[A-Za-z0-9_-]{22,43}")
KIND = re.compile(r"(message|relation|act)/[\x21-\x7e]+")
HOW = re.compile(r"[a-z-]{1,16}")
KIND_MAX = 64
BODY_UNITS_MAX = 32_768
REFERENCES_MAX = 16
LATEST_TIME = 8_640_000_000_000_000
SEQ_MAX = 2**53 - 1


class Unreadable(Exception):
    """A frame, or a part of it, is not what the protocol asks for."""


def whole(number):
    """A whole number however JSON spells it (Y3)."""
    if isinstance(number, bool) or not isinstance(number, (int, float)) or number != number:
        raise Unreadable("not a number")
    if number in (float("inf"), float("-inf")) or number != int(number):
        raise Unreadable("not a whole number")
    return int(number)


def within(number, low, high):
    number = whole(number)
    if not low <= number <= high:
        raise Unreadable("a number out of bounds")
    return number


def like(pattern, text):
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise Unreadable(f"not of the form {pattern.pattern}: {text!r}")
    return text


def seq_of(number):
    return within(number, 0, SEQ_MAX)


def link_of(text):
    return "" if text == "" else like(HASH, text)


def units(text):
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def text_of(text):
    if not isinstance(text, str):
        raise Unreadable("not a text")
    return text


def object_of(value):
    if not isinstance(value, dict):
        raise Unreadable("not an object")
    return value


def list_of(value):
    if not isinstance(value, list):
        raise Unreadable("not a list")
    return value


def position_of(value):
    value = object_of(value)
    return {"epoch": like(HASH, value.get("epoch")), "seq": seq_of(value.get("seq"))}


def end_of(value):
    """An end of a chain (W4)."""
    value = object_of(value)
    return {
        "epoch": link_of(value.get("epoch")),
        "seq": seq_of(value.get("seq")),
        "link": link_of(value.get("link")),
    }


def references_of(value):
    pairs = [list_of(pair) for pair in list_of(value)]
    if len(pairs) > REFERENCES_MAX or any(len(pair) != 2 for pair in pairs):
        raise Unreadable("references")
    return [[like(HOW, how), like(ID, other)] for how, other in pairs]


def body_of(value):
    """The first state whose fields are there (E4)."""
    if "salt" in value and "body" in value:
        body = text_of(value["body"])
        if units(body) > BODY_UNITS_MAX:
            raise Unreadable("the body is too long")
        return {"salt": like(SALT, value["salt"]), "body": body}
    for state in ("redacted", "withheld"):
        if state in value:
            return {state: like(HASH, value[state])}
    raise Unreadable("no body")


def event_of(value, room, conversation):
    """An event as it is posted, or in an entry (E1-E6)."""
    value = object_of(value)
    kind = like(KIND, value.get("kind"))
    if len(kind) > KIND_MAX:
        raise Unreadable("the kind is too long")
    person = like(ID, value.get("person"))
    return {
        "room": room,
        "conversation": conversation,
        "kind": kind,
        "person": person,
        "device": like(ID, value.get("device", person)),
        "written": within(value.get("written"), 0, LATEST_TIME),
        "refs": references_of(value.get("refs", [])),
        **body_of(value),
        "signature": like(SIGNATURE, value.get("signature")),
    }


def entries_of(value, room, conversation):
    """Entries of a frame, each with its epoch and policy link ("An entry in a frame")."""
    entries = []
    epoch = policy = None
    last = 0
    for item in list_of(value):
        item = object_of(item)
        epoch = like(HASH, item["epoch"]) if "epoch" in item else epoch
        policy = link_of(item["policy"]) if "policy" in item else policy
        if epoch is None or policy is None:
            raise Unreadable("the first entry has no epoch or policy link")
        entry = {
            **event_of(item, room, conversation),
            "seq": within(item.get("seq"), last + 1, SEQ_MAX),
            "at": within(item.get("at"), 0, LATEST_TIME),
            "origin": position_of(item["origin"]) if "origin" in item else None,
            "name": text_of(item.get("name")),
            "epoch": epoch,
            "policy": policy,
        }
        last = entry["seq"]
        entries.append(entry)
    return entries


def record_of(value):
    """An epoch's record (L2)."""
    value = object_of(value)
    places = [object_of(place) for place in list_of(value.get("places"))]
    return {
        "room": like(HASH, value.get("room")),
        "number": within(value.get("number"), 1, SEQ_MAX),
        "writer": like(ID, value.get("writer")),
        "parent": link_of(value.get("parent")),
        "places": [
            {
                "conversation": like(HASH, place.get("conversation")),
                "seq": seq_of(place.get("seq")),
                "link": link_of(place.get("link")),
            }
            for place in places
        ],
        "signature": like(SIGNATURE, value.get("signature")),
    }


def head_of(value):
    """L8."""
    value = object_of(value)
    if value.get("type") != "head":
        raise Unreadable("no head")
    return {
        "conversation": like(HASH, value.get("conversation")),
        "epoch": like(HASH, value.get("epoch")),
        "seq": seq_of(value.get("seq")),
        "link": like(HASH, value.get("link")),
        "signature": like(SIGNATURE, value.get("signature")),
    }


def frame_of(text):
    """F3."""
    try:
        frame = object_of(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error
    if not isinstance(frame.get("type"), str):
        raise Unreadable("no type")
    return frame
