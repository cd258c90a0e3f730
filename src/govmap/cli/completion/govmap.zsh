#compdef govmap
# zsh completion of govmap, after compinit: eval "$(govmap completion zsh)"
_govmap() {
    local program="${${(Q)words[1]}/#\~\//$HOME/}"
    local -a before=("${(@)words[2,CURRENT-1]}") offers
    offers=("${(@f)$("$program" __complete zsh "$before[@]" "$QIPREFIX$PREFIX" </dev/null 2>/dev/null)}")
    if [[ $offers == $'\t' ]]; then
        _files
    elif [[ -n $offers ]]; then
        _describe -V govmap offers -U
    fi
}
if [[ $funcstack[1] == _govmap ]]; then _govmap "$@"; else compdef _govmap govmap; fi
