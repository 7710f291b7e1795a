using System.Text.Json;

namespace Slotwright.Integration.Tests.Support;

/// <summary>How a run of the program ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output of a run with <c>--format json</c>.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Error}";
}
