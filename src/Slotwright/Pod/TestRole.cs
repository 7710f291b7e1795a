using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Output;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod test</c>, what <c>helm test</c> runs: all of verify's checks, by the members' names in DNS, and a
/// key written to and read from each shard.
/// </summary>
internal static class TestRole
{
    /// <summary>What a release that has just been installed or changed may still be about.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Seconds after which a key goes that could not be deleted.</summary>
    private const string Lifetime = "60";

    public static Command Create(Wiring wiring)
    {
        var command = new Command("test", "check the release's cluster, and write and read a key of each shard");
        command.SetAction(
            async (_, ct) =>
            {
                var environment = JobEnvironment.Read(wiring.Environment.GetValueOrDefault);
                var (host, session) = await ReleaseJob.OpenAsync(environment, zonesFromNodes: false, wiring, ct);
                await using (session)
                {
                    var wanted = new Expectation(environment.Release.Shape.ReplicasPerPrimary, AtLeast: false)
                    {
                        Former = Former.Chart,
                    };
                    var patience = environment.Wait < Patience ? environment.Wait : Patience;
                    var (observation, checks) = await LookAsync(session, wanted, patience, ct);
                    checks = [.. checks, .. await KeysAsync(session, observation.Topology, wiring.Random, ct)];
                    VerifyOutput.Print(
                        wiring.Terminal,
                        Format.Text,
                        host.Name,
                        checks,
                        Survival.Of(observation.Topology)
                    );
                    return Commands.VerifyCommand.ExitCodeOf(checks);
                }
            }
        );
        return command;
    }

    private static async Task<(Observation, ImmutableArray<Finding>)> LookAsync(
        ClusterSession session,
        Expectation wanted,
        TimeSpan patience,
        CancellationToken ct
    )
    {
        Observation? observation = null;
        ImmutableArray<Finding> checks = [];
        await Wait.UntilAsync(
            async inner =>
            {
                observation = await session.ObserveAsync(inner);
                checks = ClusterChecks.Run(observation, wanted);
                return checks.All(c => c.Verdict is Verdict.Ok or Verdict.Warning);
            },
            patience,
            LongestPause,
            session.Time,
            ct
        );
        return (observation!, checks);
    }

    private static async Task<ImmutableArray<Finding>> KeysAsync(
        ClusterSession session,
        Topology topology,
        Random random,
        CancellationToken ct
    )
    {
        var shards = topology.Shards().Where(s => s.Primary.Member is not null).ToArray();
        var value = $"{random.NextInt64():x}";
        var failed = await Task.WhenAll(shards.Select(s => KeyAsync(session, topology, s, value, ct)));
        return failed.OfType<Finding>().ToImmutableArray() is { IsEmpty: false } some
            ? some
            : [new Finding("keys", Verdict.Ok, "cluster", $"{shards.Length} shards keep what is written", "", "")];
    }

    /// <returns>Null where the shard keeps the key.</returns>
    private static async Task<Finding?> KeyAsync(
        ClusterSession session,
        Topology topology,
        Shard shard,
        string value,
        CancellationToken ct
    )
    {
        var key = $"{{{SlotTags.Of(shard.Slots.First())}}}:slotwright-test-{value}";
        try
        {
            return await session.AskAsync(
                topology.Members[shard.Primary.Member!],
                async (connection, inner) =>
                {
                    await connection.AskAsync(RespCommand.Of("SET", key, value, "EX", Lifetime), inner);
                    var read = (await connection.AskAsync(RespCommand.Of("GET", key), inner)).AsText();
                    await connection.AskAsync(RespCommand.Of("DEL", key), inner);
                    return read == value ? null : Broken(shard, $"it read back '{read}'");
                },
                ct
            );
        }
        catch (OperationFailedException e)
        {
            return Broken(shard, e.Message);
        }
    }

    private static Finding Broken(Shard shard, string what) =>
        new(
            "key-not-kept",
            Verdict.Failed,
            $"slots {shard.Slots}",
            $"{shard.Primary.Label}: {what}",
            "clients can't write there",
            "slotwright verify, and the member's log"
        );
}
