using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>up</c>.</summary>
/// <param name="Seed">A member that an ordinary client can begin with.</param>
/// <param name="PasswordFile">The file that holds the password of the default user.</param>
/// <param name="Seconds">How long forming took; next to nothing where the cluster was formed.</param>
internal sealed record UpDocument(
    string Target,
    ImmutableArray<string> Started,
    ImmutableArray<string> AlreadyRunning,
    NodeAddress Seed,
    string PasswordFile,
    double Seconds,
    StatusDocument Status
);
