using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Local.Processes;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Fencing;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;

namespace Slotwright.Local.Hosting;

/// <summary>A cluster of real servers on this machine, each a process that outlives the command.</summary>
public sealed partial class LocalHost : IClusterHost, IFaults
{
    private readonly StateRoot _root;
    private readonly string _cluster;
    private readonly TimeProvider _time;
    private readonly ClusterLock _operationLock;
    private readonly ServerVersions _versions;

    internal LocalHost(StateRoot root, string cluster, TimeProvider time)
    {
        _root = root;
        _cluster = cluster;
        _time = time;
        _operationLock = new ClusterLock(root, cluster, Name, time);
        _versions = new ServerVersions(time);
    }

    public string Name => $"local:{_cluster}";

    /// <summary>Members are started without a look at what they remember: for the controls of tests.</summary>
    internal bool IsWithoutGuards { get; set; }

    /// <summary>How members are held back that may have less than their replicas.</summary>
    internal FenceOptions Fence { get; set; } =
        new(FenceOptions.DefaultTimeout, FenceOptions.DefaultTimeout * 2, WhenUnknown.Wait);

    public bool Exists => _root.Has(_cluster);

    /// <summary>Holds the password and nothing else.</summary>
    public string PasswordPath => Folder.Password;

    /// <summary>The valkey-cli that came with the members' server; null where none lies beside it.</summary>
    public string? ClientPath => new ServerBinary(Read().Server.Path, new Version(0, 0), ServerSource.Given).Cli;

    /// <summary>What a list shows of it.</summary>
    public LocalClusterSummary Summary => new LocalClusters(_root, _time).Summarize(_cluster);

    private ClusterFolder Folder => _root.Folder(_cluster);

    public ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct) =>
        ValueTask.FromResult<Credentials?>(new Credentials(null, PasswordFile.Read(Folder)));

    public Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct)
    {
        var folder = Folder;
        var file = Read();
        var processes = MemberProcesses.Find(file.MemberNames.Select(folder.Member));
        var desired = LocalSettings.Revision(file);
        return Task.FromResult<ImmutableArray<Member>>([
            .. file.MemberNames.Select(
                (name, ordinal) =>
                    new Member(
                        name,
                        ordinal,
                        file.Zone(ordinal),
                        Machine: null,
                        Phase(processes.GetValueOrDefault(name)),
                        file.Addresses[ordinal],
                        file.Hostname(ordinal),
                        ProcessFile.Read(folder.Member(name))?.Revision ?? "",
                        desired
                    )
            ),
        ]);
    }

    public async ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct)
    {
        try
        {
            return await TcpDialer.ConnectAsync(address, _time, ct);
        }
        catch (IOException e)
        {
            throw NotConnected(address, e);
        }
    }

    public async Task<IOperationLock> LockAsync(string operation, CancellationToken ct)
    {
        try
        {
            return await _operationLock.TakeAsync(operation, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Explain(_root.Local, e);
        }
    }

    public ValueTask<ClusterShape> GetShapeAsync(CancellationToken ct)
    {
        var file = Read();
        return ValueTask.FromResult(new ClusterShape(file.Members, file.ReplicasPerPrimary));
    }

    /// <summary>Of the first member, where members differ in it.</summary>
    public ValueTask<string?> GetSettingAsync(string name, CancellationToken ct)
    {
        var file = Read();
        return ValueTask.FromResult(LocalSettings.Member(file, 0, Folder.Member(file.MemberName(0))).Find(name));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private OperationFailedException NotConnected(NodeAddress address, IOException e)
    {
        var file = Read();
        var ordinal = file.Addresses.IndexOf(address);
        var member = ordinal < 0 ? null : file.MemberName(ordinal);
        return new OperationFailedException(
            member is null
                ? $"{address}, which is no member of this cluster, can't be reached: {e.Message}"
                : $"nobody answers at {address}: {e.Message}",
            member: member,
            next: member is null
                ? null
                : $"slotwright local start {member}{NameOption(_cluster)}, or all that do not run: slotwright up{NameOption(_cluster)}",
            cause: e
        );
    }

    internal static string NameOption(string name) =>
        string.Equals(name, LocalSpec.DefaultName, StringComparison.Ordinal) ? "" : $" --name {name}";

    private static MemberPhase Phase(MemberProcess? process) =>
        process switch
        {
            null => MemberPhase.Stopped,
            { IsPaused: true } => MemberPhase.Paused,
            _ => MemberPhase.Running,
        };

    private ClusterFile Read()
    {
        try
        {
            return ClusterFile.Read(Folder);
        }
        catch (IOException e)
        {
            throw DiskErrors.Explain(Folder.Path, e);
        }
    }
}
