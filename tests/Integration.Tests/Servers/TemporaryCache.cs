using Slotwright.Local.Servers;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Servers;

/// <summary>A cache of a test's own.</summary>
public sealed class TemporaryCache : IAsyncDisposable
{
    /// <summary>For SLOTWRIGHT_CACHE.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("slotwright-install-").FullName;

    public string Folder => Path.Combine(Root, "valkey");

    public ServerLocator Locator =>
        new(
            ServerPlaces.FromEnvironment(name =>
                name == "SLOTWRIGHT_CACHE" ? Root : Environment.GetEnvironmentVariable(name)
            ),
            TimeProvider.System
        );

    /// <summary>The children of a killed install may write for another moment.</summary>
    public async ValueTask DisposeAsync() =>
        await Wait.UntilAsync(
            _ =>
            {
                try
                {
                    Directory.Delete(Root, recursive: true);
                    return ValueTask.FromResult(true);
                }
                catch (IOException)
                {
                    return ValueTask.FromResult(false);
                }
            },
            TimeSpan.FromSeconds(30),
            TimeProvider.System,
            CancellationToken.None
        );
}
