using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>What a drill is going to do: all of it is said before it begins.</summary>
/// <param name="Victims">The members that it hurts, by name; of an operation, all.</param>
/// <param name="Zone">Of a zone outage.</param>
/// <param name="WaitReplicas">Replicas that confirm a part of the writes; 0 where there are none.</param>
public sealed record DrillPlan(
    DrillKind Kind,
    ImmutableArray<string> Victims,
    string? Zone,
    ImmutableArray<DrillShard> Shards,
    DrillTimes Times,
    int WaitReplicas
)
{
    /// <summary>Of an upgrade.</summary>
    public string? Version { get; init; }

    /// <summary>Of a partition: the agent of the member that is cut off does nothing from that moment on.</summary>
    public bool FreezesAgent { get; init; }

    /// <summary>Shards whose primary is hurt, and that have somebody else who could take over.</summary>
    public ImmutableArray<DrillShard> Bereft =>
        Kind.IsOperation() ? [] : [.. Shards.Where(s => Hurts(s.Primary) && !s.Replicas.All(Hurts))];

    /// <summary>What is done to the cluster, in one sentence without its end.</summary>
    public string Deed =>
        Kind switch
        {
            DrillKind.KillPrimary => $"{Victims[0]}, the primary of slots {SlotsOf(Victims[0])}, is killed (SIGKILL)",
            DrillKind.KillReplica => $"{Victims[0]}, a replica of slots {SlotsOf(Victims[0])}, is killed (SIGKILL)",
            DrillKind.PausePrimary => $"{Victims[0]}, the primary of slots {SlotsOf(Victims[0])}, hangs (SIGSTOP)",
            DrillKind.RollingRestart =>
                $"all {Victims.Length} members are restarted, in waves; primaries hand over first",
            DrillKind.Upgrade => $"members are brought to Valkey {Version}, in waves; primaries hand over first",
            DrillKind.WholeRestart => $"all {Victims.Length} members are ended and started again, all at once",
            DrillKind.ZoneOutage => $"zone {Zone} goes: {string.Join(", ", Victims)} are killed (SIGKILL)",
            _ =>
                $"{Victims[0]}, the primary of slots {SlotsOf(Victims[0])}, is cut off from the other members; clients still reach it{(FreezesAgent ? "; its agent freezes at that moment" : "")}",
        };

    /// <summary>What is done when the load has ended.</summary>
    public string Aftermath =>
        Kind switch
        {
            DrillKind.Upgrade => "verify runs; upgrade --commit and --rollback are left to you",
            DrillKind.RollingRestart => "verify runs",
            _ => "former primaries become primaries again, and verify runs",
        };

    /// <summary>How it is brought back; empty where the deed itself does.</summary>
    public string Cure =>
        Kind switch
        {
            DrillKind.KillPrimary or DrillKind.KillReplica or DrillKind.ZoneOutage =>
                $"{When(Times.RestartAfter)}, {(Victims.Length == 1 ? "it is" : "they are")} started again",
            DrillKind.PausePrimary => $"{When(null)}, it goes on",
            DrillKind.Partition =>
                $"{When(null)}, the network is whole again{(FreezesAgent ? " and the agent goes on" : "")}",
            _ => "",
        };

    public bool Hurts(string member) => Victims.Contains(member, StringComparer.Ordinal);

    private string SlotsOf(string member) =>
        Shards.First(s => s.Members.Contains(member, StringComparer.Ordinal)).Slots.ToString();

    private string When(TimeSpan? after) =>
        after is { } time ? $"{Amount.Of(time)} later"
        : Bereft.IsEmpty ? $"{Amount.Of(Times.HealBy)} after the start"
        : $"{Amount.Of(Times.Hold)} after another has taken over, and {Amount.Of(Times.HealBy)} after the start at the latest";
}
