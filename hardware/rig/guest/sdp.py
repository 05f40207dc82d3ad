"""A service discovery server of a phone's own, on PSM 1 of its address alone, in front of bluetoothd's,
which answers for every controller alike: for phones without Object Push, with it on another channel,
that answer in pieces, or never."""
import select, socket, struct, threading
import hci

PSM = 1


def element_uuid(short): return b"\x19" + struct.pack(">H", short)
def element_sequence(*parts): body = b"".join(parts); return b"\x35" + bytes([len(body)]) + body
def element_u16(value): return b"\x09" + struct.pack(">H", value)
def element_u8(value): return b"\x08" + bytes([value])


def object_push(channel):
    """The attributes of an Object Push service (OPP 1.1, 6.1)."""
    name = b"Object Push"
    return element_sequence(
        element_u16(0x0000), b"\x0a" + struct.pack(">I", 0x00010001),
        element_u16(0x0001), element_sequence(element_uuid(0x1105)),
        element_u16(0x0004), element_sequence(
            element_sequence(element_uuid(0x0100)),
            element_sequence(element_uuid(0x0003), element_u8(channel)),
            element_sequence(element_uuid(0x0008))),
        element_u16(0x0005), element_sequence(element_uuid(0x1002)),
        element_u16(0x0009), element_sequence(element_sequence(element_uuid(0x1105), element_u16(0x0100))),
        element_u16(0x0100), b"\x25" + bytes([len(name)]) + name,
        element_u16(0x0303), element_sequence(element_u8(0xFF)))


class Server:
    """One phone's. The kernel gives a call to the oldest socket that fits, so this is made before
    bluetoothd starts, and only when a phone first wants its own does it listen; from then on it does."""

    def __init__(self, address):
        self.channel, self.piece, self.silent, self.listening = None, 512, False, False
        self.open = set()
        self.sock = socket.socket(socket.AF_BLUETOOTH, socket.SOCK_SEQPACKET, socket.BTPROTO_L2CAP)
        self.sock.bind((address, PSM))

    def serve(self, channel=None, piece=512, silent=False):
        """channel None: no Object Push. piece: bytes an answer carries. silent: never answers."""
        self.channel, self.piece, self.silent = channel, piece, silent
        if not self.listening:
            self.listening = True
            self.sock.listen(8)
            threading.Thread(target=self._accept, daemon=True).start()

    def hang_up(self):
        for sock in list(self.open):
            try: sock.shutdown(socket.SHUT_RDWR)
            except OSError: pass

    def _accept(self):
        for sock, _ in hci.calls(self.sock):
            self.open.add(sock)
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock):
        try:
            while True:
                # Kernel 6.1.176 waits in recv with the socket locked, which stops the whole controller.
                select.select([sock], [], [])
                request = sock.recv(2048, socket.MSG_DONTWAIT)
                if not request: break
                if not self.silent: sock.send(self._answer(request))
        except OSError:
            pass
        finally:
            self.open.discard(sock)
            sock.close()

    @staticmethod
    def _continued(request):
        """From which byte on a search for attributes goes on, as our last answer told it to say."""
        at = 5
        for gap in (2, 0):      # the services sought and 2 bytes of length; the attributes
            bytes_of_length = {5: 1, 6: 2, 7: 4}[request[at] & 7]
            at += 1 + bytes_of_length + int.from_bytes(request[at + 1:at + 1 + bytes_of_length], "big") + gap
        return int.from_bytes(request[at + 1:at + 1 + request[at]], "big")

    def _answer(self, request):
        pdu, transaction, _ = struct.unpack_from(">BHH", request)
        has = self.channel is not None and (pdu == 0x04 or b"\x11\x05" in request[5:])
        said = self._continued(request) if pdu == 0x06 else 0
        if pdu == 0x02:     # service search: one handle or none
            body = struct.pack(">HH", has, has) + (struct.pack(">I", 0x00010001) if has else b"") + b"\0"
            return struct.pack(">BHH", 0x03, transaction, len(body)) + body
        if pdu == 0x04 and has:
            whole, answer = object_push(self.channel), 0x05
        elif pdu == 0x06:   # attributes of all that match, in one sequence of sequences
            whole, answer = element_sequence(*([object_push(self.channel)] if has else [])), 0x07
        else:
            return struct.pack(">BHHH", 0x01, transaction, 2, 0x0002)
        part = whole[said:said + self.piece]
        more = said + len(part) < len(whole)
        state = b"\x02" + struct.pack(">H", said + len(part)) if more else b"\0"
        body = struct.pack(">H", len(part)) + part + state
        return struct.pack(">BHH", answer, transaction, len(body)) + body
