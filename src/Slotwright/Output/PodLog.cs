using System.Globalization;

namespace Slotwright.Output;

/// <summary>What a pod role says, a line each on standard error: time (UTC), role, message.</summary>
/// <param name="copy">Takes every line too; null for nobody.</param>
internal sealed class PodLog(Terminal terminal, string role, TimeProvider time, Action<string>? copy = null)
    : IProgress<string>
{
    public void Report(string value)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var line = $"{now} {role}: {value}";
        terminal.Error.WriteLine(line);
        copy?.Invoke(line);
    }
}
