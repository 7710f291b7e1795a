using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Processes;

namespace Slotwright.Integration.Tests.Image;

/// <summary>Runs <c>./build-image</c>.</summary>
internal static class BuildImage
{
    /// <param name="before">What the shell does first.</param>
    public static Task<ChildResult> RunAsync(string before, params string[] arguments) =>
        ChildProcess.RunAsync(
            "bash",
            ["-c", $"{before}; exec \"$0\" \"$@\"", Path.Combine(TestProject.Root, "build-image"), .. arguments],
            null,
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
}
