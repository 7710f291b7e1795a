using System.Collections.Immutable;
using Slotwright.Local.Servers;

namespace Slotwright.Output;

/// <summary>What <c>valkey list</c> and <c>valkey install</c> print.</summary>
internal static class ValkeyOutput
{
    public static void PrintList(Terminal terminal, Format format, ImmutableArray<ServerListing> servers)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(
                terminal.Out,
                new ValkeyListDocument(
                    ServerLocator.DefaultVersion,
                    [.. servers.Select(s => new ValkeyServer(s.Version, Source(s), s.Path, s.Suite))]
                )
            );
            return;
        }
        Columns.Print(
            terminal.Out,
            ["VERSION", "FROM", "SERVER"],
            servers.Select(s =>
                new[]
                {
                    s.Version,
                    Source(s) ?? $"Debian {s.Suite}",
                    s.Path ?? $"not here yet: slotwright valkey install {s.Version}",
                }
            )
        );
    }

    public static void PrintInstalled(Terminal terminal, Format format, ServerBinary server)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, new ValkeyInstallDocument(server.Version.ToString(), server.Path));
            return;
        }
        terminal.Out.WriteLine($"Valkey {server.Version} is in {server.Path}");
    }

    private static string? Source(ServerListing server) => server.Source?.ToString().ToLowerInvariant();
}
