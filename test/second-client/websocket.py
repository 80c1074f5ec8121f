"""A client's WebSocket over TLS with a self-signed certificate, on a bare socket (I2, F1, F4, B1)."""

import base64
import datetime
import hashlib
import os
import socket
import ssl
import struct
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from signing import id_of_key

ALPN = "lanyard/2"
SUBPROTOCOL = "lanyard.2"
MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
FRAME_MAX = 16 * 1024 * 1024
CERTIFICATE_MAX = 4_096
# Without a sign of the hub for so long, in seconds, it is gone (B3).
QUIET_S = 18
TEXT, CONTINUED, BINARY, CLOSE, PING, PONG = 1, 0, 2, 8, 9, 10


class NotARoom(Exception):
    """What answers is no room that this client can be in."""


def certificate_for(private_key):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lanyard")])
    now = datetime.datetime(2020, 1, 1)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=36_500))
        .sign(private_key, hashes.SHA256())
    )


def tls_context(private_key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    # Only the key in a certificate counts (I2).
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols([ALPN, "http/1.1"])
    pem = serialization.Encoding.PEM
    with tempfile.NamedTemporaryFile() as file:
        file.write(certificate_for(private_key).public_bytes(pem))
        file.write(
            private_key.private_bytes(
                pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        file.flush()
        context.load_cert_chain(file.name)
    return context


def host_key_of(tls):
    """The id in the certificate that the hub shows (I1, I2)."""
    der = tls.getpeercert(binary_form=True)
    if der is None or len(der) > CERTIFICATE_MAX:
        raise NotARoom("the hub shows no certificate that can be used")
    key = x509.load_der_x509_certificate(der).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise NotARoom("the hub's key is not on P-256")
    return id_of_key(key)


class WebSocket:
    def __init__(self, host, port, private_key):
        plain = socket.create_connection((host, port), timeout=QUIET_S)
        self.socket = tls_context(private_key).wrap_socket(plain)
        if self.socket.selected_alpn_protocol() != ALPN:
            raise NotARoom("the hub speaks an earlier version (I2)")
        self.host_key = host_key_of(self.socket)
        self.buffer = b""
        self.close_code = None
        self._upgrade(f"{host}:{port}")

    def _upgrade(self, host):
        nonce = base64.b64encode(os.urandom(16)).decode("ascii")
        lines = [
            "GET / HTTP/1.1",
            f"Host: {host}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {nonce}",
            f"Sec-WebSocket-Protocol: {SUBPROTOCOL}",
        ]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
        while b"\r\n\r\n" not in self.buffer:
            self._read_more()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        status, *fields = head.decode("latin-1").split("\r\n")
        headers = {}
        for field in fields:
            name, _, value = field.partition(":")
            headers[name.strip().lower()] = value.strip()
        if status.split(" ")[1:2] != ["101"]:
            raise NotARoom(f"{status}: {headers.get('lanyard-refusal', '')}")
        expected = base64.b64encode(hashlib.sha1((nonce + MAGIC).encode()).digest()).decode()
        if headers.get("sec-websocket-accept") != expected:
            raise NotARoom("the answer is to another WebSocket")
        if headers.get("sec-websocket-protocol") != SUBPROTOCOL:
            raise NotARoom("the hub selected another subprotocol (F1)")
        if "sec-websocket-extensions" in headers:
            raise NotARoom("the hub selected an extension (F1)")

    def _read_more(self):
        data = self.socket.recv(65_536)
        if not data:
            raise ConnectionError("the connection ended")
        self.buffer += data

    def _take(self, count):
        while len(self.buffer) < count:
            self._read_more()
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def receive(self):
        """The next message's text; None once the hub has closed."""
        parts = []
        while True:
            first, second = self._take(2)
            opcode, length = first & 15, second & 127
            if first & 0x70 or second & 0x80:
                raise NotARoom("no frame of a server")
            if length == 126:
                (length,) = struct.unpack("!H", self._take(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", self._take(8))
            if length + sum(map(len, parts)) > FRAME_MAX:
                raise NotARoom("too long a message (F4)")
            data = self._take(length)
            if opcode == PING:
                self._send(PONG, data)
            elif opcode == CLOSE:
                self.close_code = struct.unpack("!H", data[:2])[0] if len(data) >= 2 else 1005
                self._send(CLOSE, data[:2])
                return None
            elif opcode in (TEXT, CONTINUED):
                parts.append(data)
                if first & 0x80:
                    return b"".join(parts).decode("utf-8")

    def send(self, text):
        self._send(TEXT, text.encode("utf-8"))

    def _send(self, opcode, data):
        mask = os.urandom(4)
        size = len(data)
        if size < 126:
            head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
        elif size < 65_536:
            head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, size)
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(data))
        self.socket.sendall(head + mask + masked)

    def has_more(self):
        """True while something was read that is yet to be taken."""
        return len(self.buffer) > 0 or self.socket.pending() > 0

    def end(self):
        self.socket.close()
