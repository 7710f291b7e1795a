using Slotwright.Local.Processes;
using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class ElfRelocationTests : IDisposable
{
    private const string Program = "/usr/bin/cat";
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_program_runs_with_the_loader_and_the_libraries_it_was_given()
    {
        var before = await MappedAsync(Program);
        var original = before.Single(f => Path.GetFileName(f).StartsWith("libc.so", StringComparison.Ordinal));
        var loader = before.Single(f => Path.GetFileName(f).StartsWith("ld-linux", StringComparison.Ordinal));
        // Long, so that it can't have fitted in the old path's place.
        var own = Directory.CreateDirectory(Path.Combine(_machine.Root, new string('x', 100), "lib")).FullName;
        File.Copy(original, Path.Combine(own, "libc.so.6"));
        File.Copy(loader, Path.Combine(own, Path.GetFileName(loader)));
        var bin = Directory.CreateDirectory(Path.Combine(own, "..", "bin")).FullName;
        var program = await File.ReadAllBytesAsync(Program, TestContext.Current.CancellationToken);
        Assert.Equal(Path.GetFileName(loader), ElfRelocation.LoaderName(program));

        var ownLoader = Path.Combine(own, Path.GetFileName(loader));
        var moved = Path.Combine(bin, "cat");
        File.Copy(Program, moved);
        await File.WriteAllBytesAsync(
            moved,
            ElfRelocation.Apply(program, ownLoader, "$ORIGIN/../lib"),
            TestContext.Current.CancellationToken
        );
        var after = await MappedAsync(moved);

        Assert.Contains(moved, after);
        Assert.Contains(ownLoader, after);
        Assert.Contains(Path.Combine(own, "libc.so.6"), after);
        Assert.DoesNotContain(original, after);
        Assert.DoesNotContain(loader, after);
    }

    [Fact]
    public void What_was_done_once_is_not_done_again()
    {
        var once = ElfRelocation.Apply(File.ReadAllBytes(Program), "/lib/ld.so", "$ORIGIN");

        Assert.Equal("ld.so", ElfRelocation.LoaderName(once));
        Assert.Throws<InvalidDataException>(() => ElfRelocation.Apply(once, "/lib/ld.so", "$ORIGIN"));
    }

    [Fact]
    public void Libraries_that_do_not_fit_in_the_old_place_are_refused() =>
        Assert.Throws<InvalidDataException>(() =>
            ElfRelocation.Apply(File.ReadAllBytes(Program), "/lib/ld.so", "/a/library/path/of/more/than/28/bytes")
        );

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(200)]
    [InlineData(600)]
    public void A_program_that_is_cut_off_is_refused(int length) =>
        Assert.Throws<InvalidDataException>(() =>
            ElfRelocation.Apply(File.ReadAllBytes(Program).AsSpan(0, length), "/lib/ld.so", "$ORIGIN")
        );

    [Fact]
    public void A_script_is_refused()
    {
        var script = new byte[100];
        "#!/bin/sh\n"u8.CopyTo(script);

        Assert.Throws<InvalidDataException>(() => ElfRelocation.Apply(script, "/lib/ld.so", "$ORIGIN"));
    }

    private static async Task<HashSet<string>> MappedAsync(string cat)
    {
        var result = await ChildProcess.RunAsync(
            cat,
            ["/proc/self/maps"],
            null,
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.Ok, result.Text);
        return
        [
            .. result
                .Output.Split('\n')
                .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields is [.., ['/', ..]])
                .Select(fields => fields[5]),
        ];
    }
}
