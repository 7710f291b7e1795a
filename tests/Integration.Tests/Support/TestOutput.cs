namespace Slotwright.Integration.Tests.Support;

/// <summary>Puts talk into the output of the test that runs.</summary>
public sealed class TestOutput : IProgress<string>
{
    public void Report(string value) => TestContext.Current.SendDiagnosticMessage("{0}", value);
}
