#!/bin/bash
# Gathers every sentence marked N_("..."), M_("...", "...") or, in templates, _("...") into
# lib/text/locale: portal.pot, and the catalogues brought up to date. ./dev generate calls it.
# With --check it changes nothing and fails when a catalogue lacks a sentence.
set -euo pipefail
cd "$(dirname "$0")/../.."
locale=lib/text/locale
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# The command line, the settings and the key files speak English only.
mapfile -t sources < <(find lib/base lib/domain lib/identity lib/service lib/store/store.hpp lib/text \
    daemon/http daemon/web -name '*.[ch]pp' ! -name 'private_file*' ! -name 'listen*' \
    ! -name 'address*' ! -name 'static_files*' ! -name 'server*' 2>/dev/null | LC_ALL=C sort)
mapfile -t templates < <(find lib/text daemon/web -name '*.tpl' 2>/dev/null | LC_ALL=C sort)

options=(--from-code=UTF-8 --language=C++ --omit-header --add-location=file --sort-output)
xgettext "${options[@]}" -k -kN_ -kM_:1,2 -o "$work/code.pot" "${sources[@]}"
# xgettext loses strings in HTML, so it is given only the _("...") of each template.
awk '{
    rest = $0
    while (match(rest, /_\("[^"]*"\)/)) {
        printf "#line %d \"%s\"\n%s\n", FNR, FILENAME, substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
    }
}' "${templates[@]}" | xgettext "${options[@]}" -k -k_ -o "$work/templates.pot" -
touch "$work/code.pot" "$work/templates.pot"
# gettext since 0.23 takes {1} for a format of C++, which it is not.
sed -i '/^#, c++-format$/d' "$work/code.pot" "$work/templates.pot"

header='msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
'
{ echo "$header"; cat "$work/code.pot"; } >"$work/code"
{ echo "$header"; cat "$work/templates.pot"; } >"$work/templates"
msgcat --use-first --sort-output --add-location=file -o "$work/portal.pot" "$work/code" "$work/templates"

merge() {  # LANGUAGE: on standard output
    sed "s/^\"Content-Type/\"Language: $1\\\\n\"\n&/" "$work/portal.pot" >"$work/$1.pot"
    if [ "$1" = en ]; then
        msgen --sort-output --add-location=file "$work/$1.pot"
        return
    fi
    [ -e "$locale/$1.po" ] || cp "$work/$1.pot" "$work/$1.old"
    [ -e "$locale/$1.po" ] && cp "$locale/$1.po" "$work/$1.old"
    msgmerge --quiet --no-fuzzy-matching --sort-output --add-location=file -o - "$work/$1.old" \
        "$work/$1.pot" | msgattrib --no-obsolete --sort-output --add-location=file
}

# What two versions of gettext write differently, as wrapping and the head, is no difference.
plain() { msgcat --no-wrap --sort-output --add-location=file "$1" 2>/dev/null | sed '1,/^$/d'; }

same() {  # A B
    cmp <(plain "$1") <(plain "$2") || { echo "$2 is not what extract.sh writes" >&2; exit 1; }
}

for language in en sv da; do
    merge $language >"$work/$language.po"
    missing=$(msgattrib --untranslated --no-wrap --no-location "$work/$language.po" | sed 1,7d)
    if [ -n "$missing" ]; then
        echo "$locale/$language.po lacks:" >&2
        grep '^msgid' <<<"$missing" >&2
        [ "${1:-}" != --check ] || exit 1
    fi
    if [ "${1:-}" = --check ]; then
        same "$work/$language.po" "$locale/$language.po"
    else
        cp "$work/$language.po" "$locale/$language.po"
    fi
done
if [ "${1:-}" = --check ]; then
    same "$work/portal.pot" "$locale/portal.pot"
else
    cp "$work/portal.pot" "$locale/portal.pot"
fi
