using Slotwright.Core.Restarts;

namespace Slotwright.Core.Tests.Restarts;

public sealed class ResumeMarkTests
{
    private static readonly ResumeMark Mark = new(
        ResumePhase.Leaving,
        "append only.aof.3.base.rdb",
        "5a3c",
        4711,
        DateTimeOffset.UnixEpoch.AddSeconds(1.5),
        DateTimeOffset.UnixEpoch.AddSeconds(31.5)
    );

    [Fact]
    public void What_is_written_is_read()
    {
        foreach (var mark in new[] { Mark, Mark with { Phase = ResumePhase.Resuming, Base = "" } })
        {
            Assert.True(ResumeMark.TryParse(mark.Render(), out var read));
            Assert.Equal(mark, read);
        }
    }

    [Fact]
    public void What_was_cut_off_or_written_by_others_is_none()
    {
        var text = Mark.Render();
        for (var length = 0; length < text.LastIndexOf(' '); length++)
        {
            Assert.False(ResumeMark.TryParse(text[..length], out _));
        }
        Assert.False(ResumeMark.TryParse(text.Replace("leaving", "gone", StringComparison.Ordinal), out _));
        Assert.False(ResumeMark.TryParse(text.Replace("4711", "-1", StringComparison.Ordinal), out _));
        Assert.False(ResumeMark.TryParse(text + "more yes\n", out _));
    }
}
