using Slotwright.Core.Fencing;

namespace Slotwright.Operations.Fencing;

/// <param name="Timeout">How long replicas may take to say what they hold.</param>
/// <param name="Patience">How long a member is held back before its caller is told, where that is bounded: TimeSpan.MaxValue in a pod.</param>
public sealed record FenceOptions(TimeSpan Timeout, TimeSpan Patience, WhenUnknown WhenUnknown)
{
    /// <summary>A replica that is being restarted is back by then.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
}
