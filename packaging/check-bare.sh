#!/usr/bin/env bash
# Tries the README's two commands on a bare Debian: a fresh root with nothing but python3 and git, in a folder that is
# removed afterwards. Nothing of this checkout is shared with it but a clean clone of what is committed.
#
#   sudo packaging/check-bare.sh [SUITE]      SUITE: bookworm (default), trixie, ...: one that the mirror has
#
# KEEP=1 leaves the root for a look; SCREENSHOTS=FOLDER receives the pictures that the demo made.
# The mirror, the proxy, the certificates and pip's settings are those of this machine.
set -euo pipefail

suite=${1:-bookworm}
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[ "$(id -u)" = 0 ] || { echo "Making a bare system needs root; run: sudo packaging/check-bare.sh $suite" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "debootstrap is missing; run: apt-get install debootstrap" >&2; exit 1; }

work=$(mktemp -d --tmpdir deskhand-bare.XXXXXX)
root=$work/root
leave() {
    for mount in "$root/dev/shm" "$root/dev/pts" "$root/proc"; do
        mountpoint -q "$mount" && { umount "$mount" || umount --lazy "$mount"; }
    done
    if [ -n "${KEEP:-}" ] || findmnt -rn -o TARGET | grep -q "^$root/"; then echo "The root is left at $root"; else rm -rf "$work"; fi
}
trap leave EXIT

# --- the bare system, from the mirror that this machine uses
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $suite" | head -n 1)
[ -n "$mirror" ] || mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
echo "== Making a bare $suite in $root"
started=$SECONDS
debootstrap --variant=minbase --include=python3,git,ca-certificates "$suite" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 ||
    { tail -n 5 "$work/debootstrap.log" >&2; exit 1; }
echo "== Made in $((SECONDS - started)) s: $(chroot "$root" python3 -V), $(chroot "$root" dpkg-query -f '.\n' -W | wc -l) packages"

# --- this machine's way to the network
cp /etc/resolv.conf /etc/hosts "$root/etc/"
apt-config dump | grep -E '^Acquire::(http|https|Check)' >"$root/etc/apt/apt.conf.d/99host" || true
if [ "$suite" = "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" ]; then
    rm -f "$root/etc/apt/sources.list"
    for part in sources.list sources.list.d trusted.gpg.d keyrings; do
        [ ! -e "/etc/apt/$part" ] || cp -r "/etc/apt/$part" "$root/etc/apt/"
    done
fi
certificates=/srv/host-certificates.crt
cp /etc/ssl/certs/ca-certificates.crt "$root$certificates"
settings=()
[ ! -f /etc/pip.conf ] || cp /etc/pip.conf "$root/etc/"
user_settings=${XDG_CONFIG_HOME:-$HOME/.config}/pip/pip.conf
[ ! -f "$user_settings" ] || install -D -m 644 "$user_settings" "$root/srv/.config/pip/pip.conf"
while IFS= read -r setting; do settings+=("$setting"); done < <(env | grep -E '^(PIP_|https?_proxy=|HTTPS?_PROXY=|no_proxy=|NO_PROXY=)' || true)

mount -t proc proc "$root/proc"
mkdir -p "$root/dev/pts" "$root/dev/shm"
mount -t devpts devpts "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
# Runs a command line in a folder of the bare system, which sees nothing of this machine's settings but those above.
inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/srv LANG=C.UTF-8 "${settings[@]}" \
        PIP_CERT="$certificates" SSL_CERT_FILE="$certificates" chroot "$root" bash -c "cd '/srv/$1' && $2"
}
failed=0
try() {
    local code=0 began
    began=$(date +%s%N)
    echo "== $1: $2"
    inside "$1" "$2" </dev/null || code=$?
    echo "== $1: $2: exit code $code after $((($(date +%s%N) - began) / 1000000)) ms"
    [ "$code" = 0 ] || failed=1
}

# --- the two commands, each in a checkout of its own; the demo first, so that it finds nothing but what it installed
for name in demo test; do
    git clone -q --no-local "$checkout" "$root/srv/$name"
    git -C "$root/srv/$name" remote remove origin
done
touch "$work/before-the-demo"
try demo "python3 packaging/dev.py demo"
if [ -n "${SCREENSHOTS:-}" ]; then
    mkdir -p "$SCREENSHOTS"
    find "$root/srv" "$root/tmp" "$root/var/tmp" -name .venv -prune -o -name '*.png' -newer "$work/before-the-demo" \
        -exec cp {} "$SCREENSHOTS/" \;
fi
try test "python3 packaging/dev.py test"
try test "python3 packaging/dev.py setup"
exit "$failed"
