using Slotwright.Core.Health;

namespace Slotwright.Core.Fencing;

/// <summary>What is said of a member that is held back.</summary>
public static class HeldBackFinding
{
    /// <param name="reason">What it waits for.</param>
    /// <param name="again">What a person does once its replicas are back; it goes on by itself where null.</param>
    public static Finding Of(string member, string reason, string? again) =>
        new(
            "member-held-back",
            Verdict.Failed,
            member,
            $"its server is held back: {reason}",
            "started with what it has it could take keys away from its replicas; until then its slots take no reads and no writes",
            "bring its replicas back"
                + (again is null ? "; it goes on by itself then" : $", then {again}")
                + ". Are their data lost for good: slotwright recover shows the ways and what each loses"
        );
}
