"""A security key in Python: makes a key pair, and signs what a page asks for."""

import hashlib
import json
import secrets
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

from mingchuang.people.models import Person

PRESENT_AND_VERIFIED, WITH_KEY = 0x05, 0x40


class Token:
    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.host = ""

    def register(self, options: dict[str, Any]) -> str:
        """Answer the page that adds a key."""
        asked = options["publicKey"]
        self.host = asked["rp"]["id"]
        public: Any = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        cose = cbor.encode(dict(public))
        credential = bytes(16) + len(self.id).to_bytes(2) + self.id + cose
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._data(PRESENT_AND_VERIFIED | WITH_KEY) + credential,
        }
        return self._told(
            clientDataJSON=self._client("webauthn.create", asked),
            attestationObject=cbor.encode(attestation),
        )

    def answer(self, options: dict[str, Any], person: Person) -> str:
        """Answer the page that asks for the key."""
        client = self._client("webauthn.get", options["publicKey"])
        data = self._data(PRESENT_AND_VERIFIED)
        signed = data + hashlib.sha256(client).digest()
        return self._told(
            clientDataJSON=client,
            authenticatorData=data,
            signature=self.key.sign(signed, ec.ECDSA(hashes.SHA256())),
            userHandle=user_pk_to_url_str(person).encode(),
        )

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + bytes(4)

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _told(self, **response: bytes) -> str:
        name = websafe_encode(self.id)
        told = {key: websafe_encode(value) for key, value in response.items()}
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": told,
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )
