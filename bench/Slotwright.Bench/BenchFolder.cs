using Slotwright.Local.State;

namespace Slotwright.Bench;

/// <summary>A folder for the clusters of a benchmark that runs the native program; gone at its end.</summary>
internal static class BenchFolder
{
    /// <param name="run">Takes the program's path and where clusters lie.</param>
    /// <exception cref="InvalidOperationException">No program was named.</exception>
    public static async Task InAsync(BenchOptions options, Func<string, StateRoot, Task> run)
    {
        var program = options.Program ?? throw new InvalidOperationException("--program names no native slotwright");
        var folder = Directory.CreateTempSubdirectory("slotwright-bench-");
        try
        {
            await run(program, new StateRoot(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
