using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Restarts;
using Slotwright.Core.Storage;

namespace Slotwright.Local.Storage;

/// <summary>
/// Prepares the files of a member whose server is about to start, so that it loads the newest data whether appendonly
/// was switched on or off since, and refuses files that it can't read. A kill at any moment is no harm: the next start
/// goes on.
/// </summary>
public sealed class StorageGuard
{
    private readonly StorageEngine _engine;
    private readonly IReadOnlyList<ConfigLine> _config;
    private readonly StorageSettings _settings;
    private readonly DiskContent _disk;
    private readonly TimeProvider _time;

    private StorageGuard(
        StorageEngine engine,
        IReadOnlyList<ConfigLine> config,
        StorageSettings settings,
        TimeProvider time
    )
    {
        _engine = engine;
        _config = config;
        _settings = settings;
        _time = time;
        _disk = MemberDisk.Read(settings);
        Change = StorageSwitch.Decide(_disk, settings.AppendOnly, StartMark.Read(settings.Folder));
    }

    /// <summary>What has to be done.</summary>
    public StorageChange Change { get; }

    /// <param name="config">The server's whole configuration.</param>
    /// <exception cref="OperationFailedException">The engine can't read the files; nothing was changed.</exception>
    /// <exception cref="IOException">The disk can't be read.</exception>
    public static StorageGuard Look(StorageEngine engine, IReadOnlyList<ConfigLine> config, TimeProvider time)
    {
        var guard = new StorageGuard(engine, config, StorageSettings.Of(config), time);
        return
            FormatFit.FirstMisfit(guard._disk, guard.Change, guard._settings.AppendOnly, engine.Version, config)
                is var (path, head)
            ? throw Misfit(engine, path, head)
            : guard;
    }

    /// <param name="say">Takes a line for each thing that is done.</param>
    /// <exception cref="OperationFailedException">The append-only files can't be converted; they are as they were.</exception>
    /// <exception cref="IOException">The disk can't be written.</exception>
    public async Task ApplyAsync(Action<string> say, CancellationToken ct)
    {
        if (Change.Action != StorageAction.Keep)
        {
            say(Change.Why);
        }
        if (Change.Action == StorageAction.Resume)
        {
            ResumeFile.Write(_settings.Folder, _disk.Mark! with { Phase = ResumePhase.Resuming });
            return; // the mark of the last start holds for the time after
        }
        if (
            _disk.Mark is { Phase: ResumePhase.Leaving }
            && ResumeStart.Judge(_disk) is { Resumes: false, Why: var why }
        )
        {
            say($"it does not go on from a snapshot, and may copy everything from its primary: {why}");
        }
        switch (Change.Action)
        {
            case StorageAction.MakeAppendOnly:
                Make(say);
                break;
            case StorageAction.ReplaceAppendOnly:
                SetAside(say);
                Make(say);
                break;
            case StorageAction.SaveSnapshot:
                await SaveAsync(say, ct);
                SetAside(say);
                break;
            case StorageAction.SetAppendOnlyAside:
                SetAside(say);
                break;
        }
        ResumeFile.Delete(_settings.Folder); // not before: by it append-only files are known as the older ones
        StartMark.Write(_settings.Folder, _settings.AppendOnly);
    }

    private void Make(Action<string> say)
    {
        AppendOnlyFolder.Make(_settings, _time.GetUtcNow());
        say($"made {_settings.AppendPath} of {_settings.SnapshotPath}");
    }

    private void SetAside(Action<string> say) =>
        say(
            $"moved {_settings.AppendPath} to {AppendOnlyFolder.SetAside(_settings, _time.GetUtcNow())}; nothing reads it there, and it may be deleted"
        );

    private async Task SaveAsync(Action<string> say, CancellationToken ct)
    {
        var start = _time.GetTimestamp();
        ConversionMark.Write(_settings.Folder);
        await new ConvertingServer(_engine, _time).RunAsync(_config, _disk.AppendOnly!, ct);
        say($"saved them as {_settings.SnapshotPath}, in {_time.GetElapsedTime(start).TotalSeconds:0.0} s");
    }

    private static OperationFailedException Misfit(StorageEngine engine, string path, SnapshotHead head) =>
        new(
            $"{path} has RDB format {head.Version}{(head.Engine is null ? "" : $", written by {head.Engine}")}: Valkey {engine.Version} can't read it",
            done: "nothing was changed, and no server was started",
            next: RdbFormats.IsForeign(head.Version)
                ? "no Valkey reads it: copy the data over the network, from the Redis that wrote it"
                : engine.GoBack(head.Engine ?? $"{RdbFormats.Since(head.Version) ?? new Version(9, 2)}")
        );
}
