using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Kubernetes.Hosting;

/// <summary>Where a Job learns of a release's members.</summary>
public interface IMemberSource : IDisposable
{
    /// <summary>One for each ordinal, there or not.</summary>
    Task<ImmutableArray<Member>> ListAsync(CancellationToken ct);

    /// <summary>Why a member's server can't run, as far as it is known; null where nothing is known against it.</summary>
    string? WhyNot(string member);
}
