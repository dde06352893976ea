"""The box of a secret vote: sealed before it touches database, cache, log or queue; only the election's key opens it.

A box is a version, the context (which election, rules and key it is for), and HPKE base mode (RFC 9180: DHKEM(P-256,
HKDF-SHA256), HKDF-SHA256, AES-128-GCM) over a tracker and what is said, filled up so that all boxes of an election are
equally long. The portal keeps the key, itself sealed under one derived from SECRET_KEY: whoever has a copy of the
database alone opens nothing; whoever administers the portal could.
"""

import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from elections.counting.core import canonical, digest

VERSION = b"casabx01"
PURPOSE = b"casa-ballot-1"
TRACKER_BYTES = 16
CONTEXT_BYTES = 32
STEP = 256
_CURVE = ec.SECP256R1()


def _suite():
    return hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_128_GCM)


_TRACKER = re.compile(f"[0-9a-f]{{{2 * TRACKER_BYTES}}}")


@dataclass(frozen=True)
class Opened:
    """What was in a box: the voter's tracker, in hexadecimal, and what the ballot says."""

    tracker: str
    said: object


def new_key():
    """(public key, private key sealed for keeping), as bytes."""
    private = ec.generate_private_key(_CURVE)
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    number, nonce = private.private_numbers().private_value.to_bytes(32, "big"), os.urandom(12)
    return public, nonce + AESGCM(_keeping_key()).encrypt(nonce, number, public)


def _keeping_key(secret=None):
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"casa-election-key-1")
    return derive.derive((secret or settings.SECRET_KEY).encode())


def private_key(public, kept):
    """The private key as it was kept. Raises ValueError where neither SECRET_KEY nor any of SECRET_KEY_FALLBACKS is the
    secret under which it was."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        with contextlib.suppress(InvalidTag):
            number = AESGCM(_keeping_key(secret)).decrypt(kept[:12], kept[12:], public)
            return ec.derive_private_key(int.from_bytes(number, "big"), _CURVE)
    raise ValueError("the key of this election cannot be read: SECRET_KEY has changed")


def context_of(code, rules_hash, public):
    """What a box belongs to: 32 bytes."""
    return bytes.fromhex(digest({"election": code, "rules": rules_hash, "key": public.hex()}))


def new_tracker():
    """Sixteen random bytes, in hexadecimal."""
    return os.urandom(TRACKER_BYTES).hex()


def size_for(candidates):
    """How long what is sealed is, whatever a ballot says: enough for an order of all candidates."""
    return STEP * -(-(100 + 14 * candidates) // STEP)


def seal(public, context, tracker, said, size):
    """A box, as bytes."""
    plain = canonical({"said": said, "tracker": tracker}).encode().ljust(size)
    if len(plain) > size:
        raise ValueError("it says more than a ballot can")
    key = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public)
    return VERSION + context + _suite().encrypt(plain, key, info=PURPOSE + context)


def is_for(box, context, size):
    """Whether bytes have the form of a box of this election."""
    # A point of the curve, and the seal of the cipher.
    return box.startswith(VERSION + context) and len(box) == len(VERSION) + len(context) + 65 + size + 16


def open_box(private, context, box):
    """What is in a box, or None where it cannot be opened or says nothing that can be read."""
    try:
        plain = _suite().decrypt(box[len(VERSION) + CONTEXT_BYTES :], private, info=PURPOSE + context)
        found = json.loads(plain)
        tracker, said = found["tracker"], found["said"]
        if _TRACKER.fullmatch(tracker) and (is_list_said(said) or is_answers_said(said)):
            return Opened(tracker, said)
    except (InvalidTag, ValueError, KeyError, TypeError, RecursionError):
        pass  # whoever has the public key seals what they like
    return None


def is_list_said(said):
    """Whether it is a list of ballot numbers: whole numbers, and neither true nor 1.0, which Python takes for one."""
    return isinstance(said, list) and all(type(n) is int for n in said)


def is_answers_said(said):
    """Whether it is {ballot number: yes or no}, each number written one way: "1" and "01" would be two answers."""
    return isinstance(said, dict) and all(
        re.fullmatch("[1-9][0-9]{0,3}", n) and answer in ("yes", "no") for n, answer in said.items()
    )


def digest_of(box):
    """SHA-256 of a box in hexadecimal: its name in the urn, and the voter's receipt."""
    return hashlib.sha256(box).hexdigest()


def check_word(tracker, said):
    """SHA-256 of a tracker and what was said with it: by it a voter finds their own vote, and nobody else's."""
    return hashlib.sha256((tracker + canonical(said)).encode()).hexdigest()
