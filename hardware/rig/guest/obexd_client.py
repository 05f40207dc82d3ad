#!/usr/bin/python3
"""BlueZ's own sender, obexd by D-Bus, for ours to be compared with: obexd_client.py ADAPTER FILE

Prints READY. Then obeys lines on standard input and answers each with a line, whenever it is done; any
number of pushes may be under way:
  find A…     looks until each of these addresses was heard since: "found MS", or "missed N" after 60 s
  push A      "pushed A MS", from the call until the object has arrived, or "failed A WHY"; both when the
              session is closed"""
import os, subprocess, sys, time, dbus, dbus.mainloop.glib
from gi.repository import GLib

OBEX, BLUEZ, PROPERTIES = "org.bluez.obex", "org.bluez", "org.freedesktop.DBus.Properties"
PATIENCE = 120      # seconds, for a session to be there: D-Bus's own 25 are too few for a busy machine


def say(*words): print(*words, flush=True)


def millis(since): return "%.1f" % ((time.monotonic() - since) * 1000)


def settings(**words): return dbus.Dictionary(words, signature="sv")


class Push:
    """One session with one object."""
    under_way = {}      # by the transfer's path

    def __init__(self, phone):
        self.phone, self.began, self.session, self.end = phone, time.monotonic(), None, None
        client.CreateSession(phone, settings(Target="opp", Source=adapter_address), timeout=PATIENCE,
                             reply_handler=self.opened, error_handler=self.failed)

    def opened(self, session):
        self.session = session
        push = dbus.Interface(bus.get_object(OBEX, session, introspect=False), "org.bluez.obex.ObjectPush1")
        push.SendFile(path, timeout=PATIENCE, reply_handler=self.sent, error_handler=self.failed)

    def sent(self, transfer, properties):
        Push.under_way[transfer] = self
        self.became(properties.get("Status"))       # what was told before we knew its name
        if transfer in early: self.became(early.pop(transfer))

    def became(self, status):
        if self.end is None and status in ("complete", "error"):
            self.finish("pushed %s %s" % (self.phone, millis(self.began)) if status == "complete"
                        else "failed %s transfer" % self.phone)

    def failed(self, error): self.finish("failed %s %s" % (self.phone, str(error).replace("\n", " ")))

    def finish(self, words):
        if self.end is not None: return
        self.end = words
        if self.session is None: return say(words)
        client.RemoveSession(self.session, reply_handler=lambda: say(words), error_handler=lambda _: say(words))


early = {}


def changed(interface, now, gone, path):
    if interface != "org.bluez.obex.Transfer1" or "Status" not in now: return
    if path in Push.under_way: Push.under_way[path].became(now["Status"])
    else: early[path] = now["Status"]


class Look:
    current = None

    def __init__(self, phones):
        self.missing, self.began = set(phones), time.monotonic()
        Look.current = self
        self.patience = GLib.timeout_add_seconds(60, self.give_up)
        adapter.StartDiscovery()

    def heard(self, address):
        self.missing.discard(address)
        if not self.missing: self.over("found " + millis(self.began))

    def give_up(self):
        self.over("missed %d" % len(self.missing))
        return False

    def over(self, words):
        Look.current = None
        GLib.source_remove(self.patience)
        adapter.StopDiscovery()
        say(words)


def appeared(path, interfaces):
    if Look.current and "org.bluez.Device1" in interfaces and path.startswith(adapter.object_path + "/"):
        Look.current.heard(str(interfaces["org.bluez.Device1"]["Address"]))


def heard_again(interface, now, gone, path):
    """A device that BlueZ knew already: its signal is told anew with each look."""
    if Look.current and interface == "org.bluez.Device1" and "RSSI" in now and path.startswith(adapter.object_path + "/"):
        Look.current.heard(path[-17:].replace("_", ":"))


unread = b""


def obey(source, condition):
    """All lines that have come: one that Python read ahead would wait for the next to arrive."""
    global unread
    come = os.read(sys.stdin.fileno(), 65536)
    if not come:
        loop.quit()
        return False
    *lines, unread = (unread + come).split(b"\n")
    for line in lines:
        verb, *words = line.decode().split()
        if verb == "find": Look(words)
        elif verb == "push": Push(words[0])
    return True


adapter_address, path = sys.argv[1:]
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
loop = GLib.MainLoop()
bus = dbus.SystemBus()      # obexd's own is the same one here
daemon = subprocess.Popen(["/usr/libexec/bluetooth/obexd", "-n"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    while not bus.name_has_owner(OBEX): time.sleep(0.05)
    client = dbus.Interface(bus.get_object(OBEX, "/org/bluez/obex", introspect=False), "org.bluez.obex.Client1")
    manager = dbus.Interface(bus.get_object(BLUEZ, "/", introspect=False), "org.freedesktop.DBus.ObjectManager")
    adapter = next(dbus.Interface(bus.get_object(BLUEZ, p, introspect=False), "org.bluez.Adapter1")
                   for p, i in manager.GetManagedObjects().items()
                   if i.get("org.bluez.Adapter1", {}).get("Address") == adapter_address)
    adapter.SetDiscoveryFilter(settings(Transport="bredr"))
    bus.add_signal_receiver(changed, "PropertiesChanged", PROPERTIES, OBEX, path_keyword="path")
    bus.add_signal_receiver(heard_again, "PropertiesChanged", PROPERTIES, BLUEZ, path_keyword="path")
    bus.add_signal_receiver(appeared, "InterfacesAdded", "org.freedesktop.DBus.ObjectManager", BLUEZ)
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, obey)
    say("READY")
    loop.run()
finally:
    daemon.terminate()
