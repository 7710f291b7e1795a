namespace Slotwright.Integration.Tests.Support;

/// <summary>
/// The Valkey versions that tests run on: SLOTWRIGHT_TEST_VERSIONS is "all" for <c>./test --all-versions</c>.
/// <c>[Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]</c> runs a test on the
/// default, or on all when they were asked for; <see cref="Every"/> is for the one smoke test that always runs on all.
/// </summary>
public static class TestVersions
{
    public const string Default = "9.1";

    public static string[] All { get; } = ["9.1", "8.1", "8.0"];

    public static bool AllWanted { get; } =
        string.Equals(Environment.GetEnvironmentVariable("SLOTWRIGHT_TEST_VERSIONS"), "all", StringComparison.Ordinal);

    /// <summary>Those that a test is to run on this time.</summary>
    public static string[] Wanted { get; } = AllWanted ? All : [Default];

    public static TheoryData<string> Chosen { get; } = [.. Wanted];

    public static TheoryData<string> Every { get; } = [.. All];
}
