namespace Slotwright.Unit.Tests.Support;

/// <summary>What the whole program did with some arguments.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error);
