using Slotwright.Core.Failures;
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
        var server = spec.Version is { } version
            ? ServerRecord.Of(await ServerLocator.OfThisMachine(_time).FindAsync(version, Talk, ct))
            : null;
        var file = Read();
        var desired = file with { Server = server ?? file.Server, Restarts = file.Restarts + 1 };
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
}
