# bash completion of govmap: eval "$(govmap completion bash)"
_govmap() {
    local line program=${1//\\/} words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == $'\t' ]]; then
            compopt -o default
        else
            COMPREPLY+=("$line")
        fi
    done < <("${program/#\~\//$HOME/}" __complete bash "$COMP_TYPE" "${words[@]}" </dev/null 2>/dev/null)
}
complete -F _govmap govmap
