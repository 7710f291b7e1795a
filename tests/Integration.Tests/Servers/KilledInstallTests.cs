using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Servers;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Servers;

public sealed class KilledInstallTests : IAsyncDisposable
{
    private readonly TemporaryCache _cache = new();

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    /// <summary>While the index is downloaded, while packages are, and while they are unpacked.</summary>
    [Fact]
    public async Task Killed_at_any_moment_an_install_leaves_nothing_that_counts_and_the_next_one_completes()
    {
        var ct = TestContext.Current.CancellationToken;
        foreach (var moment in (string[])["apt/lists", "debs/*.deb", "root/usr"])
        {
            using var child = InstallChild.Start(TestVersions.Default, _cache.Root);
            var reached = await Wait.UntilAsync(
                _ => ValueTask.FromResult(child.HasExited || Reached(moment)),
                TimeSpan.FromMinutes(3),
                TimeProvider.System,
                ct
            );
            child.Kill();
            await child.WaitForExitAsync(ct);

            Assert.True(reached, $"never came to {moment}");
            Assert.Equal(137, child.ExitCode);
            Assert.DoesNotContain(await _cache.Locator.ListAsync(ct), s => s.Source == ServerSource.Cache);
        }

        var server = await _cache.Locator.InstallAsync(TestVersions.Default, new TestOutput(), ct);

        Assert.Equal(
            server,
            await _cache.Locator.FindAsync(server.Path, new TestOutput(), ct) with
            {
                Source = ServerSource.Cache,
            }
        );
        Assert.True(Directory.Exists(Path.Combine(_cache.Folder, TestVersions.Default, "lib")));
    }

    private bool Reached(string moment)
    {
        try
        {
            return Directory.Exists(_cache.Folder)
                && Directory
                    .EnumerateDirectories(_cache.Folder, ".installing-*")
                    .Any(work =>
                        Directory.Exists(Path.GetDirectoryName(Path.Combine(work, moment)))
                        && Directory
                            .EnumerateFileSystemEntries(
                                Path.GetDirectoryName(Path.Combine(work, moment))!,
                                Path.GetFileName(moment)
                            )
                            .Any()
                    );
        }
        catch (DirectoryNotFoundException)
        {
            // What the killed one before left is removed just now.
            return false;
        }
    }
}
