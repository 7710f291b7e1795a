using System.CommandLine;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.SlotMovers;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary>What commands that move slots have in common.</summary>
internal sealed class SlotMoveOptions
{
    private static readonly MovePace[] Paces = [MovePace.Gentle, MovePace.Normal, MovePace.Fast];

    private readonly Option<string> _pace = WordArgument.OneOf(
        "--pace",
        "gentle|normal|fast",
        "how long a server may be kept from its clients at a time: 2, 5 or 50 ms",
        MovePace.Normal.Name,
        [.. Paces.Select(p => p.Name)]
    );

    private readonly Option<string> _mover = WordArgument.OneOf(
        "--mover",
        "auto|atomic|stepwise",
        "MIGRATESLOTS (from 9.0 on), or MIGRATE in batches; auto takes the first where it can",
        "auto",
        ["auto", "atomic", "stepwise"]
    );

    private readonly Option<bool> _allowBlocking = new("--allow-blocking")
    {
        Description = "keys that alone keep a server longer than the pace allows may be moved",
    };

    private readonly Option<bool> _dryRun = ChangeCommand.DryRun();

    public void AddTo(Command command)
    {
        command.Options.Add(_pace);
        command.Options.Add(_mover);
        command.Options.Add(_allowBlocking);
        command.Options.Add(_dryRun);
    }

    public MovePace PaceOf(ParseResult parsed) => Paces.First(p => p.Name == parsed.GetValue(_pace));

    /// <summary>Its option, for what can't go together with it.</summary>
    public Option<bool> DryRun => _dryRun;

    /// <param name="planner">From the cluster, once moves that were left open are finished, to a plan.</param>
    public async Task<int> RunAsync(
        Wiring wiring,
        ParseResult parsed,
        string operation,
        Func<Topology, Plan> planner,
        CancellationToken ct
    )
    {
        await using var session = new TargetResolver(wiring).Open(parsed);
        return await RunAsync(
            wiring,
            parsed,
            session,
            operation,
            observation => OpenMoves.Before(observation, planner),
            ct
        );
    }

    /// <inheritdoc cref="RunAsync(Wiring, ParseResult, string, Func{Topology, Plan}, CancellationToken)"/>
    /// <param name="planner">From what is seen to a plan, which finishes moves that were left open.</param>
    public Task<int> RunAsync(
        Wiring wiring,
        ParseResult parsed,
        ClusterSession session,
        string operation,
        Func<Observation, Plan> planner,
        CancellationToken ct
    ) => RunAsync(wiring, parsed, session, operation, new ChangeOptions(), planner, ct);

    /// <inheritdoc cref="RunAsync(Wiring, ParseResult, ClusterSession, string, Func{Observation, Plan}, CancellationToken)"/>
    /// <param name="change">How it is run otherwise than by these options.</param>
    public async Task<int> RunAsync(
        Wiring wiring,
        ParseResult parsed,
        ClusterSession session,
        string operation,
        ChangeOptions change,
        Func<Observation, Plan> planner,
        CancellationToken ct
    )
    {
        var moving = new SlotMoving
        {
            Pace = PaceOf(parsed),
            Mover = Enum.Parse<MoverChoice>(parsed.GetValue(_mover)!, ignoreCase: true),
            AllowsBlocking = parsed.GetValue(_allowBlocking),
        };
        await using var progress = new SlotMoveProgress(wiring.Terminal, wiring.Time, moving.Meter);
        return await ChangeCommand.RunAsync(
            wiring,
            parsed,
            session,
            operation,
            change with
            {
                DryRun = parsed.GetValue(_dryRun),
                Slots = moving,
                Hooks = new RunHooks { BeforeStage = progress.BeginAsync },
            },
            planner,
            ct
        );
    }
}
