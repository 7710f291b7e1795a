using Slotwright.Core.Configuration;
using Slotwright.Core.Fencing;
using Slotwright.Core.Healing;
using Slotwright.Local.Fencing;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Fencing;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>A member's pod whose server has not been started yet.</summary>
internal sealed class PodFencedMember(
    PodEnvironment pod,
    NodesFile? nodes,
    OwnData data,
    string? password,
    PodLog log,
    TimeProvider time
) : IFencedMember
{
    /// <summary>One that ends by itself is started again, but not without end.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(10);

    private SideServer? _voter;
    private long _started;

    public string Hostname => pod.Fqdn;

    public NodesFile? Nodes { get; } = nodes;

    public OwnData Data { get; } = data;

    public IReadOnlyList<string> Streams { get; } = StreamsFile.Read(pod.Paths.Streams);

    public bool IsToldToStart => File.Exists(pod.Paths.LetStart);

    public void TellHeldBack(FenceDecision why) => AtomicFile.WriteDerived(pod.Paths.HeldBack, why.Reason);

    /// <summary>Without nodes.conf it would be nobody for its peers.</summary>
    public async Task StartVoterAsync(CancellationToken ct)
    {
        if (Nodes is null || _voter is { Lives: true } || !IsTime())
        {
            return;
        }
        if (_voter is not null)
        {
            log.Report($"the server that voted has ended: {_voter.LastWords}");
            await EndVoterAsync(ct);
        }
        _started = time.GetTimestamp();
        var program = ServerProgram.Find(pod);
        var config = await WriteConfigAsync(await ServerProgram.VersionAsync(program, time, ct), ct);
        _voter = await SideServer.StartAsync(program, pod.Paths.VoterLock, config, pod.Paths.VoterLog, time, ct);
        log.Report(
            $"until then a server without data votes in its place; what that one says is in {pod.Paths.VoterLog}"
        );
    }

    public async Task EndVoterAsync(CancellationToken ct)
    {
        if (_voter is { } voter)
        {
            _voter = null;
            await voter.EndAsync();
        }
    }

    private bool IsTime() => _voter is null || time.GetElapsedTime(_started) >= AgainAfter;

    private async Task<string> WriteConfigAsync(Version version, CancellationToken ct)
    {
        var folder = pod.Paths.Voter;
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        Directory.CreateDirectory(folder);
        var member = ConfigText.Parse(await File.ReadAllTextAsync(pod.Paths.Config, ct));
        var config = $"{folder}/{VoterConfig.FileName}";
        AtomicFile.WriteDerived(config, VoterConfig.Compose(member, version, folder, pod.Paths.Nodes, password));
        return config;
    }
}
