using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Kubernetes.Access;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary>
/// <c>slotwright complete LINE</c>, which the shells' completion scripts call: what could stand at the end of a line.
/// Nobody is asked for it but this machine's files, since a shell waits for it at every key.
/// </summary>
internal static class CompleteCommand
{
    private const string ZonePrefix = "zone:";

    public const string Name = "complete";

    public static Command Create(Wiring wiring)
    {
        var line = new Argument<string>("LINE") { Description = "the command line up to the cursor" };
        var command = new Command(Name, "what could stand at the end of a line, one a line") { line };
        command.Hidden = true;
        command.SetAction(
            async (parsed, ct) =>
            {
                foreach (var word in await CompleteAsync(wiring, parsed.GetValue(line)!, ct))
                {
                    wiring.Terminal.Out.WriteLine(word);
                }
                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary><c>--name=va</c> is completed as <c>--name va</c>, and each answer said as it was begun.</summary>
    private static Task<IEnumerable<string>> CompleteAsync(Wiring wiring, string line, CancellationToken ct)
    {
        var word = line[(line.AsSpan().LastIndexOfAny(' ', '\t') + 1)..];
        var equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0
            ? CompleteWordAsync(wiring, line, ct)
            : WithOptionAsync(word[..(equals + 1)], $"{line[..^word.Length]}{word[..equals]} {word[(equals + 1)..]}");

        async Task<IEnumerable<string>> WithOptionAsync(string option, string apart) =>
            (await CompleteWordAsync(wiring, apart, ct)).Select(answer => option + answer);
    }

    private static async Task<IEnumerable<string>> CompleteWordAsync(Wiring wiring, string line, CancellationToken ct)
    {
        var root = Root.Create(wiring);
        var parsed = root.Parse(line, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var word = line[(line.AsSpan().LastIndexOfAny(' ', '\t') + 1)..];
        if (
            parsed.Tokens.SkipLast(1).Any(t => t.Type == TokenType.DoubleDash)
            || parsed.UnmatchedTokens.Any(t => t != word)
        )
        {
            return []; // what follows is Valkey's, or belongs to a verb that there is not
        }
        var targets = new TargetResolver(wiring);
        AddSources(root, targets.Local, await MembersAsync(targets, parsed, ct));
        if (IsAtContext(parsed, word))
        {
            var contexts = await KubeConfigFiles.ContextsAsync(targets.KubeOptions(parsed, isContextKnown: false));
            Set(CommonOptions.Context.CompletionSources, () => contexts);
        }
        return parsed
            .GetCompletions(line.Length)
            .Select(c => c.InsertText ?? c.Label)
            .Where(answer => answer.StartsWith(word, StringComparison.Ordinal) && (word.Length > 0 || answer[0] != '-'))
            .Except(["-h", "-?", "/h", "/?"], StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }

    /// <summary>A kubeconfig is only read where it says what could stand there.</summary>
    private static bool IsAtContext(ParseResult parsed, string word) =>
        parsed.Tokens.LastOrDefault(t => t.Value != word || word.Length == 0)?.Value == CommonOptions.Context.Name;

    private static void AddSources(Command command, LocalClusters clusters, ImmutableArray<string> members)
    {
        foreach (var option in command.Options)
        {
            Set(
                option.CompletionSources,
                option.Name switch
                {
                    "--name" => () => clusters.List().Select(c => c.Name),
                    "--target" => () => [.. clusters.List().Select(c => $"local:{c.Name}"), "k8s:", "nodes:"],
                    "--to" => () => Names(members),
                    "--on" => () => [.. members, "key:", "slot:"],
                    "--valkey" => () => ServerLocator.FetchableVersions,
                    _ => null,
                }
            );
        }
        foreach (var argument in command.Arguments)
        {
            Set(
                argument.CompletionSources,
                argument.Name switch
                {
                    "MEMBER" => () => members,
                    "SHARD" => () => [.. Names(members), "key:", "slot:"],
                    "ZONE" => () => Zones(members),
                    "VERSION" => () => ServerLocator.FetchableVersions,
                    _ => null,
                }
            );
        }
        foreach (var verb in command.Subcommands)
        {
            AddSources(verb, clusters, members);
        }
    }

    private static IEnumerable<string> Names(ImmutableArray<string> members) =>
        members.Where(m => !m.Contains(':', StringComparison.Ordinal) && m is not ("all" or "primaries" or "replicas"));

    private static IEnumerable<string> Zones(ImmutableArray<string> members) =>
        members.Where(m => m.StartsWith(ZonePrefix, StringComparison.Ordinal)).Select(m => m[ZonePrefix.Length..]);

    private static void Set(
        List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources,
        Func<IEnumerable<string>>? source
    )
    {
        if (source is not null)
        {
            sources.Clear(); // options that all verbs share are the same objects each time
            sources.Add(_ => source());
        }
    }

    private static async Task<ImmutableArray<string>> MembersAsync(
        TargetResolver targets,
        ParseResult parsed,
        CancellationToken ct
    )
    {
        try
        {
            return targets.NameOf(parsed).Local is { } name && targets.Local.Host(name) is { Exists: true } host
                ? MemberSelector.Candidates(await host.ListMembersAsync(ct))
                : [];
        }
        catch (Exception e) when (e is BadInputException or OperationFailedException or InvalidOperationException)
        {
            return []; // the line is not complete yet: that is why it is asked
        }
    }
}
