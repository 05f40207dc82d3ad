#!/bin/bash
# usage: setup.sh            prepares the rig once: 4-5 minutes, 25 MB. Says where it is.
#        setup.sh --where    prints the folder it is, or would be, in
#        setup.sh --ready    whether it is there
# Wants Debian 12 on amd64, its archive as the machine has it set up, and root or sudo for packages
# that are missing (a compiler and Debian's build tools). Everything else lands in one folder outside
# the checkout, TOWNCRIER_RIG_HOME; by default one below ~/.cache/towncrier, named by what it is made
# from, so that checkouts share it and an old one is never taken for a new one.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

# Kernels to try: this one first, then what the archive has beside it.
KERNEL=6.1.176-1
# Never: frees an hci_chan twice when a page times out, and panics.
BAD_KERNELS='^6\.1\.192-'
GUEST_PACKAGES="bluez bluez-obexd bluez-test-tools libbluetooth3 libical3 libglib2.0-0 dbus-bin
  dbus-daemon libdbus-1-3 python3-dbus python3-gi gir1.2-glib-2.0 libgirepository-1.0-1"
HOST_PACKAGES="busybox-static python3 util-linux gcc libc6-dev xz-utils make bc flex bison perl dpkg-dev"

# The kernel is by far the longest to make, and rarely changes: it is kept by itself.
kernel_of=$({ echo "$KERNEL $BAD_KERNELS"; cat "$here/uml.config"; } | sha256sum | cut -c1-12)
made_of=$(cat "$here"/{setup.sh,uml.config,air.c} | sha256sum | cut -c1-12)
home=${TOWNCRIER_RIG_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/towncrier/rig-$made_of}

say() { printf 'rig: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# A folder of one's own choice may hold a rig made from something older.
ready() {
  [ -x "$home/linux" ] && [ "$(cat "$home/made-of" 2>/dev/null)" = "$made_of" ] &&
    [ -x /bin/busybox ] && [ -x /usr/bin/python3 ]
}

case ${1:-} in
  --where) echo "$home"; exit ;;
  --ready) ready; exit ;;
  '') ;;
  *) sed -n 2,4p "$0" >&2; exit 2 ;;
esac

[ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || fail "it needs Debian on amd64"
mkdir -p "$(dirname "$home")"
exec 9>"$home.lock"
flock -n 9 || { say "somebody else is preparing it; waiting"; flock 9; }
ready && { echo "$home"; exit; }

work=$(mktemp -d "$home.work.XXXXXX")
trap 'rm -rf "$work"' EXIT
made=$work/made
mkdir "$made"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
missing=
for package in $HOST_PACKAGES; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing="$missing $package"
done
[ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || [ -z "$missing" ] ||
  fail "it may not install, and needs: apt-get install$missing"
as_root apt-get -qq update 2>/dev/null || say "apt-get update failed; going on with what is known"
if [ -n "$missing" ]; then
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing \
    >"$work/install.log" 2>&1 </dev/null || { cat "$work/install.log" >&2; fail "could not install:$missing"; }
fi

mkdir "$work/debs"
# get PACKAGE…: its .deb, unpacked nowhere yet
get() { (cd "$work/debs" && apt-get -o APT::Sandbox::User=root download -qq "$@" >&2); }

say "what the guest has and this machine may not: BlueZ, D-Bus"
# shellcheck disable=SC2086
get $GUEST_PACKAGES
for deb in "$work"/debs/*.deb; do dpkg -x "$deb" "$made/layer"; done
rm "$work"/debs/*.deb
for folder in bin sbin lib; do # the machine's /bin is /usr/bin
  [ ! -d "$made/layer/$folder" ] || {
    mkdir -p "$made/layer/usr/$folder"
    cp -a "$made/layer/$folder/." "$made/layer/usr/$folder/"
    rm -rf "${made:?}/layer/$folder"
  }
done
rm -rf "$made"/layer/usr/share/{doc,man,locale}
# The name BlueCove's own native stack asks for, which only libbluetooth-dev has.
ln -s libbluetooth.so.3 "$made/layer/usr/lib/x86_64-linux-gnu/libbluetooth.so"

say "the air, on the emulated controller of BlueZ's source package"
mkdir -p "$work/lists/partial"
# Source lists beside the machine's own binary ones, whichever mirror it uses.
apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | sort -u |
  while read -r uri release; do
    echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $release main"
  done >"$work/src.list"
sources() {
  apt-get -qq -o "Dir::Etc::sourcelist=$work/src.list" -o Dir::Etc::sourceparts=/dev/null \
    -o "Dir::State::lists=$work/lists" -o APT::Sandbox::User=root "$@" >&2
}
sources update
(cd "$work" && sources source --download-only bluez && tar xf bluez_*.orig.tar.xz)
bluez=$(echo "$work"/bluez-5.*/)
btdev=$bluez/emulator/btdev.c
# mend WHAT SED…: one fault of btdev 5.66; says so when a newer BlueZ has other text there.
mend() {
  local what=$1
  shift
  cp "$btdev" "$work/before"
  sed -i "$@" "$btdev"
  ! cmp -s "$work/before" "$btdev" || fail "BlueZ's btdev.c is not as expected: $what"
}
mend "more controllers than 16" 's/^#define MAX_BTDEV_ENTRIES 16$/#define MAX_BTDEV_ENTRIES 64/'
mend "the buffers of a Raspberry Pi's controller, 1021 bytes by 8" \
  -e 's/btdev->acl_mtu = 192;/btdev->acl_mtu = 1021;/' -e 's/btdev->acl_max_pkt = 1;/btdev->acl_max_pkt = 8;/'
mend "an ACL packet reaches the other side under the sender's handle: a second link hangs" \
  -e '/^static void send_acl/,/^}/{
    /if (acl_flags(hdr.handle) == ACL_START_NO_FLUSH)/d
    s/hdr.handle = acl_handle_pack(conn->handle, ACL_START);/hdr.handle = acl_handle_pack(conn->link->handle, (acl_flags(hdr.handle) == ACL_START_NO_FLUSH ? ACL_START : acl_flags(hdr.handle)));/
  }'
mend "pairing is remembered by controller: two at once mix" \
  -e 's/^\tstruct btdev_conn \*link;$/&\n\tbool auth_init, ssp_auth_complete;\n\tuint8_t ssp_status;/' \
  -e 's/conn->link->dev->ssp_\(status\|auth\)/conn->link->ssp_\1/g' -e 's/conn->dev->ssp_\(status\|auth\)/conn->ssp_\1/' \
  -e 's/btdev->ssp_\(status\|auth\)/conn->ssp_\1/' -e 's/btdev->auth_init/conn->auth_init/' \
  -e 's/^\tdev->auth_init/\tconn->auth_init/'
mend "a phone that has paired once is asked nothing by its next pairing: it loses count of its link's users, and ends it after 4 s" \
  -e 's/^\tstruct btdev_conn \*link;$/&\n\tbool io_told;/' -e 's/^\tdev->io_cap = cmd->capability;$/&\n\tconn->io_told = true;/' \
  -e 's/^\tif (conn->link->dev->io_cap) {$/\tif (conn->link->io_told) {/'
mend "an inquiry asks for page scan, and hears everybody once: nobody who comes later" \
  -e 's/^\tint iter;$/&\n\tuint64_t heard;/' \
  -e '/^static bool inquiry_callback/,/^}/{
    /if (data->iter == MAX_BTDEV_ENTRIES)/{n;s/return true/data->iter = 0/}
    s/if (!(btdev_list\[i\]->scan_enable & 0x02))/if (!air_scans(btdev_list[i], 1) || data->heard >> i \& 1)/
    s/^\t\tif (btdev->inquiry_mode == 0x02 &&/\t\tdata->heard |= 1ull << i;\n&/
    s/btdev_list\[i\]->ext_inquiry_rsp\[0\])/air_eir(btdev_list[i])[0])/
    s/btdev_list\[i\]->dev_class/air_class(btdev_list[i])/
    s/btdev_list\[i\]->ext_inquiry_rsp, 240/air_eir(btdev_list[i]), 240/
    s/ir.rssi = -60/ir.rssi = air_rssi(btdev_list[i])/
  }'
mend "a name comes from a phone out of reach" \
  -e '/^static void name_request_complete/,/^}/{
    s/if (remote)/if (remote \&\& air_scans(remote, 2))/
    s/memcpy(nc.name, remote->name, 248)/memcpy(nc.name, air_name(remote), 248)/
    s/nc.status = BT_HCI_ERR_UNKNOWN_CONN_ID/nc.status = BT_HCI_ERR_PAGE_TIMEOUT/
  }'
mend "the caller hears that its link is encrypted, and sends on, before the called knows the size of the key" \
  -e '/^static int cmd_set_conn_encrypt_complete/,/^}/s/encrypt_change(conn, mode, BT_HCI_ERR_SUCCESS);/air_encrypted(conn, mode);/'
# One event at a time: what an event takes away (a controller, a timer) may be next in the batch, and
# its callback would be run after it was freed. Seen as a crash of the air on a busy machine.
loop=$bluez/src/shared/mainloop.c
sed -i 's/^#define MAX_EPOLL_EVENTS 10$/#define MAX_EPOLL_EVENTS 1/' "$loop"
grep -q '^#define MAX_EPOLL_EVENTS 1$' "$loop" || fail "BlueZ's mainloop.c is not as expected"
echo 'unsigned int vhci_index(struct vhci *vhci) { return vhci->index; }' >>"$bluez/emulator/vhci.c"
mkdir -p "$work/include/bluetooth" "$made/layer/usr/local/bin"
cp "$bluez"/lib/*.h "$work/include/bluetooth/"
(cd "$bluez" && gcc -O1 -w -DVERSION='"rig"' -I. -I"$work/include" -Ilib -Iemulator -s \
  -o "$made/layer/usr/local/bin/air" "$here/air.c" emulator/{vhci,bthost,smp}.c \
  src/shared/{util,crypto,ecc,queue,mainloop,io-mainloop,timeout-mainloop,mainloop-notify}.c \
  lib/{hci,bluetooth}.c)

# A kernel is sound when a page that times out doesn't bring it down: the rig itself is the judge.
sound() {
  TOWNCRIER_RIG_HOME=$made RIG_UNPROVEN=yes "$here/rig.sh" -n 2 -t 120 sh -c \
    'for i in 1 2 3; do timeout 20 hcitool -i hci0 cc 00:AA:01:FA:00:FA; done; echo survived' \
    >"$work/boot.log" 2>&1 && grep -q '^survived' "$work/boot.log"
}

# make_kernel VERSION: into $made
make_kernel() {
  rm -rf "$work/src" "$work/build" "$work/linux-source-6.1"
  (get "linux-source-6.1=$1") 2>/dev/null || { say "the archive has no kernel $1 any more"; return 1; }
  say "User-mode Linux $1 (4 minutes on two cores)"
  dpkg -x "$work"/debs/linux-source-*.deb "$work/src"
  rm "$work"/debs/*.deb
  tar xf "$work/src/usr/src/linux-source-6.1.tar.xz" -C "$work"
  mkdir "$work/build"
  if ! (cd "$work/linux-source-6.1" && export ARCH=um &&
    make O="$work/build" KCONFIG_ALLCONFIG="$here/uml.config" allnoconfig &&
    make O="$work/build" -j"$(nproc)" linux) >"$work/kernel.log" 2>&1; then
    tail -n 20 "$work/kernel.log" >&2
    say "kernel $1 does not build"
    return 1
  fi
  strip -o "$made/linux" "$work/build/linux"
  echo "$1" >"$made/kernel-version"
  sound || {
    tail -n 20 "$work/boot.log" >&2
    say "kernel $1 does not boot here, or does not survive a page that times out"
    rm "$made/linux"
    return 1
  }
}

kept=$(dirname "$home")/linux-$kernel_of
if [ -x "$kept/linux" ]; then
  cp "$kept"/{linux,kernel-version} "$made/"
  sound || { cat "$work/boot.log" >&2; fail "the rig does not boot here, or a page that times out brings it down"; }
else
  for version in $KERNEL $(apt-cache madison linux-source-6.1 | awk '{print $3}' | grep -vxF "$KERNEL"); do
    if [[ $version =~ $BAD_KERNELS ]]; then
      say "not kernel $version: it panics when a page times out"
    elif make_kernel "$version"; then
      mkdir "$work/kept"
      cp "$made"/{linux,kernel-version} "$work/kept/"
      rm -rf "$kept"
      mv "$work/kept" "$kept"
      break
    fi
  done
  [ -x "$made/linux" ] || fail "no kernel of Debian's archive would do"
fi
echo "$made_of" >"$made/made-of"
rm -rf "$home"
mv "$made" "$home"
say "ready, $(du -sh "$home" | cut -f1), kernel $(cat "$home/kernel-version")"
echo "$home"
