using Slotwright.Core.Failures;

namespace Slotwright.Operations.Observing;

/// <summary>Members that refuse the password of their own Secret: it was changed from outside, and they don't know.</summary>
public static class ChangedSecret
{
    public const string Remedy =
        "put the old password back, or give all members the new one by exec --password-file OLD --on all -x -- CONFIG SET (docs/how-it-works/pods.md, A changed Secret)";

    internal static OperationFailedException Refusal(string place, OperationFailedException cause) =>
        new(
            $"it refuses the password of {place}: that was changed, and the servers still have the one from before",
            cause.Member,
            cause.Command,
            next: Remedy,
            cause: cause
        )
        {
            Kind = cause.Kind,
        };
}
