#!/usr/bin/python3
"""The phones, and the rig's switchboard: phones.py CONTROLLERS ADAPTERS [K=POLICY …]

Starts the air, plugs the controllers in, makes all but the first ADAPTERS of them phones, and obeys
commands on the socket /run/rig-control: lines, each answered by one line "ok …" or "error …". What
happens to phones is written to /tmp/rig/events, what they keep to /tmp/rig/inbox. Both are described
in README.md. Prints PLUGGED when bluetoothd may
start, and READY."""
import faulthandler, os, signal, socket, struct, subprocess, sys, threading, time, traceback, urllib.parse
import dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib
import hci, opp, sdp

CONTROL, EVENTS, INBOX, OBEXD = "/run/rig-control", "/tmp/rig/events", "/tmp/rig/inbox", "/tmp/rig/obexd"
SMART_PHONE = 0x5A020C      # networking, capturing, object transfer, telephony; phone; smart
POWER_OFF, TIMEOUT = 0x15, 0x08
OBJECT_PUSH, HANDS_FREE_GATEWAY = 0x1105, 0x111F


def address(k): return "00:AA:01:%02X:00:%02X" % (k, k)


class Events:
    def __init__(self):
        self.file, self.lock = open(EVENTS, "a", buffering=1), threading.Lock()

    def write(self, k, what, **words):
        line = "%.3f %d %s %s\n" % (time.time(), k, what, urllib.parse.urlencode({a: str(b) for a, b in words.items()}))
        with self.lock: self.file.write(line)


class Air:
    """The program that plays the radio; see air.c for what it obeys."""

    def __init__(self):
        self.lock = threading.Lock()
        self.process = subprocess.Popen(["air"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def __call__(self, command):
        with self.lock:
            self.process.stdin.write(command + "\n")
            answer = self.process.stdout.readline().strip()
        if not answer.startswith("ok"): raise ValueError("air: %s: %s" % (command, answer or "it is dead"))
        return answer[3:]


class Phone:
    def __init__(self, k):
        self.k, self.policy, self.visible, self.reach = k, "absent", False, False
        self.name, self.rssi, self.class_of_device = "phone-%d" % k, -40 - k % 50, SMART_PHONE
        self.opp, self.sdp = None, sdp.Server(address(k))
        self.life = self.kept = 0      # lives: a phone that is set anew is another phone

    def event(self, what, life=None, **words): events.write(self.k, what, life=life or self.life, **words)

    def keep(self, life, name, kind, content):
        self.kept += 1
        path = opp.keep(os.path.join(INBOX, str(self.k)), self.kept, name, content)
        self.event("received", life, name=name, type=kind, length=len(content), sha256=opp.digest(content), path=path)

    def show(self):
        air("phone %d %s %s" % (self.k, "visible" if self.visible else "hidden", "reach" if self.reach else "deaf"))

    def vanish(self, seconds):
        """Walks out of range: nothing is said to anybody until the links' supervision ends them."""
        self.visible = self.reach = False
        self.show()
        air("cut %d %d %x" % (self.k, seconds * 1000, TIMEOUT))

    def leave(self):
        """Bluetooth off: says goodbye on every link."""
        self.visible = self.reach = False
        self.show()
        air("cut %d 0 %x" % (self.k, POWER_OFF))
        if self.opp: self.opp.hang_up()

    def set(self, policy):
        """Begins anew as a phone that does this."""
        if self.opp: self.opp.close()
        self.opp = None
        self.sdp.hang_up()
        self.life += 1
        words = policy.split(":")
        verb = words[0]
        serves = channel = None
        if verb in ("accept", "hidden", "reject", "busy", "slow", "drop", "stall", "vanish", "never", "android", "sdp"):
            channel = opp.CHANNEL
        elif verb not in ("absent", "no-opush", "obexd"):
            raise ValueError("no such policy: " + policy)
        if verb == "sdp":           # "sdp:silent", "sdp:pieces:48", "sdp:channel:12": an accepting phone's own SDP
            kind, value = words[1], int(words[2]) if len(words) > 2 else 0
            channel = value if kind == "channel" else channel
            serves = dict(channel=channel, piece=value if kind == "pieces" else 512, silent=kind == "silent")
        elif verb == "no-opush":
            serves = dict(channel=None)
        self.policy = policy
        if serves is None and self.sdp.listening: serves = dict(channel=channel or opp.CHANNEL)
        if serves is not None: self.sdp.serve(**serves)
        if channel is not None: self.opp = opp.Server(self, address(self.k), channel)
        if verb == "obexd": start_obexd()
        self.describe(verb)
        self.visible, self.reach = verb not in ("hidden", "absent"), verb != "absent"
        self.show()

    def describe(self, verb):
        """What an inquiry says of it. Every fourth phone has no extended response, as old ones."""
        eir = "-"
        if self.k % 4:
            service = HANDS_FREE_GATEWAY if verb == "no-opush" else OBJECT_PUSH
            name = self.name.encode()
            eir = (bytes([len(name) + 1, 0x09]) + name + bytes([3, 0x03]) + struct.pack("<H", service)).hex()
        air("describe %d %x %d %s %s" % (self.k, self.class_of_device, self.rssi, eir, self.name.encode().hex()))


class PairingAgent(dbus.service.Object):
    """Says yes. The kernel takes the first "just works" pairing by itself, and asks about later ones."""
    @dbus.service.method("org.bluez.Agent1", in_signature="ou", out_signature="")
    def RequestConfirmation(self, device, passkey): pass
    @dbus.service.method("org.bluez.Agent1", in_signature="o", out_signature="")
    def RequestAuthorization(self, device): pass
    @dbus.service.method("org.bluez.Agent1", in_signature="os", out_signature="")
    def AuthorizeService(self, device, uuid): pass
    @dbus.service.method("org.bluez.Agent1", in_signature="", out_signature="")
    def Cancel(self): pass
    @dbus.service.method("org.bluez.Agent1", in_signature="", out_signature="")
    def Release(self): pass


def index(k): return int(indexes[k][3:])


def plug(k):
    indexes[k] = air("plug %d" % k)
    return indexes[k]


def ready(k):
    """Waits until a controller is up, as bluetoothd makes it, and open to pages if it is a phone's."""
    if masked: return power(k)
    path = "/org/bluez/" + indexes[k]
    for _ in range(600):
        try:
            properties = dbus.Interface(bus.get_object("org.bluez", path, introspect=False), "org.freedesktop.DBus.Properties")
            if properties.Get("org.bluez.Adapter1", "Powered"): break
        except dbus.DBusException:
            pass
        time.sleep(0.05)
    else:
        raise ValueError("%s does not come up" % indexes[k])
    if k in phones:
        management.command(index(k), hci.SET_IO_CAPABILITY, bytes([hci.NO_INPUT_NO_OUTPUT]))
        management.command(index(k), hci.SET_CONNECTABLE, b"\x01")


def power(k):
    """What bluetoothd does with a controller that appears."""
    wanted = [(hci.SET_SSP, 1), (hci.SET_POWERED, 1)]
    if k in phones:
        wanted.append((hci.SET_IO_CAPABILITY, hci.NO_INPUT_NO_OUTPUT))
        # Nobody is there to keep keys: one that the kernel kept would make it ask that nobody.
        wanted += [(hci.SET_BONDABLE, 0), (hci.SET_CONNECTABLE, 1)]
    for code, value in wanted:
        for _ in range(600):        # the kernel asks a new controller what it is before it lets anybody near
            status, _ = management.command(index(k), code, bytes([value]))
            if status not in (hci.BUSY, hci.INVALID_INDEX): break
            time.sleep(0.05)
        if status: raise ValueError("%s does not come up: %04x gave %d" % (indexes[k], code, status))


def mask():
    """Ends bluetoothd, as "systemctl mask --now bluetooth" does on a node. It was the phones' service
    discovery too: each has one of its own from now on."""
    global masked
    if masked: return
    for phone in phones.values(): phone.sdp.serve(channel=opp.CHANNEL)
    # Killed: asked to end, it would switch all controllers off.
    if subprocess.run(["busybox", "killall", "-9", "bluetoothd"]).returncode: raise ValueError("bluetoothd does not run")
    while bus.name_has_owner("org.bluez"): time.sleep(0.01)
    masked = True
    for k in phones: power(k)


def obey(line):
    verb, *words = line.split()
    k = int(words[0]) if words and words[0].isdigit() else None
    if verb == "phones": return " ".join(str(k) for k in sorted(phones))
    if verb == "air": return air(line[4:])
    if verb == "mask": mask(); return ""
    if verb == "kept":              # what obexd kept: its files are its own
        content = open(os.path.join(OBEXD, urllib.parse.unquote(words[0])), "rb").read()
        return "%d %s" % (len(content), opp.digest(content))
    if verb == "pages": return air("pages %d" % int(words[0]))
    if k is None or (k not in indexes and verb != "plug"): raise ValueError("no controller " + str(words[:1]))
    if verb == "plug": plug(k); ready(k); return indexes[k]
    if verb == "plug-down": return plug(k)      # comes, and nobody waits until it is up
    if verb == "unplug": air("unplug %d %d" % (k, int(words[1]) if len(words) > 1 else 2000)); return ""
    if verb == "reset": return air("reset %d" % k)
    if verb == "links": return " ".join(map(str, [len(hci.links(index(k)))]))
    if verb == "hci": return indexes[k]
    if verb == "address": return address(k)
    if k not in phones: raise ValueError("%d is no phone" % k)
    phone = phones[k]
    if verb == "set": phone.set(words[1]); return str(phone.life)
    elif verb == "visible": phone.visible = words[1] == "on"; phone.show()
    elif verb == "reach": phone.reach = words[1] == "on"; phone.show()
    elif verb == "vanish": phone.vanish(float(words[1]) if len(words) > 1 else 20)
    elif verb == "leave": phone.leave()
    elif verb == "describe":    # describe K CLASS RSSI NAME
        phone.class_of_device, phone.rssi, phone.name = int(words[1], 16), int(words[2]), words[3]
        phone.describe(phone.policy.split(":")[0])
    else: raise ValueError("no such command: " + verb)
    return ""


def converse(sock):
    with sock, sock.makefile("rw", buffering=1) as lines:
        for line in lines:
            try: answer = ("ok " + obey(line.strip())).strip()
            except Exception as failed:
                traceback.print_exc()
                answer = "error %s: %s" % (type(failed).__name__, str(failed).replace("\n", " "))
            try: lines.write(answer + "\n")
            except OSError: return


def start_obexd():
    """BlueZ's own server, which takes what comes; on every address where no phone of ours listens."""
    global obexd
    if obexd: return
    os.makedirs(OBEXD, exist_ok=True)
    log = open("/tmp/rig/log/obexd", "w")
    obexd = subprocess.Popen(["/usr/libexec/bluetooth/obexd", "-n", "-d", "-a", "-r", OBEXD], stdout=log, stderr=log)
    for _ in range(600):        # until bluetoothd has its services: looked for too soon, there is none
        if "obex/00001105_0000_1000_8000_00805f9b34fb registered" in open(log.name).read(): return
        time.sleep(0.05)
    raise ValueError("obexd does not start")


def listen():
    control = socket.socket(socket.AF_UNIX)
    control.bind(CONTROL)
    os.chmod(CONTROL, 0o666)
    control.listen(16)
    while True:
        threading.Thread(target=converse, args=(control.accept()[0],), daemon=True).start()


faulthandler.register(signal.SIGUSR1, all_threads=True)     # what all of them are at, into the log
controllers, adapters = int(sys.argv[1]), int(sys.argv[2])
os.makedirs(INBOX, exist_ok=True)
events, air, management = Events(), Air(), hci.Management()
phones = {k: Phone(k) for k in range(adapters, controllers)}
indexes = {}
obexd = None
masked = False
for k in range(controllers):
    plug(k)
    if k in phones: phones[k].show()
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SystemBus()
print("PLUGGED", flush=True)
for k in range(controllers): ready(k)
# The kernel lists the newest first, and who asks it for 16 (BlueCove's own stack) must see these.
for k in range(adapters if controllers > 16 else 0):
    air("unplug %d 0" % k)
    plug(k)
    ready(k)
wanted = dict(word.split("=", 1) for word in sys.argv[3:])      # "*" speaks for those not named
for k, phone in phones.items(): phone.set(wanted.get(str(k), wanted.get("*", "accept")))
subprocess.run(["sdptool", "add", "--channel=%d" % opp.CHANNEL, "OPUSH"], stdout=subprocess.DEVNULL, check=True)
PairingAgent(bus, "/rig/pairing")
manager = dbus.Interface(bus.get_object("org.bluez", "/org/bluez"), "org.bluez.AgentManager1")
manager.RegisterAgent("/rig/pairing", "NoInputNoOutput")
manager.RequestDefaultAgent("/rig/pairing")
threading.Thread(target=listen, daemon=True).start()
print("READY", flush=True)
GLib.MainLoop().run()
