#!/bin/bash
# usage: rig.sh [-n controllers] [-a adapters] [-m MiB] [-t seconds] [-i indir] [-o outdir] [-u] [-b] command [args…]
#   Boots a Linux with virtual Bluetooth controllers on one air, runs the command in it, prints its
#   output (stdout and stderr together) and ends with its exit status. 124: time limit. 125: the rig
#   itself failed.
#   -n: controllers in all, -a: how many of them are the node's (default 1); the others are phones.
#   -i: a folder that the guest finds as /run/rig/in. -o: what the guest leaves in /run/rig/out (its
#   logs, the phones' events and objects, yours) lands there.
#   -u: the command runs as nobody, with CAP_NET_RAW and CAP_NET_ADMIN and no other capability.
#   -U: as nobody, without any. -b: bare, no Bluetooth at all.
#   RIG_READ, paths with colons between them, is opened to nobody, in the guest.
#   RIG_DEBUG=yes: bluetoothd says all it does, and log/btsnoop has the HCI traffic (btmon -r).
#   RIG_PHONES="1=accept 2=android:no:5" in the environment says what phones do; see README.md.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
n=3 adapters=1 memory=1536 limit=300 out='' in='' bare=0 who=root
while getopts n:a:m:t:o:i:uUb option; do case $option in
  n) n=$OPTARG ;; a) adapters=$OPTARG ;; m) memory=$OPTARG ;; t) limit=$OPTARG ;;
  o) out=$OPTARG ;; i) in=$OPTARG ;; u) who=radio ;; U) who=nobody ;; b) bare=1 ;; *) exit 125 ;;
esac; done
shift $((OPTIND - 1))
[ $# -gt 0 ] || { sed -n '2,15s/^# \{0,1\}//p' "$0" >&2; exit 125; }
home=$("$here/setup.sh" --where)
"$here/setup.sh" --ready || [ -n "${RIG_UNPROVEN:-}" ] || { echo "rig: run $here/setup.sh first" >&2; exit 125; }

job=$(mktemp -d)
trap 'rm -rf "$job"' EXIT
chmod 755 "$job"
mkdir -m 777 "$job/out"
[ -z "$in" ] || cp -r "$in" "$job/in"
cp "$here"/guest/* "$job/"
{
  printf 'RIG_N=%q RIG_ADAPTERS=%q RIG_BARE=%q RIG_WHO=%q RIG_LIMIT=%q RIG_CWD=%q\n' "$n" "$adapters" "$bare" "$who" "$limit" "$PWD"
  printf 'RIG_PHONES=%q\nRIG_READ=%q\nRIG_DEBUG=%q\n' "${RIG_PHONES:-}" "${RIG_READ:-}" "${RIG_DEBUG:-}"
  printf 'RIG_CMD=('; printf '%q ' "$@"; printf ')\n'
} >"$job/job"
# The guest has a /tmp and a /run of its own; what it must see of the machine's is shown there.
for shown in "$(cd "$here/../.." && pwd)" "$PWD" "${HOME:-/root}/.m2" ${RIG_SHOW:-}; do
  case $shown in /tmp/* | /run/*) [ ! -d "$shown" ] || echo "$shown" ;; esac
done | sort -u >"$job/show"

# User-mode Linux keeps the guest's memory in a file, in /dev/shm if it can: a container's is too small.
if [ "$(df --output=avail -m /dev/shm 2>/dev/null | tail -1 | tr -d ' ')" -lt "$memory" ] 2>/dev/null; then
  export TMPDIR=${TMPDIR:-/tmp}
fi
timeout --foreground -k 5 "$limit" "$home/linux" mem="${memory}M" umid="rig$$" \
  rootfstype=hostfs rootflags=/ root=/dev/root ro init="$job/init" RIG_JOB="$job" RIG_LAYER="$home/layer" \
  panic=-1 con=null con0=null,fd:4 ssl=null ssl0=null,fd:3 \
  </dev/null 3>&1 4>"$job/console" >"$job/kernel" 2>&1 | cat
status=${PIPESTATUS[0]}
if [ -n "$out" ]; then
  mkdir -p "$out"
  cp -r "$job/out/." "$out/"
  cat "$job"/{kernel,console} >"$out/kernel.log" 2>/dev/null
fi
[ "$status" != 124 ] || { echo "rig: the time limit of $limit s passed" >&2; exit 124; }
[ ! -s "$job/rc" ] || exit "$(cat "$job/rc")"
echo "rig: the guest did not report back ($status). Its console:" >&2
tail -n 40 "$job"/{kernel,console} >&2 2>/dev/null
exit 125
