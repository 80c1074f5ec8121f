"""Whether what another program made is what PROTOCOL.md says; one JSON line a vector."""

import json

import frames
import signing
from copy_of_log import chained
from policy import DEFAULTS, PolicyLog


def check_room(vector):
    room = signing.room_id(vector["founder"], vector["nonce"])
    return room == vector["id"] and signing.first_conversation(room) == vector["conversation"]


def check_event(vector):
    event = frames.event_of(vector["event"], vector["room"], vector["event"]["conversation"])
    return (
        signing.digest_of(event) == vector["digest"]
        and signing.event_content(event) == vector["content"]
        and signing.event_id(event) == vector["id"]
        and signing.is_signed(event)
    )


def check_epoch(vector):
    record = frames.record_of(vector["record"])
    content = signing.epoch_content(record)
    return signing.hash_of(content) == vector["id"] and signing.verify(
        record["writer"], content, record["signature"]
    )


def check_log(vector):
    """A frame with entries: each with the id and the link that were computed for it."""
    frame = frames.frame_of(vector["frame"])
    conversation = frames.like(frames.HASH, frame.get("conversation"))
    entries = frames.entries_of(frame.get("entries"), vector["room"], conversation)
    made = chained(frames.end_of(vector["after"]), conversation, entries)
    return [
        [entry["id"], entry["link"]] for entry in made if entry["holds"]
    ] == vector["links"]


def check_head(vector):
    head = frames.head_of(vector["head"])
    return signing.verify(vector["writer"], signing.head_content(head), head["signature"])


def check_policy(vector):
    log = PolicyLog(vector["founder"])
    for act in vector["acts"]:
        log.add(act)
    policy = log.policy
    people = vector["people"]
    return vector["holds"] == {
        "banned": [person for person in people if policy.is_banned(person)],
        "muted": [person for person in people if policy.is_muted(person)],
        "moderators": [person for person in people if policy.is_moderator(person)],
        "settings": {name: policy.setting(name) for name in DEFAULTS},
        "topic": policy.topic("talk"),
        "passphrase": policy.passphrase(),
        "invitations": policy.invitations(),
        "heads": sorted(log.heads()),
    }


CHECKS = {
    "room": check_room,
    "event": check_event,
    "epoch": check_epoch,
    "log": check_log,
    "head": check_head,
    "policy": check_policy,
}


def agrees(vector):
    try:
        return CHECKS[vector["about"]](vector)
    except frames.Unreadable:
        return False


def check_vectors(file):
    verdicts = [agrees(vector) for vector in json.load(file)]
    for index, verdict in enumerate(verdicts):
        print(json.dumps({"vector": index, "agrees": verdict}))
    return all(verdicts)
