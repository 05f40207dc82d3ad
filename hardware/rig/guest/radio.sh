# Sourced by stage2: a bus, the virtual controllers and phones, bluetoothd.
mkdir -p /run/dbus /tmp/rig/log /tmp/rig/inbox
chmod 755 /tmp/rig /tmp/rig/inbox
rm -rf /var/lib/bluetooth
mkdir -p -m 700 /var/lib/bluetooth
busybox ifconfig lo up
cat >/tmp/bus.conf <<X
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
X
dbus-daemon --config-file=/tmp/bus.conf --fork
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/dbus/system_bus_socket
export DBUS_SESSION_BUS_ADDRESS=$DBUS_SYSTEM_BUS_ADDRESS
cat >/tmp/main.conf <<X
[General]
DiscoverableTimeout=0
JustWorksRepairing=always
ReverseServiceDiscovery=false
X
[ -z "$RIG_DEBUG" ] || { btmon -w /tmp/rig/log/btsnoop >/dev/null 2>&1 & }
touch /tmp/rig/log/phones
/usr/bin/python3 /run/rig/phones.py "$RIG_N" "$RIG_ADAPTERS" $RIG_PHONES >/tmp/rig/log/phones 2>&1 &
phones=$!
await() { while ! grep -q "^$1" /tmp/rig/log/phones && kill -0 $phones 2>/dev/null; do sleep 0.1; done; }
await PLUGGED # their own service discovery has to be there before bluetoothd's
/usr/libexec/bluetooth/bluetoothd -n --compat -E ${RIG_DEBUG:+-d} -f /tmp/main.conf >/tmp/rig/log/bluetoothd 2>&1 &
disown # it may be ended (mask), which is nothing to tell of
await READY
kill -0 $phones 2>/dev/null || { # nothing to test on: the job fails instead
  echo "rig: the phones failed:"
  cat /tmp/rig/log/phones
  RIG_CMD=(false)
}
echo "rig: $RIG_N controllers ready after $(cut -d' ' -f1 /proc/uptime) s"
