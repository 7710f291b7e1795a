using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Slotwright.Core.Failures;
using Slotwright.Core.Loads;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Operations.Loads;
using Slotwright.Operations.Observing;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright rebalance</c>: every shard bears its share.</summary>
internal sealed class RebalanceCommand
{
    /// <summary>Enough for about what slots to be moved take, which is only shown.</summary>
    private const int KeysForCost = 1000;

    private const int KeysForMemory = 10_000;

    private readonly Option<string> _by = WordArgument.OneOf(
        "--by",
        "slots|keys|memory|cpu|network",
        "what shards are to share; memory is estimated from some keys, cpu and network are what servers count",
        "slots",
        ["slots", "keys", "memory", "cpu", "network"]
    );

    private readonly Option<double> _threshold = new("--threshold")
    {
        Description = "how far a shard may be off its share before anything is moved (default: 2%)",
        HelpName = "P%",
        DefaultValueFactory = _ => 0.02,
        CustomParser = Percent,
    };

    private readonly Option<string[]> _weight = new("--weight")
    {
        Description = "a shard's weight among the others, which have 1; 0 empties it; several times for several",
        HelpName = "SHARD=W",
    };

    private readonly Option<int> _sample = NumberArgument.WithDefault(
        "--sample",
        "with --by memory: keys of each shard that are looked at, at most",
        KeysForMemory,
        1,
        1_000_000
    );

    private readonly Option<int> _seconds = NumberArgument.WithDefault(
        "--seconds",
        "with --by cpu and network: between the two looks at what the servers count",
        10,
        1,
        300
    );

    private readonly Option<bool> _enable = new("--enable-slot-stats")
    {
        Description =
            $"with --by cpu and network: turns {SlotStatsSwitch.Setting} on at all primaries, until they restart",
    };

    private readonly SlotMoveOptions _options = new();

    public static Command Create(Wiring wiring) => new RebalanceCommand().ToCommand(wiring);

    private Command ToCommand(Wiring wiring)
    {
        var command = new Command("rebalance", "moves as few slots as it takes for every shard to have its share")
        {
            _by,
            _threshold,
            _weight,
            _sample,
            _seconds,
            _enable,
        };
        _options.AddTo(command);
        command.Validators.Add(Check);
        command.SetAction((parsed, ct) => RunAsync(wiring, parsed, ct));
        return command;
    }

    private void Check(CommandResult result)
    {
        if (result.GetResult(_enable) is null)
        {
            return;
        }
        if (result.GetResult(_by)?.Tokens is not [{ Value: "cpu" or "network" }])
        {
            result.AddError("--enable-slot-stats: it is for --by cpu and --by network");
        }
        if (result.GetResult(_options.DryRun) is not null)
        {
            result.AddError("--enable-slot-stats changes a setting, and --dry-run nothing: give one of them");
        }
    }

    private async Task<int> RunAsync(Wiring wiring, ParseResult parsed, CancellationToken ct)
    {
        var by = Enum.Parse<LoadMeasure>(parsed.GetValue(_by)!, ignoreCase: true);
        ImmutableArray<ShardWeight> weights = [.. (parsed.GetValue(_weight) ?? []).Select(Weight)];
        await using var session = new TargetResolver(wiring).Open(parsed);
        var seen = await session.ObserveAsync(ct);
        Answers.Demand(seen);
        RebalancePlanner.Demand(seen.Topology, weights);
        var loads = await ReadAsync(wiring, parsed, session, seen, by, ct);
        var wish = new RebalanceWish(loads?.By(by), parsed.GetValue(_threshold), weights)
        {
            By = by,
            Carried = loads,
            BytesPerSecond = _options.PaceOf(parsed).BytesPerSecond,
        };
        return await _options.RunAsync(
            wiring,
            parsed,
            session,
            "rebalance",
            seen => OpenMoves.Before(seen, topology => RebalancePlanner.Plan(topology, wish)),
            ct
        );
    }

    /// <summary>
    /// Before the plan, and not of its topology: what a slot bears is the slot's, whoever owns it by then.
    /// </summary>
    /// <returns>Null where slots count, and what they cost can't be told.</returns>
    private async Task<ClusterLoads?> ReadAsync(
        Wiring wiring,
        ParseResult parsed,
        ClusterSession session,
        Observation seen,
        LoadMeasure by,
        CancellationToken ct
    )
    {
        var isOfWork = by is LoadMeasure.Cpu or LoadMeasure.Network;
        var seconds = parsed.GetValue(_seconds);
        if (isOfWork)
        {
            await DemandCountingAsync(wiring, parsed, session, seen, ct);
            wiring.Terminal.Error.WriteLine($"what slots cost is watched for {seconds} s ...");
        }
        var question = new LoadQuestion(
            by == LoadMeasure.Memory ? parsed.GetValue(_sample) : KeysForCost,
            isOfWork ? TimeSpan.FromSeconds(seconds) : null
        );
        try
        {
            var loads = ClusterLoads.Of(await new LoadReader(session, question).ReadAsync(seen, ct));
            return by == LoadMeasure.Slots || loads.By(by) is not null
                ? loads
                : throw new OperationFailedException(
                    $"what slots bear could not be told by {parsed.GetValue(_by)}: a server says no more what it said before",
                    next: "run the same command again"
                );
        }
        catch (OperationFailedException) when (by == LoadMeasure.Slots)
        {
            return null;
        }
    }

    private async Task DemandCountingAsync(
        Wiring wiring,
        ParseResult parsed,
        ClusterSession session,
        Observation seen,
        CancellationToken ct
    )
    {
        var off = await SlotStatsSwitch.FindOffAsync(session, seen, ct);
        if (off.IsEmpty)
        {
            return;
        }
        var finding = SlotStatsSwitch.Off(
            seen,
            off,
            $"add --enable-slot-stats, or turn it on yourself: {SlotStatsSwitch.TurnOn}"
        );
        if (!parsed.GetValue(_enable) || finding.Code != SlotStatsSwitch.IsOff)
        {
            throw new RefusedException("rebalance", finding);
        }
        await SlotStatsSwitch.TurnOnAsync(session, seen, off, ct);
        wiring.Terminal.Error.WriteLine(
            $"{SlotStatsSwitch.Setting} is on now: {string.Join(", ", off.Select(n => n.Label))}"
        );
    }

    private static ShardWeight Weight(string word)
    {
        var at = word.LastIndexOf('=');
        return at < 0 ? new ShardWeight(word, null) : new ShardWeight(word[..at], word[(at + 1)..]);
    }

    private static double Percent(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (
            double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100
        )
        {
            return percent / 100;
        }
        result.AddError($"--threshold: '{text}' can't be used; use a share such as 2%, 0% to 100%");
        return 0;
    }
}
