namespace Slotwright.Operations.Targets;

/// <summary>Another operation is changing the cluster. Exit code 3.</summary>
/// <param name="holder">Who: operation, user, process.</param>
/// <param name="since">Since when; null where the holder has not said so yet.</param>
public sealed class ClusterBusyException(string target, string holder, DateTimeOffset? since) : Exception
{
    public string Target { get; } = target;

    public string Holder { get; } = holder;

    public DateTimeOffset? Since { get; } = since;

    public override string Message =>
        Since is { } time
            ? $"{Target} is being changed by {Holder} since {time:yyyy-MM-dd HH:mm:ss} UTC"
            : $"{Target} is being changed by {Holder}";
}
