"""Sealed ballots: sealed before they touch database, cache, log or queue; only the election's key opens them.

A sealed ballot is a version, the context (which election, rules and key it is for), and HPKE base mode (RFC 9180: DHKEM(P-256,
HKDF-SHA256), HKDF-SHA256, AES-128-GCM) over a tracker and the choices, padded so that all sealed ballots of an
election are equally long. The portal holds the key, itself sealed under one derived from SECRET_KEY: whoever has a copy
of the database alone opens nothing; whoever administers the portal could.
"""

import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass
from typing import NamedTuple, TypeGuard

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


def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_128_GCM)


_TRACKER = re.compile(f"[0-9a-f]{{{2 * TRACKER_BYTES}}}")


class KeyPair(NamedTuple):
    """The key of a ballot box: its public half, and the private one sealed under SECRET_KEY."""

    public: bytes
    sealed_private: bytes


@dataclass(frozen=True)
class Opened:
    """What was sealed: the voter's tracker, in hexadecimal, and the choices."""

    tracker: str
    choices: list[int] | dict[str, str]


def new_key() -> KeyPair:
    """A key pair, the private key sealed."""
    private = ec.generate_private_key(_CURVE)
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    number, nonce = private.private_numbers().private_value.to_bytes(32, "big"), os.urandom(12)
    return KeyPair(public, nonce + AESGCM(_sealing_key(settings.SECRET_KEY)).encrypt(nonce, number, public))


def _sealing_key(secret: str) -> bytes:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"casa-election-key-1")
    return derive.derive(secret.encode())


def private_key(public: bytes, sealed: bytes) -> ec.EllipticCurvePrivateKey:
    """The private key that was sealed. Raises ValueError where neither SECRET_KEY nor any of SECRET_KEY_FALLBACKS is the
    secret under which it was."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        with contextlib.suppress(InvalidTag):
            number = AESGCM(_sealing_key(secret)).decrypt(sealed[:12], sealed[12:], public)
            return ec.derive_private_key(int.from_bytes(number, "big"), _CURVE)
    raise ValueError("the key of this election cannot be read: SECRET_KEY has changed")


def context_of(code: str, rules_hash: str, public: bytes) -> bytes:
    """What a sealed ballot belongs to: 32 bytes of an election, its rules and its key."""
    return bytes.fromhex(digest({"election": code, "rules": rules_hash, "key": public.hex()}))


def new_tracker() -> str:
    """Sixteen random bytes, in hexadecimal."""
    return os.urandom(TRACKER_BYTES).hex()


def size_for(candidates: int) -> int:
    """The length of what is sealed, whatever the choices: enough for an order of all candidates."""
    return STEP * -(-(100 + 14 * candidates) // STEP)


def seal(public: bytes, context: bytes, tracker: str, choices: object, size: int) -> bytes:
    """A sealed ballot. Raises ValueError where the choices are longer than a ballot can be."""
    plain = canonical({"said": choices, "tracker": tracker}).encode().ljust(size)
    if len(plain) > size:
        raise ValueError("the choices are longer than a ballot can be")
    key = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public)
    return VERSION + context + _suite().encrypt(plain, key, info=PURPOSE + context)


def is_for(content: bytes, context: bytes, size: int) -> bool:
    """Whether bytes have the form of a sealed ballot of this election."""
    # A point of the curve, and the seal of the cipher.
    return content.startswith(VERSION + context) and len(content) == len(VERSION) + len(context) + 65 + size + 16


def unseal(private: ec.EllipticCurvePrivateKey, context: bytes, content: bytes) -> Opened | None:
    """What was sealed, or None where it cannot be opened or read."""
    try:
        plain = _suite().decrypt(content[len(VERSION) + CONTEXT_BYTES :], private, info=PURPOSE + context)
        sealed = json.loads(plain)
        tracker, choices = sealed["tracker"], sealed["said"]
        if _TRACKER.fullmatch(tracker) and (are_numbers(choices) or are_answers(choices)):
            return Opened(tracker, choices)
    except (InvalidTag, ValueError, KeyError, TypeError, RecursionError):
        pass  # whoever has the public key seals what they like
    return None


def are_numbers(choices: object) -> TypeGuard[list[int]]:
    """Whether choices are a list of ballot numbers: whole numbers, and neither true nor 1.0, which Python takes for one."""
    return isinstance(choices, list) and all(type(n) is int for n in choices)


def are_answers(choices: object) -> TypeGuard[dict[str, str]]:
    """Whether choices are {ballot number: yes or no}, each number written one way: "1" and "01" would be two answers."""
    return isinstance(choices, dict) and all(
        re.fullmatch("[1-9][0-9]{0,3}", n) and answer in ("yes", "no") for n, answer in choices.items()
    )


def digest_of(content: bytes) -> str:
    """SHA-256 of a sealed ballot in hexadecimal: its name in the ballot box, and on the voter's receipt."""
    return hashlib.sha256(content).hexdigest()


def check_word(tracker: str, choices: object) -> str:
    """SHA-256 of a tracker and its choices: by it a voter finds their own vote, and nobody else's."""
    return hashlib.sha256((tracker + canonical(choices)).encode()).hexdigest()
