using System.Globalization;

namespace Slotwright.Integration.Tests.Support;

/// <summary>
/// Seeds of moments at which something is killed: the first alone, and as many as SLOTWRIGHT_TEST_SEEDS says where many
/// are tried by hand.
/// </summary>
public static class TestSeeds
{
    public static int[] Wanted { get; } =
    [
        .. Enumerable.Range(
            1,
            int.TryParse(
                Environment.GetEnvironmentVariable("SLOTWRIGHT_TEST_SEEDS"),
                CultureInfo.InvariantCulture,
                out var count
            )
                ? count
                : 1
        ),
    ];
}
