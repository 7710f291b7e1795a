using System.IO.Pipes;
using System.Text;
using Slotwright.Output;

namespace Slotwright.Unit.Tests.Output;

public sealed class StandardStreamTests
{
    [Theory]
    [InlineData("up --help")]
    [InlineData("version --format json")]
    [InlineData("status --format json")]
    public async Task A_document_that_can_not_be_written_is_a_failure_that_is_told(string line)
    {
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        await using var stream = Of((int)full.DangerousGetHandle(), isDocument: true);
        await using var writer = new StreamWriter(stream) { AutoFlush = true };
        var error = new StringWriter();
        var terminal = new Terminal(Consoles.Of(writer, true), Consoles.Of(error, true), null, null);
        var environment = new Dictionary<string, string> { ["SLOTWRIGHT_HOME"] = "/nonexistent" };

        var exitCode = await Slotwright.CommandLine.RunAsync(
            line.Split(' '),
            new Wiring(terminal, TimeProvider.System, new Random(1), environment),
            default
        );

        Assert.NotEqual(ExitCode.Done, exitCode);
        Assert.Contains("standard output can't be written: No space left on device", error.ToString());
        Assert.DoesNotContain("should not have happened", error.ToString());
    }

    [Fact]
    public void What_nobody_reads_any_more_is_dropped_in_silence()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using (var reader = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle))
        {
            using var open = Of((int)pipe.SafePipeHandle.DangerousGetHandle(), isDocument: true);
            open.Write("heard"u8);
            Assert.False(open.IsClosed);
        }
        using var stream = Of((int)pipe.SafePipeHandle.DangerousGetHandle(), isDocument: true);
        stream.Write("unheard"u8);
        Assert.True(stream.IsClosed);
        stream.Write("unheard"u8);
    }

    [Fact]
    public void Talk_that_can_not_be_written_is_no_failure()
    {
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        using var stream = Of((int)full.DangerousGetHandle(), isDocument: false);
        stream.Write(Encoding.UTF8.GetBytes("unheard"));
    }

    private static StandardStream Of(int descriptor, bool isDocument) => new(Stream.Null, descriptor, isDocument);
}
