using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Health.Preflight;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Targets;

namespace Slotwright.Local.Hosting;

/// <content>What members are to run, and how they come to it: cluster.json has the wish, process.json what runs.</content>
public sealed partial class LocalHost
{
    /// <summary>Told in one line when a server is fetched.</summary>
    public IProgress<string> Talk { get; set; } = new Progress<string>();

    /// <exception cref="BadInputException">No such version can be had.</exception>
    public async Task<string> DesireAsync(MemberSpec spec, CancellationToken ct)
    {
        await using var held = await LockAsync("restart", ct);
        var server = spec.Version is { } version ? await FindServerAsync(version, ct) : null;
        var file = Read();
        var desired = file with
        {
            Server = server ?? file.Server,
            Previous =
                server is null || server == file.Server
                    ? file.Previous
                    : new PreviousServer(file.Server, file.Restarts),
            Restarts =
                spec.Returns && file.Previous is { } previous && previous.Server == server
                    ? previous.Restarts
                    : file.Restarts + 1,
        };
        return await DiskErrors.ExplainAsync(
            Folder.Path,
            () =>
            {
                desired.Write(Folder);
                return Task.FromResult(LocalSettings.Revision(desired));
            }
        );
    }

    public Task RestartAsync(string member, CancellationToken ct) =>
        RestartAsync([member], newAddress: false, kill: false, ct);

    public async Task RestartEmptyAsync(string member, CancellationToken ct)
    {
        await using var held = await LockAsync("restart", ct);
        var file = Read();
        var ordinal = Ordinal(file, member);
        var folder = Folder.Member(member);
        var stuck = await MemberStopper.TerminateAsync([folder], DefaultStopDeadline, _time, ct);
        ThrowIfStuck(stuck, 1, DefaultStopDeadline, $"slotwright local kill {member}{NameOption(_cluster)}");
        await DiskErrors.ExplainAsync(
            Folder.Path,
            () =>
            {
                LocalStorage.SetAside(file, ordinal, folder, _time);
                return Task.FromResult(true);
            }
        );
        await RestartAsync(member, ct);
    }

    public ValueTask<Version> GetDesiredVersionAsync(CancellationToken ct) =>
        ValueTask.FromResult(Version.Parse(Read().Server.Version));

    public async Task<Version> FindVersionAsync(string version, CancellationToken ct) =>
        Version.Parse((await FindServerAsync(version, ct)).Version);

    public ValueTask<ImmutableArray<DiskRoom>> GetDiskRoomAsync(CancellationToken ct)
    {
        var drive = new DriveInfo(Folder.Path);
        return ValueTask.FromResult<ImmutableArray<DiskRoom>>([
            new DiskRoom(drive.Name, drive.AvailableFreeSpace, [.. Read().MemberNames]),
        ]);
    }

    /// <summary>The one from before is taken where it is meant: it may lie where nobody else would look.</summary>
    private async Task<ServerRecord> FindServerAsync(string version, CancellationToken ct) =>
        Read().Previous?.Server is { } previous && previous.Version == version && File.Exists(previous.Path)
            ? previous
            : ServerRecord.Of(await ServerLocator.OfThisMachine(_time).FindAsync(version, Talk, ct));
}
