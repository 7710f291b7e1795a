using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Commands;

/// <summary>The scripts in real shells, which are shown a line as they show it to a completion while somebody types.</summary>
public sealed class CompletionTests(CompletionTests.OneCluster one) : IClassFixture<CompletionTests.OneCluster>
{
    /// <summary>Line up to the cursor; what the last word could become.</summary>
    public static TheoryData<string, string> Lines { get; } =
        new()
        {
            { "slotwright sta", "status" },
            { "slotwright local ", "kill list pause restart resume start" },
            { "slotwright local kill valkey-", "valkey-0 valkey-1 valkey-2 valkey-3 valkey-4 valkey-5" },
            { "slotwright local kill zone:az-", "zone:az-a zone:az-b zone:az-c" },
            { "slotwright local kill valkey-0 valkey-5", "valkey-5" },
            { "slotwright local restart --new", "--new-address" },
            { "slotwright exec --on pri", "primaries" },
            { "slotwright exec --on zone:az-b", "zone:az-b" },
            { "slotwright exec --on ke", "key:" },
            { "slotwright exec --on all -- ", "" },
            { "slotwright exec --ti", "--timeout" },
            { "slotwright status --name ", "valkey" },
            { "slotwright status --name other --target local:v", "local:valkey" },
            { "slotwright status --format j", "json" },
            { "slotwright status --name=", "--name=valkey" },
            { "slotwright status --format=j", "--format=json" },
            { "slotwright status --target=local:", "--target=local:valkey" },
            { "slotwright up --valkey 9", "9.1" },
            { "slotwright valkey install 8.", "8.0 8.1" },
            { "slotwright completion ", "bash zsh" },
            { "slotwright exec --name other --on val", "" },
            { "slotwright comp", "completion" },
            { "slotwright frob ", "" },
            { "slotwright status --name 'a", "" },
        };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task In_bash(string line, string expected)
    {
        // COMP_WORDBREAKS splits at colons: bash replaces only what follows the last one.
        const string Script = """
            source <(slotwright completion bash)
            [[ $(complete -p slotwright) == *"-F _slotwright slotwright" ]] || echo "not registered"
            compopt() { :; }
            COMP_LINE=$LINE COMP_POINT=${#LINE} COMP_WORDS=(slotwright) COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
            _slotwright
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        var run = await Shell.RunAsync("bash", one.Root, Script, ("LINE", line));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var word = line[(line.LastIndexOf(' ') + 1)..];
        var before = word[..(word.LastIndexOfAny([':', '=']) + 1)];
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w[before.Length..]),
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task In_zsh(string line, string expected)
    {
        const string Script = """
            compdef() { [[ "$*" == "_slotwright slotwright" ]] || print "not registered" }
            compadd() { print -rl -- ${(P)@[-1]} }
            _files() { : }
            source <(slotwright completion zsh)
            words=("${(@s: :)LINE}") CURRENT=${#words}
            _slotwright
            """;
        var run = await Shell.RunAsync(TestClients.Zsh, one.Root, Script, ("LINE", line));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    /// <summary>A cluster whose servers need not run: names are read from files.</summary>
    public sealed class OneCluster : IAsyncLifetime
    {
        private readonly LocalSandbox _sandbox = new();

        public string Root => _sandbox.Root.Path;

        public async ValueTask InitializeAsync()
        {
            var host = await _sandbox.UpAsync();
            await Task.WhenAll((await host.ListMembersAsync(default)).Select(m => host.KillAsync(m.Name, default)));
        }

        public ValueTask DisposeAsync() => _sandbox.DisposeAsync();
    }
}
