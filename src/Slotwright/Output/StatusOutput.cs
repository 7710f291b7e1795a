using Slotwright.Core.Observing;

namespace Slotwright.Output;

/// <summary>What <c>status</c> prints.</summary>
internal static class StatusOutput
{
    public static void Print(Terminal terminal, Format format, string target, Observation observation)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, StatusDocument.Of(target, observation));
        }
        else
        {
            terminal.Document.Write(ClusterMap.Of(target, observation));
        }
    }

    /// <summary>One of many JSON documents, in one line.</summary>
    public static void PrintLine(Terminal terminal, string target, Observation observation) =>
        JsonOut.WriteCompact(terminal.Out, StatusDocument.Of(target, observation));
}
