#compdef portalctl
# zsh completion of portalctl; it asks the program itself. Install it as _portalctl in $fpath
_portalctl() {
    local -a plain described
    local word help
    while IFS=$'\t' read -r word help; do
        if [[ -n $help ]]; then
            described+=("${word//:/\\:}:$help")
        else
            plain+=("$word")
        fi
    done < <(portalctl __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( ${#plain} + ${#described} == 0 )); then
        _files
        return
    fi
    (( ${#plain} )) && compadd -a plain
    (( ${#described} )) && _describe portalctl described
}
if [[ $funcstack[1] == _portalctl ]]; then
    _portalctl "$@"
else
    compdef _portalctl portalctl
fi
