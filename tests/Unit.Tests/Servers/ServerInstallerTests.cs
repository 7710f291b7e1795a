using Slotwright.Core.Failures;

namespace Slotwright.Unit.Tests.Servers;

/// <summary>Installs that fail, on a fake apt-get; those that succeed are in the integration tests.</summary>
public sealed class ServerInstallerTests : IDisposable
{
    private const string DebianSource =
        """case "$*" in *indextargets*) echo 'http://mirror.example/debian/|Debian|Debian|main'; exit;; esac""";
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Elsewhere_than_on_Debian_it_says_how_to_install_by_hand()
    {
        var e = await Assert.ThrowsAsync<OperationFailedException>(() => _machine.FindAsync("9.1"));

        Assert.Contains("there is no apt-get", e.Message, StringComparison.Ordinal);
        Assert.Contains("--valkey PATH", e.Next, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_machine.Cache));
    }

    [Fact]
    public async Task With_apt_but_another_distribution_it_says_how_to_install_by_hand()
    {
        _machine.Debian("echo 'http://archive.example/ubuntu/|Ubuntu|Ubuntu|main'");

        var e = await Assert.ThrowsAsync<OperationFailedException>(() => _machine.FindAsync("9.1"));

        Assert.Contains("do not name Debian's archive", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_fails_leaves_nothing_behind()
    {
        _machine.Debian($"{DebianSource}\necho 'E: Could not connect to mirror.example:80' >&2; exit 100");

        var e = await Assert.ThrowsAsync<OperationFailedException>(() => _machine.FindAsync("9.1"));

        Assert.Equal("fetching Valkey 9.1 from Debian's sid failed: Could not connect to mirror.example:80", e.Message);
        Assert.Equal("apt-get update", e.Command);
        Assert.Empty(Directory.EnumerateDirectories(_machine.Cache));
        Assert.Equal(
            [$"Valkey 9.1 is not on this machine: fetching it from Debian's archive (sid) into {_machine.Cache}/9.1"],
            _machine.Talk.Lines
        );
    }

    [Fact]
    public async Task An_archive_that_has_moved_on_says_what_it_has()
    {
        _machine.Debian(
            $"{DebianSource}\nfor a; do [ $a = --simulate ] && echo 'Inst valkey-tools (9.2.0-1 Debian:unstable [amd64])'; done; exit 0"
        );

        var e = await Assert.ThrowsAsync<BadInputException>(() => _machine.FindAsync("9.1"));

        Assert.Contains("Debian's sid has Valkey 9.2.0 now, not 9.1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_that_can_not_be_made_says_which_variable_to_set()
    {
        _machine.Debian(DebianSource);
        await File.WriteAllTextAsync(_machine.Cache, "a file", TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<OperationFailedException>(() => _machine.FindAsync("9.1"));

        Assert.Contains($"can't be put into {_machine.Cache}", e.Message, StringComparison.Ordinal);
        Assert.Contains("SLOTWRIGHT_CACHE", e.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_name_that_apt_can_not_read_is_refused()
    {
        using var odd = new FakeMachine("a \"quoted\" cache");
        odd.Debian(DebianSource);

        var e = await Assert.ThrowsAsync<OperationFailedException>(() => odd.FindAsync("9.1"));

        Assert.Contains("has a quote", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_killed_installs_left_is_removed_by_the_next()
    {
        _machine.Debian($"{DebianSource}\nexit 100");
        var work = Directory.CreateDirectory(Path.Combine(_machine.Cache, ".installing-9.1-x", "apt")).Parent!;
        var torn = Directory.CreateDirectory(Path.Combine(_machine.Cache, "9.1", "bin")).Parent!;
        var other = Directory.CreateDirectory(Path.Combine(_machine.Cache, ".installing-8.1-x"));

        await Assert.ThrowsAsync<OperationFailedException>(() => _machine.FindAsync("9.1"));

        Assert.False(Directory.Exists(work.FullName));
        Assert.False(Directory.Exists(torn.FullName));
        Assert.True(other.Exists);
    }

    [Fact]
    public async Task Cancelling_ends_apt_and_leaves_nothing_behind()
    {
        var started = Path.Combine(_machine.Root, "started");
        _machine.Debian($"{DebianSource}\necho $$ > {started}.new; mv {started}.new {started}; exec sleep 600");
        using var cancel = new CancellationTokenSource();

        var install = _machine.Locator.Value.InstallAsync("9.1", _machine.Talk, cancel.Token);
        Assert.True(
            await Slotwright.Operations.Running.Wait.UntilAsync(
                _ => ValueTask.FromResult(File.Exists(started)),
                TimeSpan.FromSeconds(30),
                TimeProvider.System,
                TestContext.Current.CancellationToken
            )
        );
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => install);
        Assert.False(
            Directory.Exists($"/proc/{(await File.ReadAllTextAsync(started, CancellationToken.None)).Trim()}")
        );
        Assert.Empty(Directory.EnumerateDirectories(_machine.Cache));
    }
}
