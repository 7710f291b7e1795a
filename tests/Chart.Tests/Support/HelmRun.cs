namespace Slotwright.Chart.Tests.Support;

/// <summary>What helm said and how it ended.</summary>
public sealed record HelmRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The output of a run that went well.</summary>
    public string Checked()
    {
        Assert.True(ExitCode == 0, Errors);
        return Output;
    }
}
