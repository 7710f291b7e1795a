using Slotwright.Core.Failures;
using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class ServerLocatorTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_given_program_is_taken_whatever_is_on_path()
    {
        _machine.ServerOnPath("9.1.2");
        var given = _machine.Server("mine", "8.1.4");

        var found = await _machine.FindAsync(given);

        Assert.Equal(new ServerBinary(given, new Version(8, 1, 4), ServerSource.Given), found);
        Assert.Null(found.Cli);
    }

    [Theory]
    [InlineData("mine")]
    [InlineData("mine/bin")]
    public async Task A_given_folder_is_searched_for_the_program(string place)
    {
        var server = _machine.Server(place, "9.1.2");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(server)!, "valkey-cli"), "");

        var found = await _machine.FindAsync(Path.Combine(_machine.Root, "mine"));

        Assert.Equal(server, found.Path);
        Assert.Equal(Path.Combine(_machine.Root, place, "valkey-cli"), found.Cli);
    }

    [Fact]
    public async Task The_first_match_on_path_is_taken_before_the_cache()
    {
        _machine.ServerOnPath("8.1.4");
        var second = _machine.ServerOnPath("9.1.0");
        _machine.ServerOnPath("9.1.5");
        _machine.Cached("9.1", "9.1.2");

        var found = await _machine.FindAsync("9.1");

        Assert.Equal(new ServerBinary(second, new Version(9, 1, 0), ServerSource.Path), found);
        Assert.Empty(_machine.Talk.Lines);
    }

    [Fact]
    public async Task A_full_version_takes_that_patch_level_only()
    {
        _machine.ServerOnPath("9.1.0");
        var exact = _machine.ServerOnPath("9.1.5");

        Assert.Equal(exact, (await _machine.FindAsync("9.1.5")).Path);
    }

    [Fact]
    public async Task The_cache_is_taken_where_path_has_another_version()
    {
        _machine.ServerOnPath("8.1.4");
        var cached = _machine.Cached("9.1", "9.1.2");

        var found = await _machine.FindAsync("9.1");

        Assert.Equal(new ServerBinary(cached, new Version(9, 1, 2), ServerSource.Cache), found);
    }

    [Theory]
    [InlineData("echo 'Redis server v=9.1.2 sha=0'")]
    [InlineData("echo rubbish")]
    [InlineData("exit 3")]
    public async Task A_program_on_path_that_is_no_Valkey_is_passed_over(string script)
    {
        _machine.OnPath("valkey-server", script);
        var cached = _machine.Cached("9.1", "9.1.2");

        Assert.Equal(cached, (await _machine.FindAsync("9.1")).Path);
    }

    [Fact]
    public async Task Another_patch_level_in_the_cache_is_named()
    {
        _machine.Cached("9.1", "9.1.2");

        var e = await Assert.ThrowsAsync<BadInputException>(() => _machine.FindAsync("9.1.7"));

        Assert.Contains("9.1 has 9.1.2, not 9.1.7; take 9.1,", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7.0", "7.0 is not on this machine")]
    [InlineData("99.1", "99.1 is not on this machine")]
    [InlineData("99", "'99' is neither a version such as 9.1 nor a file")]
    [InlineData("9.1.2.3", "'9.1.2.3' is neither a version such as 9.1 nor a file")]
    [InlineData("-1", "'-1' is neither a version such as 9.1 nor a file")]
    [InlineData("", "'' is neither a version such as 9.1 nor a file")]
    public async Task An_unknown_version_is_answered_with_what_can_be_had(string wanted, string what)
    {
        var other = _machine.ServerOnPath("9.0.3");

        var e = await Assert.ThrowsAsync<BadInputException>(() => _machine.FindAsync(wanted));

        Assert.Equal(
            $"--valkey: {what}; Debian's archive has 9.1, 8.1, 8.0; "
                + $"9.0.3 is in {Path.GetDirectoryName(other)}; any other is named by its path: --valkey PATH",
            e.Message
        );
    }

    [Fact]
    public async Task A_version_that_Debian_lacks_is_taken_from_path()
    {
        var server = _machine.ServerOnPath("7.2.11");

        Assert.Equal(server, (await _machine.FindAsync("7.2")).Path);
    }

    [Fact]
    public async Task A_path_without_a_server_is_bad_input()
    {
        var e = await Assert.ThrowsAsync<BadInputException>(() => _machine.FindAsync(_machine.Root));
        Assert.Contains($"there is no valkey-server in {_machine.Root}", e.Message, StringComparison.Ordinal);

        e = await Assert.ThrowsAsync<BadInputException>(() => _machine.FindAsync("./no/such/file"));
        Assert.Contains("there is no /", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'Redis server v=7.0.15 sha=0'", "is Redis 7.0.15, not Valkey")]
    [InlineData("echo oops >&2; exit 3", "is no server: --version exits 3 and says 'oops'")]
    public async Task A_given_program_that_is_no_Valkey_is_bad_input(string script, string what)
    {
        var program = _machine.OnPath("valkey-server", script);

        var e = await Assert.ThrowsAsync<BadInputException>(() => _machine.FindAsync(program));

        Assert.Contains($"{program} {what}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_file_that_is_no_program_is_bad_input()
    {
        var file = Path.Combine(_machine.Root, "valkey.conf");
        await File.WriteAllTextAsync(file, "port 6379", TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<BadInputException>(() => _machine.FindAsync(file));

        Assert.Contains("it does not start: Permission denied", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_names_what_is_here_and_what_can_be_fetched()
    {
        var onPath = _machine.ServerOnPath("9.0.3");
        var cached = _machine.Cached("8.1", "8.1.1");

        var list = await _machine.Locator.Value.ListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                new ServerListing("9.0.3", ServerSource.Path, onPath, null),
                new ServerListing("8.1.1", ServerSource.Cache, cached, "trixie"),
                new ServerListing("9.1", null, null, "sid"),
                new ServerListing("8.0", null, null, "bookworm-backports"),
            ],
            list
        );
    }

    [Fact]
    public async Task An_install_leaves_what_is_in_the_cache()
    {
        _machine.ServerOnPath("9.1.5");
        var cached = _machine.Cached("9.1", "9.1.2");

        var found = await _machine.Locator.Value.InstallAsync(
            "9.1",
            _machine.Talk,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(cached, found.Path);
    }

    [Fact]
    public async Task An_install_by_path_is_bad_input() =>
        await Assert.ThrowsAsync<BadInputException>(() =>
            _machine.Locator.Value.InstallAsync("/usr/bin", _machine.Talk, TestContext.Current.CancellationToken)
        );
}
