using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Health;

/// <summary>Servers that answer and agree, and refuse writes all the same. Member 0 is a primary, member 5 its replica.</summary>
public sealed class WriteCheckTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Theory]
    [InlineData(0, "refuses all writes (MISCONF)")]
    [InlineData(5, "ends itself at the next write")]
    public void A_server_that_cannot_write_its_append_only_file_has_failed(int member, string why)
    {
        var finding = Assert.Single(Faults(member, s => s with { Storage = s.Storage with { Appended = false } }));
        Assert.Equal(("append-failed", Verdict.Failed, $"m-{member}"), Of(finding));
        Assert.Contains(why, finding.Why);
    }

    [Fact]
    public void The_same_word_of_a_server_without_an_append_only_file_means_nothing() =>
        Assert.Empty(
            Faults(
                0,
                s => s with { Storage = s.Storage with { AppendOnly = false, Appended = false, Rewritten = false } }
            )
        );

    [Fact]
    public void A_rewrite_that_failed_is_a_warning() =>
        Assert.Equal(
            ("append-rewrite-failed", Verdict.Warning, "m-0"),
            Of(Assert.Single(Faults(0, s => s with { Storage = s.Storage with { Rewritten = false } })))
        );

    [Theory]
    [InlineData(true, Verdict.Failed)]
    [InlineData(false, Verdict.Warning)]
    [InlineData(null, Verdict.Unknown)]
    public void A_snapshot_that_failed_is_as_grave_as_the_server_takes_it(bool? stops, Verdict verdict) =>
        Assert.Equal(
            ("snapshot-failed", verdict, "m-0"),
            Of(
                Assert.Single(
                    Faults(0, s => s with { Storage = s.Storage with { Saved = false, StopsAfterFailedSave = stops } })
                )
            )
        );

    [Theory]
    [InlineData(0, "noeviction", Verdict.Failed, "refuses all writes")]
    [InlineData(0, "volatile-lru", Verdict.Warning, "evicts keys")]
    [InlineData(5, "noeviction", Verdict.Warning, "as a primary")]
    public void More_memory_than_maxmemory(int member, string policy, Verdict verdict, string why)
    {
        var finding = Assert.Single(Faults(member, s => Full(s) with { EvictionPolicy = policy }));
        Assert.Equal(("memory-used-up", verdict, $"m-{member}"), Of(finding));
        Assert.Contains(why, finding.Why);
        Assert.Equal($"1.9 MiB of memory are used, maxmemory is 1.0 MiB with {policy}", finding.What);
    }

    [Fact]
    public void What_waits_for_replicas_does_not_count() =>
        Assert.Empty(Faults(0, s => Full(s) with { UncountedMemory = 1 << 20 }));

    [Fact]
    public void Exactly_maxmemory_is_not_too_much() =>
        Assert.Empty(Faults(0, s => s with { MaxMemory = s.UsedMemory }));

    [Fact]
    public void Where_servers_do_not_say_nothing_is_said()
    {
        var views = Enumerable
            .Range(0, 6)
            .Aggregate(
                Views.Of(Formed),
                (v, i) => v.WithServer(i, s => Full(s) with { Storage = StorageInfo.Unsaid, EvictionPolicy = null })
            );
        var codes = ClusterChecks.Run(views.Merged(Formed), new Expectation(1, AtLeast: false)).Codes();
        Assert.Equal("nothing-open", codes[^1]);
    }

    private static ServerInfo Full(ServerInfo server) => server with { MaxMemory = 1 << 20 };

    private static (string Code, Verdict Verdict, string Subject) Of(Finding finding) =>
        (finding.Code, finding.Verdict, finding.Subject);

    private static ImmutableArray<Finding> Faults(int member, Func<ServerInfo, ServerInfo> change) =>
        ClusterChecks
            .Run(Views.Of(Formed).WithServer(member, change).Merged(Formed), new Expectation(1, AtLeast: false))
            .RemoveAll(f => f.Verdict == Verdict.Ok);
}
