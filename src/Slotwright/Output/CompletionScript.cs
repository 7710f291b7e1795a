namespace Slotwright.Output;

/// <summary>What <c>completion</c> prints: a script that asks the program at every key what could follow.</summary>
internal static class CompletionScript
{
    /// <summary>
    /// bash splits words at colons and equals signs (COMP_WORDBREAKS) and replaces only what follows the last: the
    /// program is given the whole line, and what stands before that sign is cut from its answers.
    /// </summary>
    private const string Bash = """
        # slotwright: completion for bash. Load it with: source <(slotwright completion bash)
        _slotwright() {
            local line=${COMP_LINE:0:COMP_POINT} word before answer breaks=
            word=${line##*[[:space:]]}
            if [[ $COMP_WORDBREAKS == *:* ]]; then breaks+=:; fi
            if [[ $COMP_WORDBREAKS == *=* ]]; then breaks+==; fi
            before=
            if [[ -n $breaks ]]; then before=${word%"${word##*[$breaks]}"}; fi
            COMPREPLY=()
            while IFS= read -r answer; do
                [[ $answer == "$word"* ]] && COMPREPLY+=("${answer#"$before"}")
            done < <("${COMP_WORDS[0]/#\~/$HOME}" complete "$line" 2>/dev/null)
            if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *: ]]; then compopt -o nospace; fi
        }
        complete -o default -F _slotwright slotwright
        """;

    private const string Zsh = """
        #compdef slotwright
        # slotwright: completion for zsh. Load it with: source <(slotwright completion zsh)
        _slotwright() {
            local -a answers open
            answers=("${(@f)$("${words[1]/#\~/$HOME}" complete "${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
            answers=(${answers:#})
            open=(${(M)answers:#*:})
            answers=(${answers:#*:})
            (( $#answers + $#open )) || { _files; return }
            compadd -a answers
            compadd -S '' -a open
        }
        if [[ ${funcstack[1]} == _slotwright ]]; then
            _slotwright "$@"
        else
            compdef _slotwright slotwright
        fi
        """;

    public static void Print(Terminal terminal, Format format, string shell)
    {
        var script = shell == "zsh" ? Zsh : Bash;
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, new CompletionDocument(shell, script));
            return;
        }
        terminal.Out.WriteLine(script);
    }
}
