using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Valkey.Routing;

/// <summary>Where a node sends a client: <c>MOVED 3999 127.0.0.1:6381</c> for good, <c>ASK</c> for this one command.</summary>
public readonly record struct Redirection(bool IsAsk, int Slot, NodeAddress Address)
{
    /// <param name="error">The text of an error reply.</param>
    /// <param name="asked">Who said so: a redirection without a host (<c>MOVED 3999 :6381</c>) means the same one.</param>
    /// <returns>Null where it is no redirection, or one that nobody can follow.</returns>
    public static Redirection? TryParse(string error, NodeAddress asked)
    {
        var words = error.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            words.Length < 3
            || words[0] is not ("MOVED" or "ASK")
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var slot)
            || slot >= HashSlot.Count
        )
        {
            return null;
        }
        var place = words[2].StartsWith(':') ? $"[{asked.Host}]{words[2]}" : words[2];
        return NodeAddress.TryParse(place, null, out var address)
            ? new Redirection(words[0] == "ASK", slot, address)
            : null;
    }
}
