using System.Collections.Immutable;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>What a person types to take a way.</summary>
internal static class RecoveryCommands
{
    /// <summary>The problems, each way with its command: of one shard where others have the same way open.</summary>
    public static ImmutableArray<RecoveryProblem> Told(ImmutableArray<RecoveryProblem> problems) =>
        [
            .. problems.Select(p =>
                p with
                {
                    Choices = [.. p.Choices.Select(c => c.IsTaken ? c with { Command = Of(p, c, problems) } : c)],
                }
            ),
        ];

    private static string Of(RecoveryProblem problem, RecoveryChoice choice, ImmutableArray<RecoveryProblem> all)
    {
        var isOnly = all.Count(p => p.Find(choice.Way) is not null) == 1;
        return $"slotwright recover --way {choice.Way.Word()}"
            + (isOnly ? "" : $" --shard slot:{problem.Slots.Ranges[0].First}")
            + (choice is { Way: RecoveryWay.TakeOver, Member: null } ? " --to MEMBER" : "")
            + (choice.Loses is null ? "" : " --accept-loss");
    }
}
