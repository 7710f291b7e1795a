using Slotwright.Commands;
using Slotwright.Core.Failures;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

public sealed class ConfirmationTests
{
    [Theory]
    [InlineData("y")]
    [InlineData("Y")]
    [InlineData(" yes ")]
    [InlineData("YES")]
    public void Yes_goes_on(string answer)
    {
        var terminal = new FakeTerminal(answer);
        new Confirmation(terminal.Terminal).Demand("down --purge", "Delete all its data?", yes: false);
        Assert.Equal("Delete all its data? [y/N] ", terminal.Error);
        Assert.Equal("", terminal.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("yep")]
    [InlineData("sure")]
    public void Anything_else_is_a_no(string answer)
    {
        var refusal = Assert.Throws<RefusedException>(() =>
            new Confirmation(new FakeTerminal(answer).Terminal).Demand("down --purge", "Delete it?", yes: false)
        );
        Assert.Equal("down --purge", refusal.Operation);
        Assert.Equal("not-confirmed", Assert.Single(refusal.Findings).Code);
    }

    [Fact]
    public void Ctrl_c_at_the_question_says_that_nothing_was_changed()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var terminal = new FakeTerminal("y");
        var asked = terminal.Terminal with { Input = new InterruptibleReader(TextReader.Null, stop.Token) };
        var stopped = Assert.Throws<InterruptedException>(() =>
            new Confirmation(asked).Demand("exec", "Do it?", yes: false)
        );
        Assert.Equal("interrupted; nothing was changed", stopped.Message);
        Assert.Equal($"Do it? [y/N] {Environment.NewLine}", terminal.Error);
    }

    [Fact]
    public void The_end_of_input_is_a_no() =>
        Assert.Throws<RefusedException>(() =>
            new Confirmation(new FakeTerminal([]).Terminal).Demand("exec", "Do it?", yes: false)
        );

    [Fact]
    public void Whoever_can_not_be_asked_is_told_of_yes()
    {
        var terminal = new FakeTerminal();
        var refusal = Assert.Throws<RefusedException>(() =>
            new Confirmation(terminal.Terminal).Demand("exec", "Do it?", yes: false)
        );
        Assert.Contains("--yes", Assert.Single(refusal.Findings).Remedy);
        Assert.Equal("", terminal.Error);
    }

    [Fact]
    public void With_yes_nobody_is_asked()
    {
        var terminal = new FakeTerminal("n");
        new Confirmation(terminal.Terminal).Demand("exec", "Do it?", yes: true);
        Assert.Equal("", terminal.Error);
    }

    [Fact]
    public async Task Interrupting_ends_the_question()
    {
        using var stop = new CancellationTokenSource();
        using var reader = new InterruptibleReader(new SilentReader(), stop.Token);
        var asking = Task.Run(reader.ReadLine);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private sealed class SilentReader : TextReader
    {
        public override string? ReadLine() => new TaskCompletionSource<string>().Task.Result;
    }
}
