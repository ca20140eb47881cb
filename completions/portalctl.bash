# bash completion of portalctl; it asks the program itself. Source it, or install it as
# /usr/share/bash-completion/completions/portalctl
_portalctl() {
    local line
    COMPREPLY=()
    while IFS=$'\t' read -r line _; do
        COMPREPLY+=("$(printf '%q' "$line")")
    done < <(portalctl __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [ ${#COMPREPLY[@]} -eq 0 ]; then compopt -o default; fi
}
complete -F _portalctl portalctl
