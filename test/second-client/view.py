"""What a person sees of a conversation (T1)."""

import json

from copy_of_log import referred


def body_of(entry):
    """The JSON object in a body; an empty one where there is none."""
    try:
        body = json.loads(entry.get("body", ""))
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def messages(entries):
    entries = sorted(entries, key=lambda entry: entry["seq"])
    return [seen(entry, entries) for entry in entries if entry["kind"].startswith("message/")]


def seen(message, entries):
    gone_by = {}
    for entry in entries:
        if entry["kind"] == "relation/redaction" and entry["holds"]:
            for target in referred(entry, "to"):
                gone_by[target] = entry["person"]
    relations = [
        entry
        for entry in entries
        if referred(entry, "to") == [message["id"]]
        and entry["id"] not in gone_by
        and "body" in entry
        and entry["holds"]
    ]
    shown = {"id": message["id"], "name": message["name"]}
    if message["id"] in gone_by or "body" not in message:
        return {**shown, "redacted": True, "by": gone_by.get(message["id"])}
    text = text_of(message)
    is_edited = False
    reactions = {}
    pinned = False
    for entry in relations:
        body = body_of(entry)
        is_own = entry["person"] == message["person"] and message["kind"] != "message/imported"
        if entry["kind"] == "relation/edit" and is_own:
            text, is_edited = body.get("text", text), True
        elif entry["kind"] == "relation/reaction" and isinstance(body.get("emoji"), str):
            people = reactions.setdefault(body["emoji"], [])
            if entry["person"] not in people:
                people.append(entry["person"])
        elif entry["kind"] == "relation/pin":
            pinned = body.get("pinned", pinned)
    return {
        **shown,
        "text": text,
        "edited": is_edited,
        "answers": (referred(message, "re") or [None])[0],
        "reactions": reactions,
        "pinned": pinned,
        "doubtful": not message["holds"],
    }


def text_of(message):
    """Its own text, or what is shown in the place of an unknown kind (E5)."""
    body = body_of(message)
    known = message["kind"] in ("message/text", "message/imported")
    text = body.get("text" if known else "fallback")
    return text if isinstance(text, str) else None
