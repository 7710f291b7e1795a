using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Measures;
using Slotwright.Core.Slots;
using Slotwright.Operations.Asking;
using Slotwright.Operations.Observing;
using Slotwright.Output;
using Slotwright.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Commands;

/// <summary><c>slotwright exec</c>: a command of the user's, sent to members as they are.</summary>
internal static class ExecCommand
{
    private const int MostNamed = 6;
    private static readonly TimeSpan SilenceWorthAWord = TimeSpan.FromSeconds(3);

    private static readonly Option<string?> On = new("--on")
    {
        Description =
            "whom to ask: all, primaries, replicas, a MEMBER, zone:ZONE, or by owner key:NAME or slot:N "
            + "(default: the primary that owns the command's key)",
        HelpName = "WHOM",
    };

    private static readonly Option<bool> Raw = new("--raw")
    {
        Description = "replies as valkey-cli prints them into a pipe: bytes alone, without types and quotes",
    };

    private static readonly Option<bool> LastFromInput = new("-x")
    {
        Description =
            "takes the last argument from standard input, without the line break that ends it: for what is not to "
            + "stand on a command line",
    };

    private static readonly Option<TimeSpan> Timeout = DurationArgument.Option(
        "--timeout",
        "how long a member may take to be reached and to reply",
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMilliseconds(1),
        TimeSpan.FromDays(1)
    );

    private static readonly Argument<string[]> Words = new("COMMAND")
    {
        Description = "the command and its arguments, after --: exec --on all -- INFO memory",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create(Wiring wiring)
    {
        var command = new Command(
            "exec",
            "sends a command to members and prints their replies as valkey-cli does; asks before what is dangerous, "
                + "or writes to several members"
        )
        {
            On,
            Raw,
            LastFromInput,
            Timeout,
            Words,
        };
        command.SetAction((parsed, ct) => RunAsync(wiring, parsed, ct));
        return command;
    }

    private static async Task<int> RunAsync(Wiring wiring, ParseResult parsed, CancellationToken ct)
    {
        var command = await ReadAsync(wiring.Terminal, parsed, ct);
        await using var session = new TargetResolver(wiring).Open(parsed);
        var (on, timeout) = (parsed.GetValue(On), parsed.GetValue(Timeout));
        var look = timeout < session.Target.AnswerBudget ? timeout : session.Target.AnswerBudget;
        var topology = await TopologyAsync(session, on, look, ct);
        var members = await ChooseAsync(session, topology, on, command, look, ct);
        var risk =
            members.Length == 1
                ? CommandRisk.OnOne(command)
                : CommandRisk.OnSeveral(command, await CommandFacts.WritesAsync(session, members, command, look, ct));
        if (risk is not null)
        {
            new Confirmation(wiring.Terminal).Demand(
                "exec",
                $"{command.Title} {risk}. Run it on {Names(members)}?",
                parsed.GetValue(CommonOptions.Yes)
            );
        }
        var pending = new MemberQuestion(session, command, timeout).PutTo(members, ct);
        _ = TellOfWaitingAsync(wiring, Task.WhenAll(pending), Names(members), timeout);
        try
        {
            return await PrintAsync(wiring.Terminal, parsed, command, pending);
        }
        catch (OperationCanceledException e) when (ct.IsCancellationRequested)
        {
            throw new InterruptedException($"interrupted; {command.Title} may still come to be done", e, ct);
        }
    }

    private static async Task<int> PrintAsync(
        Terminal terminal,
        ParseResult parsed,
        RespCommand command,
        ImmutableArray<Task<MemberReply>> pending
    )
    {
        var output = new ExecOutput(terminal, command, parsed.GetValue(Raw), named: pending.Length > 1);
        if (CommonOptions.FormatOf(parsed) == Format.Json)
        {
            var replies = await Task.WhenAll(pending);
            output.PrintJson(replies);
            return ExitCodeOf(replies);
        }
        var come = new List<MemberReply>();
        foreach (var reply in pending)
        {
            come.Add(await reply);
            if (pending.Length == 1 && come[0].Failure is { } failure)
            {
                throw failure;
            }
            output.Print(come[^1]);
        }
        ExecHints.Print(terminal, come, isOwnerAsked: parsed.GetValue(On) is null);
        return ExitCodeOf(come);
    }

    /// <summary>Whoever sits there and sees nothing is told what for, and how long it can take.</summary>
    private static async Task TellOfWaitingAsync(Wiring wiring, Task replies, string members, TimeSpan timeout)
    {
        if (!wiring.Terminal.CanAsk)
        {
            return;
        }
        try
        {
            await replies.WaitAsync(SilenceWorthAWord, wiring.Time);
        }
        catch (TimeoutException)
        {
            wiring.Terminal.Error.WriteLine(
                $"waiting for {members}, at most {Duration.Format(timeout)} (--timeout); Ctrl-C ends the waiting, not the command"
            );
        }
        catch (OperationCanceledException)
        {
            // the command says so
        }
    }

    internal static int ExitCodeOf(IEnumerable<MemberReply> replies) =>
        replies.Any(r => r.Reply is null || HasError(r.Reply)) ? ExitCode.Failed : ExitCode.Done;

    private static bool HasError(RespValue reply) =>
        reply switch
        {
            RespValue.Error => true,
            RespValue.Array array => array.Items.Any(HasError),
            _ => false,
        };

    private static async Task<RespCommand> ReadAsync(Terminal terminal, ParseResult parsed, CancellationToken ct)
    {
        var words = RawArguments.OfProcess(parsed.GetValue(Words)!);
        if (parsed.GetValue(LastFromInput))
        {
            words = words.Add(await StandardInput.ReadAsync(terminal, ct));
        }
        var command = new RespCommand(words);
        if (command.Name.Length == 0)
        {
            throw new BadInputException(new Problem("COMMAND", "it is empty", "write a command: -- PING"));
        }
        return CommandTraits.HasOneReply(command)
            ? command
            : throw new BadInputException(
                new Problem(
                    "COMMAND",
                    $"{command.Title} does not have one reply, and exec waits for one",
                    "use valkey-cli for it; slotwright up and status name the address"
                )
            );
    }

    /// <summary>Members that are named are not looked for: whoever else is silent then holds up nothing.</summary>
    private static async Task<Topology> TopologyAsync(
        ClusterSession session,
        string? on,
        TimeSpan look,
        CancellationToken ct
    )
    {
        if (on is not null)
        {
            var members = await session.Target.ListMembersAsync(ct);
            var areZonesKnown = members.All(m => m.Zone is not null);
            if (
                !MemberSelector.NeedsNodes(on, members)
                && (areZonesKnown || !on.StartsWith("zone:", StringComparison.Ordinal))
            )
            {
                return Topology.Empty with
                {
                    Members = Topology.Empty.Members.AddRange(members.Select(m => KeyValuePair.Create(m.Name, m))),
                };
            }
        }
        var observation = await session.ObserveAsync(look, ct);
        Answers.Demand(observation);
        return observation.Topology;
    }

    private static async Task<ImmutableArray<Member>> ChooseAsync(
        ClusterSession session,
        Topology topology,
        string? on,
        RespCommand command,
        TimeSpan look,
        CancellationToken ct
    )
    {
        if (on is not null)
        {
            return MemberSelector.Select(on, topology, "--on");
        }
        var facts = await CommandFacts.KeysAsync(session, topology.Members.Values, command, look, ct);
        if (facts?.Wrong is { } wrong)
        {
            throw new BadInputException(
                new Problem(
                    "COMMAND",
                    $"the server finds the arguments of {command.Title} wrong ({Columns.Plain(wrong)})",
                    $"valkey-cli HELP {command.Title} shows them"
                )
            );
        }
        if (facts?.Keys is not [var key, ..])
        {
            throw new BadInputException(
                new Problem(
                    "--on",
                    $"{command.Title} names no key that would tell whom to ask",
                    $"add --on with one of {MemberSelector.Forms}"
                )
            );
        }
        return MemberSelector.Select($"slot:{HashSlot.Of(key.Span)}", topology, "--on");
    }

    private static string Names(ImmutableArray<Member> members) =>
        members.Length > MostNamed ? $"{members.Length} members" : string.Join(", ", members.Select(m => m.Name));
}
