using System.CommandLine;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright slot</c>: where keys belong.</summary>
internal static class SlotCommand
{
    public static Command Create(Wiring wiring)
    {
        var keys = new Argument<string[]>("KEY")
        {
            Description = "keys as they are stored; after -- where one begins with a dash",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("slot", "slot, hash tag, shard and member of keys, and which go into one command")
        {
            keys,
        };
        command.SetAction((parsed, ct) => RunAsync(wiring, parsed, parsed.GetValue(keys)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(Wiring wiring, ParseResult parsed, string[] keys, CancellationToken ct)
    {
        var (target, topology, complaint, exitCode) = await AskAsync(new TargetResolver(wiring), parsed, ct);
        var bytes = RawArguments.OfProcess(keys);
        SlotOutput.Print(
            wiring.Terminal,
            CommonOptions.FormatOf(parsed),
            SlotDocument.Of(target, [.. keys.Select((name, i) => SlotKey.Of(name, bytes[i].Span, topology))])
        );
        if (complaint is not null)
        {
            wiring.Terminal.Error.WriteLine($"slotwright: slots need no cluster, their owners do: {complaint}");
        }
        return exitCode;
    }

    /// <summary>Slots can be told without a cluster: only one that was named, or is there, has to answer.</summary>
    private static async Task<(string? Target, Topology? Topology, string? Complaint, int ExitCode)> AskAsync(
        TargetResolver targets,
        ParseResult parsed,
        CancellationToken ct
    )
    {
        if (targets.IsAbsent(parsed))
        {
            return (null, null, "none is named, and there is no local one", ExitCode.Done);
        }
        await using var session = targets.Open(parsed);
        try
        {
            var observation = await session.ObserveAsync(ct);
            return observation.Topology.Nodes.IsEmpty
                ? Unknown(observation.Views.Select(v => v.Unreachable).OfType<string>().FirstOrDefault())
                : (session.Target.Name, observation.Topology, null, ExitCode.Done);
        }
        catch (OperationFailedException e)
        {
            return Unknown(e.Message);
        }

        static (string?, Topology?, string?, int) Unknown(string? why) =>
            (null, null, why ?? "it has no members", ExitCode.Failed);
    }
}
