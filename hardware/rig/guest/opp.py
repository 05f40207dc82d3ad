"""A phone's Object Push server on RFCOMM: what it and its owner do is its policy (README.md)."""
import hashlib, mimetypes, os, select, socket, threading, time
import hci

CHANNEL = 9
CONTINUE, SUCCESS, BAD_REQUEST, FORBIDDEN = 0x90, 0xA0, 0xC0, 0xC3
LENGTH_REQUIRED, UNSUPPORTED_TYPE, NOT_IMPLEMENTED, BUSY = 0xCB, 0xCF, 0xD1, 0xD3
CONNECTION = bytes([0xCB, 0, 0, 0, 1])
MAX_PACKET = 0x2000
PATIENCE = 50       # seconds: how long Android waits for its owner before it says no in their stead
TYPES = ("text/plain", "text/html", "text/x-vcard", "text/vcard", "application/pdf")


class Over(Exception):
    """The session ends here."""


def headers(data):
    """Yields (id, value): the two top bits say how a header is built."""
    while data:
        kind = data[0] >> 6
        size = int.from_bytes(data[1:3], "big") if kind < 2 else 2 if kind == 2 else 5
        if size < 1 or size > len(data): raise Over("malformed headers")
        yield data[0], data[3 if kind < 2 else 1:size]
        data = data[size:]


class Session:
    """One sender's session. The phone gives its policy (a verb and arguments) and takes the events."""

    def __init__(self, phone, sock, policy):
        self.phone, self.sock, self.life = phone, sock, phone.life
        self.verb, *self.arguments = policy.split(":")
        self.forget()

    def event(self, what, **words): self.phone.event(what, self.life, **words)

    def forget(self):
        self.name, self.type, self.length, self.body = "", "", None, bytearray()
        self.introduced = self.asked = False

    def argument(self, i, otherwise):
        return self.arguments[i] if len(self.arguments) > i and self.arguments[i] else otherwise

    def at(self, stage):
        """Whether the policy does its deed here: "drop:headers", "stall:body" …"""
        if self.verb in ("drop", "stall", "vanish") and self.argument(0, "body") == stage:
            self.event(self.verb, stage=stage, name=self.name)
            if self.verb == "vanish": self.phone.vanish(float(self.argument(1, 20)))
            if self.verb != "drop": self.wait(None)
            raise Over(self.verb)

    def wait(self, seconds):
        """Lets time pass; ends the session when the sender hangs up meanwhile."""
        poll = select.poll()
        poll.register(self.sock, select.POLLIN | select.POLLHUP | select.POLLERR)
        end = None if seconds is None else time.monotonic() + seconds
        while end is None or time.monotonic() < end:
            left = 1.0 if end is None else min(1.0, max(0.0, end - time.monotonic()))
            if poll.poll(left * 1000):
                if self.sock.recv(1, socket.MSG_PEEK) == b"": raise Over("hung up")
                if end is None: raise Over("goes on talking")
                time.sleep(max(0.0, end - time.monotonic()))
                return

    def receive(self, count):
        data = bytearray()
        while len(data) < count:
            part = self.sock.recv(count - len(data))
            if not part: raise Over("hung up")
            data += part
        return bytes(data)

    def answer(self, code, extra=b""):
        self.sock.sendall(bytes([code]) + (3 + len(extra)).to_bytes(2, "big") + extra)

    def serve(self):
        try:
            while True:
                op, size = (lambda p: (p[0], int.from_bytes(p[1:3], "big")))(self.receive(3))
                if size < 3: raise Over("malformed packet")
                packet = self.receive(size - 3)
                if op == 0x80: self.connect()
                elif op in (0x02, 0x82): self.put(list(headers(packet)), op == 0x82)
                elif op == 0x81: self.answer(SUCCESS)
                elif op == 0xFF: self.forget(); self.event("aborted"); self.answer(SUCCESS)
                else: self.answer(NOT_IMPLEMENTED)
        except (Over, OSError) as end:
            if self.asked: self.event("unasked", why=end)

    def connect(self):
        self.at("connect")
        if self.verb == "busy": return self.answer(BUSY)
        self.answer(SUCCESS, b"\x10\x00" + MAX_PACKET.to_bytes(2, "big") + CONNECTION)

    def put(self, given, last):
        for key, value in given:
            if key == 0x01: self.name = value.decode("utf-16-be").rstrip("\0")
            elif key == 0x42: self.type = value.decode("ascii", "replace").rstrip("\0")
            elif key == 0xC3: self.length = int.from_bytes(value, "big")
        pieces = [value for key, value in given if key in (0x48, 0x49)]
        refusal = 0
        if not self.introduced:
            self.introduced = True
            refusal = self.introduce()
            if not refusal: self.at("headers")
        if not refusal and not self.asked and (pieces or last) and self.verb == "android":
            refusal = self.ask()
        if not refusal and (pieces or last): self.at("body")
        if refusal:
            self.event("refused", name=self.name, code="%02X" % refusal)
            self.forget()
            return self.answer(refusal)
        for piece in pieces: self.body += piece
        if not last: return self.answer(CONTINUE)
        self.at("final-lost")
        if self.verb == "never": self.wait(None); raise Over("never answers")
        self.phone.keep(self.life, self.name, self.type, bytes(self.body))     # before the answer
        self.at("final")
        self.forget()
        self.answer(SUCCESS)

    def introduce(self):
        """What the phone says to the headers: 0, or the code of a refusal."""
        self.event("offered", name=self.name, type=self.type, length=self.length)
        if self.verb == "reject": return int(self.argument(0, "C3"), 16)
        if self.verb == "slow": self.wait(float(self.argument(0, 8)))
        if self.verb == "never" and self.argument(0, "") == "headers": self.wait(None)
        if self.verb == "android":
            if not self.name: return BAD_REQUEST
            if self.length is None: return LENGTH_REQUIRED
            if not self.type: self.type = mimetypes.guess_type(self.name)[0] or ""     # as obexd sends it
            if not (self.type in TYPES or self.type.startswith("image/")): return UNSUPPORTED_TYPE
        return 0

    def ask(self):
        """Android's question to its owner, at the first piece: "android:yes:8", "android:silent"."""
        self.asked = True
        self.event("asked", name=self.name, type=self.type)
        said = self.argument(0, "yes")
        self.wait(float(self.argument(1, PATIENCE if said == "silent" else 0)))
        return 0 if said == "yes" else FORBIDDEN


class Server:
    """Listens at one phone's address, in front of obexd, which listens at every address."""

    def __init__(self, phone, address, channel=CHANNEL):
        self.phone = phone
        self.sessions = {}
        self.lock = threading.Lock()
        self.sock = socket.socket(socket.AF_BLUETOOTH, socket.SOCK_STREAM, socket.BTPROTO_RFCOMM)
        self.sock.bind((address, channel))
        self.sock.listen(8)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        for sock, peer in hci.calls(self.sock):
            threading.Thread(target=self._serve, args=(sock, peer[0]), daemon=True).start()

    def _serve(self, sock, peer):
        with self.lock:
            busy = bool(self.sessions) and self.phone.policy.startswith("android")
            session = Session(self.phone, sock, "busy" if busy else self.phone.policy)
            self.sessions[sock] = session
        session.event("link", by=int(peer[-2:], 16))
        try:
            session.serve()
        finally:
            with self.lock: self.sessions.pop(sock, None)
            sock.close()
            session.event("unlink", by=int(peer[-2:], 16))

    def hang_up(self):
        with self.lock: open_ones = list(self.sessions)
        for sock in open_ones:
            try: sock.shutdown(socket.SHUT_RDWR)
            except OSError: pass

    def close(self):
        try: self.sock.shutdown(socket.SHUT_RDWR)
        except OSError: pass
        self.sock.close()
        self.hang_up()


def digest(content):
    return hashlib.sha256(content).hexdigest()


def keep(folder, count, name, content):
    """Writes an object under a name that can do no harm."""
    os.makedirs(folder, exist_ok=True)
    safe = "".join(c if c.isalnum() or c in "._- " else "_" for c in name) or "noname"
    path = os.path.join(folder, "%03d-%s" % (count, safe[-100:]))
    with open(path, "wb") as file: file.write(content)
    return path
