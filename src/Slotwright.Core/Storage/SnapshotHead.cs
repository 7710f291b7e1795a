namespace Slotwright.Core.Storage;

/// <summary>What the beginning of an RDB file says of it.</summary>
/// <param name="Version">Of the format: 11 is that of Valkey 7.2 to 8.1, 80 that of 9.0 and 9.1.</param>
/// <param name="Engine">The version that wrote it, as it says itself; null where it does not.</param>
/// <param name="ReplicationId">Null where the server neither had replicas nor was one.</param>
/// <param name="ReplicationOffset">Up to where the data of that replication id are in it.</param>
/// <param name="Created">When writing it began, by the clock of the server that wrote it, in whole seconds.</param>
/// <param name="HasKeys">Also where all of them may have expired since.</param>
/// <param name="HasFunctions">It holds a library of functions.</param>
public sealed record SnapshotHead(
    int Version,
    string? Engine,
    string? ReplicationId,
    long? ReplicationOffset,
    DateTimeOffset? Created,
    bool HasKeys,
    bool HasFunctions
)
{
    /// <summary>As it says itself, of its first database; null where it does not.</summary>
    public long? Keys { get; init; }

    /// <summary>Whether anything would be missing without it.</summary>
    public bool HasData => HasKeys || HasFunctions;
}
