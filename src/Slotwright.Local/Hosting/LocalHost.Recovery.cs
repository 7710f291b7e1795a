using System.Collections.Immutable;
using Slotwright.Core.Configuration;
using Slotwright.Core.Fencing;
using Slotwright.Core.Storage;
using Slotwright.Local.Fencing;

namespace Slotwright.Local.Hosting;

/// <content>Members that are held back, and disks of members that don't answer.</content>
public sealed partial class LocalHost
{
    public async Task<bool> LetStartAsync(string member, CancellationToken ct)
    {
        var file = Read();
        var report = await DiskErrors.ExplainAsync(
            Folder.Path,
            () => StartAsync(file, [Ordinal(file, member)], ct, isTold: true)
        );
        ThrowIfHeldBack(report);
        return true;
    }

    public ValueTask<ImmutableDictionary<string, OwnData>> ReadDisksAsync(CancellationToken ct)
    {
        var file = Read();
        var disks = ImmutableDictionary.CreateBuilder<string, OwnData>(StringComparer.Ordinal);
        foreach (var (ordinal, name) in file.MemberNames.Index())
        {
            if (ReadDisk(LocalSettings.Member(file, ordinal, Folder.Member(name)).Render()) is { } data)
            {
                disks[name] = data;
            }
        }
        return ValueTask.FromResult(disks.ToImmutable());
    }

    /// <returns>Null where it can't be read, or its server is at work on it.</returns>
    private static OwnData? ReadDisk(string config)
    {
        try
        {
            return OwnDisk.Read(StorageSettings.Of(ConfigText.Parse(config)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
