using Slotwright.Core.Restarts;

namespace Slotwright.Core.Tests.Restarts;

public sealed class ResumeProgressTests
{
    [Theory]
    [InlineData(true, false, false, true, ResumeDeed.Wait)]
    [InlineData(false, false, false, true, ResumeDeed.SwitchOn)]
    [InlineData(false, false, false, false, ResumeDeed.SwitchOn)]
    [InlineData(false, true, true, true, ResumeDeed.Wait)]
    [InlineData(false, true, false, false, ResumeDeed.Wait)]
    [InlineData(false, true, true, false, ResumeDeed.Wait)]
    [InlineData(false, true, false, true, ResumeDeed.Finish)]
    public void Only_an_append_only_file_that_is_whole_ends_it(
        bool loading,
        bool appendOnly,
        bool isRewriting,
        bool rewritten,
        ResumeDeed expected
    )
    {
        var progress = ResumeProgress.Judge(loading, appendOnly, isRewriting, rewritten);
        Assert.Equal(expected, progress.Deed);
        Assert.Equal(expected == ResumeDeed.Finish, progress.Reason.Length == 0);
        Assert.Equal(appendOnly && !isRewriting && !rewritten, progress.IsFailing);
    }
}
