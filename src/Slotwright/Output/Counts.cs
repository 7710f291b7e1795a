namespace Slotwright.Output;

/// <summary>Numbers of things, in words.</summary>
internal static class Counts
{
    /// <summary>1 step, 2 steps.</summary>
    public static string Of(int count, string one) => count == 1 ? $"1 {one}" : $"{count} {one}s";
}
