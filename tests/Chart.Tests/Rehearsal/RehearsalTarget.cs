using System.Collections.Immutable;
using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>A rehearsed release's members, as a client in the cluster reaches them: by names that only its DNS knows.</summary>
internal sealed class RehearsalTarget(PodRehearsal rehearsal, string secret, string key) : IClusterTarget
{
    public const int Port = 6379;

    public string Name => "rehearsal";

    public ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct) =>
        ValueTask.FromResult<Credentials?>(
            new Credentials(null, Encoding.UTF8.GetString(rehearsal.Secret(secret)!.Data[key]))
        );

    public Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct) =>
        Task.FromResult(
            rehearsal
                .Pods.Select(
                    (p, i) =>
                        new Member(
                            p.Name,
                            i,
                            null,
                            null,
                            MemberPhase.Running,
                            new NodeAddress(p.Pod.Status.PodIP, Port),
                            "",
                            "",
                            ""
                        )
                )
                .ToImmutableArray()
        );

    public async ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct)
    {
        try
        {
            var reached = new NodeAddress(rehearsal.AddressOf(address.Host), address.Port);
            return await TcpDialer.ConnectAsync(reached, TimeProvider.System, ct);
        }
        catch (IOException e)
        {
            throw new OperationFailedException($"{address} can't be reached: {e.Message}", next: "look", cause: e);
        }
    }

    public Task<IOperationLock> LockAsync(string operation, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
