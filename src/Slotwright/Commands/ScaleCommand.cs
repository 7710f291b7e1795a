using System.CommandLine;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Scale;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright scale</c>: more shards or fewer, more replicas or fewer, while clients use the cluster.</summary>
internal static class ScaleCommand
{
    public static Command Create(Wiring wiring)
    {
        var shards = NumberArgument.Optional(
            "--shards",
            "how many shards there are to be",
            1,
            ClusterShape.MostMembers
        );
        var replicas = NumberArgument.Optional(
            "--replicas-per-primary",
            "how many replicas each is to have",
            0,
            ClusterShape.MostMembers
        );
        var force = new Option<bool>("--force")
        {
            Description = "shards may get more data than 80 % of their memory hold",
        };
        var reset = new Option<bool>("--reset-volumes")
        {
            Description = "what former members left on volumes that new ones get is thrown away, the volumes stay",
        };
        var delete = new Option<bool>("--delete-volumes")
        {
            Description = "the same with the volumes, and with those of members that leave or have left",
        };
        var options = new SlotMoveOptions();
        var command = new Command(
            "scale",
            "more shards or fewer, more replicas or fewer; slots and keys are shared anew"
        )
        {
            shards,
            replicas,
            force,
            reset,
            delete,
        };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(shards) is null && result.GetResult(replicas) is null)
            {
                result.AddError("give --shards N, --replicas-per-primary R, or both");
            }
            if (result.GetResult(reset) is not null && result.GetResult(delete) is not null)
            {
                result.AddError("give --reset-volumes or --delete-volumes, one of them");
            }
        });
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var session = new TargetResolver(wiring).Open(parsed);
                var host = RollingOptions.Host(session.Target, ScalePlanner.Operation);
                var wish = await WishAsync(host, parsed.GetValue(shards), parsed.GetValue(replicas), ct) with
                {
                    Discard =
                        parsed.GetValue(delete) ? VolumeDiscard.Delete
                        : parsed.GetValue(reset) ? VolumeDiscard.Reset
                        : null,
                    IgnoresMemory = parsed.GetValue(force),
                };
                return await options.RunAsync(
                    wiring,
                    parsed,
                    session,
                    ScalePlanner.Operation,
                    new ChangeOptions { Joins = true },
                    observation => ScalePlanner.Plan(observation, wish),
                    ct
                );
            }
        );
        return command;
    }

    private static async Task<ScaleWish> WishAsync(IClusterHost host, int? shards, int? replicas, CancellationToken ct)
    {
        var now = await host.GetShapeAsync(ct);
        var each = 1 + (replicas ?? now.ReplicasPerPrimary);
        var members = (long)(shards ?? now.Primaries) * each;
        if (members > ClusterShape.MostMembers)
        {
            throw new BadInputException(
                new Problem(
                    shards is null ? "--replicas-per-primary" : "--shards",
                    $"{members} members are too many",
                    $"a cluster has {ClusterShape.MostMembers} at most: up to {ClusterShape.MostMembers / each} shards of {each} members"
                )
            );
        }
        var shape = new ClusterShape((int)members, each - 1);
        var added = await host.PreviewAsync(shape.Members, ct);
        return new ScaleWish(shape, added) { LeftVolumes = await host.FindLeftVolumesAsync(ct) };
    }
}
