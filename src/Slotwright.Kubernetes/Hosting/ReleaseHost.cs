using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;

namespace Slotwright.Kubernetes.Hosting;

/// <summary>
/// A release as its own Job sees it: what it is to have stands in the Job's environment, members are dialled directly.
/// </summary>
/// <param name="settings">What the members are configured with.</param>
public sealed class ReleaseHost(
    ReleaseSpec release,
    IMemberSource source,
    Credentials? credentials,
    Settings settings,
    TimeProvider time
) : IClusterHost
{
    /// <summary>While a cluster forms, it is looked at twenty times a second: not so Kubernetes, or DNS.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private ImmutableArray<Member> _members = [];
    private long _listed;

    public string Name { get; } = $"k8s:{release.Namespace}/{release.Release}";

    public ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct) => ValueTask.FromResult(credentials);

    public string? PasswordPlace => credentials is null ? null : "the release's Secret";

    public ValueTask<ClusterShape> GetShapeAsync(CancellationToken ct) => ValueTask.FromResult(release.Shape);

    public ValueTask<string?> GetSettingAsync(string name, CancellationToken ct) =>
        ValueTask.FromResult(settings.Find(name));

    public async Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_members.IsEmpty || time.GetElapsedTime(_listed) > Freshness)
            {
                _members = await source.ListAsync(ct);
                _listed = time.GetTimestamp();
            }
            return _members;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc cref="IMemberSource.WhyNot"/>
    public string? WhyNot(string member) => source.WhyNot(member);

    public async ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct)
    {
        try
        {
            return await TcpDialer.ConnectAsync(address, time, ct);
        }
        catch (IOException e)
        {
            throw new OperationFailedException(
                $"{address} can't be reached: {e.Message}",
                member: address.ToString(),
                next: "see the pod, and whether a NetworkPolicy lets the Job reach it",
                cause: e
            );
        }
    }

    /// <summary>In the first member's server: Jobs of the release have no other place that they all reach.</summary>
    public async Task<IOperationLock> LockAsync(string operation, CancellationToken ct)
    {
        var first = (await ListMembersAsync(ct))[0];
        var connection = await ValkeyConnection.OpenAsync(
            await ConnectAsync(first.Address, ct),
            credentials,
            first.Name,
            ct
        );
        try
        {
            return await ConnectionLock.TakeAsync(connection, Name, operation, time, ct);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="RefusedException">Always: the chart's Jobs have no right to change a StatefulSet.</exception>
    public Task<string> DesireAsync(MemberSpec spec, CancellationToken ct) => throw NotFromHere("upgrade");

    /// <inheritdoc cref="DesireAsync"/>
    public Task RestartAsync(string member, CancellationToken ct) => throw NotFromHere("restart");

    /// <inheritdoc cref="DesireAsync"/>
    public Task RestartEmptyAsync(string member, CancellationToken ct) => throw NotFromHere("restart");

    /// <inheritdoc cref="DesireAsync"/>
    public ValueTask<Version> GetDesiredVersionAsync(CancellationToken ct) => throw NotFromHere("upgrade");

    /// <inheritdoc cref="DesireAsync"/>
    public Task<Version> FindVersionAsync(string version, CancellationToken ct) => throw NotFromHere("upgrade");

    public ValueTask DisposeAsync()
    {
        source.Dispose();
        _one.Dispose();
        return ValueTask.CompletedTask;
    }

    private RefusedException NotFromHere(string operation) =>
        new(
            operation,
            new Finding(
                "pods-not-ours",
                Verdict.Failed,
                Name,
                "members of a release can't be restarted from here, as yet",
                "pods are the StatefulSet's, and this has no right to change it",
                $"kubectl rollout restart statefulset --namespace {release.Namespace}: pods hand over before they go"
            )
        );
}
