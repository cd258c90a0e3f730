# fish completion of govmap: govmap completion fish | source
function __govmap_offers
    set -l words (commandline -opc)
    set -l assigned
    while string match -qr '^\w+=' -- $words[1]
        set -a assigned $words[1]
        set -e words[1]
    end
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    set -l before (string escape -n -- $words)[2..-1]
    set -l offers (env $assigned $program __complete fish $before (commandline -ct) </dev/null 2>/dev/null)
    if test "$offers" = \t
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $offers
    end
end
complete -c govmap -f -k -a '(__govmap_offers)'
