#!/bin/sh
# Puts this folder's program into the menu and onto the command line of whoever runs this, without root; --remove undoes it.
# Data and credentials are touched by neither.
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$(basename "$here"/share/applications/*.desktop)
name=${entry%.desktop}
program=$(sed -n 's/^Exec=\([^ ]*\).*/\1/p' "$here/share/applications/$entry")

remove() {
    rm -f "$data/applications/$entry" "$data"/icons/hicolor/*/apps/"$name".* "$data/man/man1/$program.1"
    if [ -L "$HOME/.local/bin/$program" ]; then rm "$HOME/.local/bin/$program"; fi
}

refresh() {
    if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$data/applications" || true; fi
}

# The desktop entry's own quoting of a path: backslashes twice over, because both the file and the command line read them.
quoted() {
    printf '%s' "$1" | sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g'
}

case ${1:-} in
--remove)
    remove
    refresh
    echo "It is out of your menu; this folder and your data are still there."
    ;;
"")
    remove
    mkdir -p "$data/applications" "$data/man/man1" "$HOME/.local/bin"
    cp -r "$here/share/icons" "$data/"
    cp "$here/share/man/man1/$program.1" "$data/man/man1/"
    ln -s "$here/$program" "$HOME/.local/bin/$program"
    path=$(quoted "$here/$program")
    while IFS= read -r line; do
        case $line in
        Exec=*) printf 'Exec="%s" %%u\nTryExec=%s\n' "$path" "$here/$program" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done <"$here/share/applications/$entry" >"$data/applications/$entry"
    refresh
    echo "It is in your menu. Run this again after moving the folder; --remove takes it out."
    ;;
*)
    echo "usage: $0 [--remove]" >&2
    exit 2
    ;;
esac
