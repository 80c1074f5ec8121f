"""Hashes, ids, links and signatures, byte for byte (Y, X1, E1-E4, L1-L8 of PROTOCOL.md)."""

import base64
import hashlib
import os

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

POINT_BYTES = 33
NUMBER_BYTES = 32


def to_base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text):
    """None for what is not the one spelling of some bytes."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return data if to_base64url(data) == text else None


def utf8(text):
    """A lone surrogate counts as U+FFFD; a pair of them is one character (Y1)."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")


def hash_of(*lines):
    return to_base64url(hashlib.sha256(utf8("\n".join(lines))).digest())


def public_key_of(key):
    """The key an id stands for; None when it is nobody's (I1)."""
    point = from_base64url(key)
    if point is None or len(point) != POINT_BYTES:
        return None
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return None


def id_of_key(public_key):
    point = public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
    )
    return to_base64url(point)


def verify(key, text, signature):
    """Whether the owner of this key signed this text (Y4)."""
    public_key = public_key_of(key)
    raw = from_base64url(signature)
    if public_key is None or raw is None or len(raw) != 2 * NUMBER_BYTES:
        return False
    r, s = (int.from_bytes(half, "big") for half in (raw[:NUMBER_BYTES], raw[NUMBER_BYTES:]))
    try:
        der = utils.encode_dss_signature(r, s)
        public_key.verify(der, utf8(text), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def sign(private_key, text):
    r, s = utils.decode_dss_signature(private_key.sign(utf8(text), ec.ECDSA(hashes.SHA256())))
    return to_base64url(r.to_bytes(NUMBER_BYTES, "big") + s.to_bytes(NUMBER_BYTES, "big"))


def fresh_salt():
    return to_base64url(os.urandom(32))


def room_id(founder, nonce):
    return hash_of("lanyard room 2", founder, nonce)


def first_conversation(room):
    return hash_of("lanyard conversation 2", room)


def digest_of(event):
    """What stands for the body in what is signed (E2, E4)."""
    if "salt" in event and "body" in event:
        return hash_of("lanyard body 2", event["salt"], event["body"])
    return event["redacted"] if "redacted" in event else event["withheld"]


def event_content(event):
    """What the device signs (E1)."""
    lines = [
        "lanyard event 2",
        event["room"],
        event["conversation"],
        event["kind"],
        event["person"],
        event.get("device", event["person"]),
        str(event["written"]),
        ",".join(f"{how} {other}" for how, other in event.get("refs", [])),
        digest_of(event),
    ]
    return "\n".join(lines)


def event_id(event):
    return hash_of(event_content(event))


def is_signed(event):
    device = event.get("device", event["person"])
    return verify(device, event_content(event), event["signature"])


def link_after(end, conversation, entry):
    """The chain's link after an entry that follows this end (L5, L6)."""
    before = end["link"]
    if entry["epoch"] != end["epoch"]:
        before = hash_of(
            "lanyard epoch link 2", entry["epoch"], conversation, str(end["seq"]), end["link"]
        )
    origin = entry.get("origin")
    first = f"{origin['epoch']} {origin['seq']}" if origin else ""
    return hash_of(
        "lanyard link 2",
        before,
        str(entry["seq"]),
        entry["id"],
        str(entry["at"]),
        first,
        entry["policy"],
    )


def epoch_content(record):
    """What the writer of an epoch signs; its hash is the epoch's id (L2)."""
    places = sorted(f"{p['conversation']} {p['seq']} {p['link']}" for p in record["places"])
    lines = [
        "lanyard epoch 2",
        record["room"],
        str(record["number"]),
        record["writer"],
        record["parent"],
        hash_of("lanyard places 2", *places),
    ]
    return "\n".join(lines)


def head_content(head):
    """L8."""
    lines = ["lanyard head 2", head["conversation"], head["epoch"], str(head["seq"]), head["link"]]
    return "\n".join(lines)
