using System.Net;

namespace Slotwright.Operations.Targets;

/// <summary>IP addresses by their numbers, so that 10.0.0.9 comes before 10.0.0.10; names after them, by their letters.</summary>
internal sealed class AddressOrder : IComparer<string>
{
    public static readonly AddressOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var left = IPAddress.TryParse(x, out var a) ? a.GetAddressBytes() : null;
        var right = IPAddress.TryParse(y, out var b) ? b.GetAddressBytes() : null;
        return (left, right) switch
        {
            ({ }, { }) when left.Length == right.Length => left.AsSpan().SequenceCompareTo(right),
            ({ }, { }) => left.Length.CompareTo(right.Length),
            ({ }, null) => -1,
            (null, { }) => 1,
            _ => string.CompareOrdinal(x, y),
        };
    }
}
