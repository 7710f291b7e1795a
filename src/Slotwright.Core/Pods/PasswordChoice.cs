namespace Slotwright.Core.Pods;

/// <summary>
/// The password that a member starts with, where the Secret was changed and its volume has another. The other members
/// decide, since with a password that they refuse it could neither copy from them nor be copied from.
/// </summary>
/// <param name="TakesSecret">That of the Secret; else the one on the volume.</param>
/// <param name="IsSure">No member that comes to answer later would change it.</param>
/// <param name="Reason">In words.</param>
public readonly record struct PasswordChoice(bool TakesSecret, bool IsSure, string Reason)
{
    /// <param name="peers">What each says that was asked.</param>
    public static PasswordChoice Of(IReadOnlyCollection<PeerPassword> peers)
    {
        var (secret, volume) = (Count(PeerPassword.Secret), Count(PeerPassword.Volume));
        if (secret == 0 && volume == 0)
        {
            // Whoever restarts all members at once, or comes with old volumes and a new Secret, has only the Secret's.
            return new(
                true,
                IsSure: false,
                Count(PeerPassword.Neither) is > 0 and var refusing
                    ? $"{refusing} other members refuse it and the one on the volume"
                    : "no other member answers"
            );
        }
        // Of members that were left behind by a change there are less with each one that is changed or restarted.
        return volume > secret
            ? new(false, IsSure: true, $"{volume} of {secret + volume} other members accept only the one on the volume")
            : new(true, IsSure: true, $"{secret} of {secret + volume} other members accept it");

        int Count(PeerPassword which) => peers.Count(p => p == which);
    }
}
