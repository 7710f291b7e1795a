using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Steps;
using Slotwright.Local.Agents;
using Slotwright.Local.Network;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <content>More members, or fewer. A member's folder is its volume.</content>
public sealed partial class LocalHost
{
    public Task<ImmutableArray<Member>> PreviewAsync(int members, CancellationToken ct)
    {
        var file = Read();
        var grown = ClusterPlanner.Grow(file, members, Others(), Listener.ReadAll(), PortRange.ReadEphemeral());
        var revision = LocalSettings.Revision(grown);
        return Task.FromResult<ImmutableArray<Member>>([
            .. Enumerable
                .Range(file.Members, grown.Members - file.Members)
                .Select(ordinal => new Member(
                    grown.MemberName(ordinal),
                    ordinal,
                    grown.Zone(ordinal),
                    Machine: null,
                    MemberPhase.Stopped,
                    grown.Addresses[ordinal],
                    grown.Hostname(ordinal),
                    "",
                    revision
                )),
        ]);
    }

    public ValueTask<ImmutableArray<string>> FindLeftVolumesAsync(CancellationToken ct) =>
        ValueTask.FromResult<ImmutableArray<string>>([.. LeftVolume.FindAll(Folder, Read()).Select(m => m.Name)]);

    public async Task ResizeAsync(ClusterShape shape, VolumeDiscard? discard, CancellationToken ct)
    {
        await using var held = await LockAsync("scale", ct);
        var file = Read();
        await DiskErrors.ExplainAsync(
            Folder.Path,
            async () =>
            {
                await (
                    shape.Members < file.Members ? ShrinkAsync(file, shape, ct) : GrowAsync(file, shape, discard, ct)
                );
                if (discard == VolumeDiscard.Delete)
                {
                    DeleteLeftVolumes();
                }
                return true;
            }
        );
    }

    /// <summary>Cut off in between, they are found by the same command run again: nobody has them any more.</summary>
    private void DeleteLeftVolumes()
    {
        foreach (var member in LeftVolume.FindAll(Folder, Read()))
        {
            LeftVolume.Discard(member, VolumeDiscard.Delete);
        }
    }

    /// <summary>cluster.json names them before they start, so that whoever is cut off is gone on with.</summary>
    private async Task GrowAsync(ClusterFile file, ClusterShape shape, VolumeDiscard? discard, CancellationToken ct)
    {
        var folder = Folder;
        if (shape.Members > file.Members)
        {
            foreach (var ordinal in Enumerable.Range(file.Members, shape.Members - file.Members))
            {
                LeftVolume.Discard(folder.Member(file.MemberName(ordinal)), discard);
            }
            file = await ChooseAsync(
                () =>
                    ClusterPlanner.Grow(
                        file,
                        shape.Members,
                        Others(),
                        Listener.ReadAll(),
                        PortRange.ReadEphemeral()
                    ) with
                    {
                        ReplicasPerPrimary = shape.ReplicasPerPrimary,
                    },
                ct
            );
        }
        else if (shape.ReplicasPerPrimary != file.ReplicasPerPrimary)
        {
            file = file with { ReplicasPerPrimary = shape.ReplicasPerPrimary };
            file.Write(folder);
        }
        await StartAsync(file, [.. Enumerable.Range(0, file.Members)], ct);
        if (file.Agents)
        {
            await MemberAgents.StartAsync(folder, file, AgentProgram, _root.Path, _time, ct);
        }
    }

    /// <summary>cluster.json names them until they have ended, so that none is forgotten that still runs.</summary>
    private async Task ShrinkAsync(ClusterFile file, ClusterShape shape, CancellationToken ct)
    {
        ImmutableArray<MemberFolder> leaving = [.. file.MemberNames.Skip(shape.Members).Select(Folder.Member)];
        await MemberAgents.EndAsync(leaving, _time, ct);
        var stuck = await MemberStopper.TerminateAsync(leaving, DefaultStopDeadline, _time, ct);
        ThrowIfStuck(
            stuck,
            leaving.Length,
            DefaultStopDeadline,
            $"slotwright local kill {string.Join(' ', stuck.Select(s => s.Name))}{NameOption(_cluster)}"
        );
        var smaller = file with
        {
            Members = shape.Members,
            ReplicasPerPrimary = shape.ReplicasPerPrimary,
            Addresses = file.Addresses[..shape.Members],
        };
        smaller.Write(Folder);
    }
}
