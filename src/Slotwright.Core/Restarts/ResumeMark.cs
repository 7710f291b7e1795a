using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Slotwright.Core.Restarts;

/// <summary>
/// What a member's disk remembers while it restarts from a snapshot and its append-only files are older than that. It
/// is void as soon as they have been made anew: then they have another base.
/// </summary>
/// <param name="Base">The base of the append-only files as it was when the server was told to end; empty for none.</param>
/// <param name="ReplicationId">The stream that the replica followed then.</param>
/// <param name="Offset">Bytes of that stream that it had applied then; the snapshot has no less.</param>
/// <param name="From">When it was told to end.</param>
/// <param name="Until">By when it has ended, or was ended without a snapshot.</param>
public sealed record ResumeMark(
    ResumePhase Phase,
    string Base,
    string ReplicationId,
    long Offset,
    DateTimeOffset From,
    DateTimeOffset Until
)
{
    /// <summary>Beside the data.</summary>
    public const string FileName = "resume";

    private const int Fields = 6;

    public string Render() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            phase {(Phase == ResumePhase.Leaving ? "leaving" : "resuming")}
            base {Base}
            stream {ReplicationId}
            offset {Offset}
            from {From.ToUnixTimeMilliseconds()}
            until {Until.ToUnixTimeMilliseconds()}

            """
        );

    /// <returns>False for what was not written by <see cref="Render"/>.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ResumeMark? mark)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            fields[space < 0 ? line : line[..space]] = space < 0 ? "" : line[(space + 1)..];
        }
        mark =
            fields.Count == Fields
            && Phases(fields.GetValueOrDefault("phase")) is { } phase
            && fields.TryGetValue("base", out var @base)
            && fields.TryGetValue("stream", out var stream)
            && Number("offset") is { } offset
            && Number("from") is { } from
            && Number("until") is { } until
                ? new ResumeMark(phase, @base, stream, offset, Time(from), Time(until))
                : null;
        return mark is not null;

        long? Number(string name) =>
            long.TryParse(fields.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                ? n
                : null;
    }

    private static DateTimeOffset Time(long milliseconds) =>
        DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue * 10_000L));

    private static ResumePhase? Phases(string? word) =>
        word switch
        {
            "leaving" => ResumePhase.Leaving,
            "resuming" => ResumePhase.Resuming,
            _ => null,
        };
}
