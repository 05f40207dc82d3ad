"""What Python's sockets can't say to the kernel's Bluetooth: its management channel, callers, links."""
import ctypes, fcntl, select, socket, struct, threading

_libc = ctypes.CDLL(None, use_errno=True)
HCIGETCONNLIST = 0x800448D4
HCI_CHANNEL_CONTROL = 3
SET_POWERED, SET_CONNECTABLE, SET_BONDABLE, SET_SSP, SET_IO_CAPABILITY = 0x0005, 0x0007, 0x0009, 0x000B, 0x0018
NO_INPUT_NO_OUTPUT = 3
BUSY, INVALID_INDEX = 0x0A, 0x11


class Management:
    """The management channel (doc/mgmt-api.txt of BlueZ). One command at a time."""

    def __init__(self):
        self.sock = socket.socket(socket.AF_BLUETOOTH, socket.SOCK_RAW | socket.SOCK_CLOEXEC, socket.BTPROTO_HCI)
        address = struct.pack("<HHH", socket.AF_BLUETOOTH, 0xFFFF, HCI_CHANNEL_CONTROL)
        if _libc.bind(self.sock.fileno(), address, len(address)):
            raise OSError(ctypes.get_errno(), "no management channel")
        self.lock = threading.Lock()

    def command(self, index, code, parameters=b""):
        """Returns (status, answer): 0 is success."""
        with self.lock:
            try:    # what was told to everybody meanwhile: a full socket takes no answers
                while self.sock.recv(4096, socket.MSG_DONTWAIT): pass
            except BlockingIOError:
                pass
            self.sock.send(struct.pack("<HHH", code, index, len(parameters)) + parameters)
            while True:
                select.select([self.sock], [], [])      # not in recv: see sdp.py
                data = self.sock.recv(4096, socket.MSG_DONTWAIT)
                event, at, _ = struct.unpack_from("<HHH", data)
                if event in (0x0001, 0x0002) and at == index:
                    answered, status = struct.unpack_from("<HB", data, 6)
                    if answered == code:
                        return status, data[9:]


def calls(listening):
    """Yields (socket, address) of each caller until the listening socket is closed."""
    while True:
        try: yield listening.accept()
        except ConnectionAbortedError: pass     # who called has hung up before we came: the next one may not
        except OSError: return


def links(index):
    """Addresses that a controller of this machine has links to, as the kernel knows."""
    with socket.socket(socket.AF_BLUETOOTH, socket.SOCK_RAW, socket.BTPROTO_HCI) as raw:
        room = bytearray(struct.pack("<HH", index, 32) + bytes(16 * 32))
        fcntl.ioctl(raw, HCIGETCONNLIST, room)
    count = struct.unpack_from("<H", room, 2)[0]
    return [room[4 + 16 * i + 2:4 + 16 * i + 8][::-1].hex(":").upper() for i in range(count)]
