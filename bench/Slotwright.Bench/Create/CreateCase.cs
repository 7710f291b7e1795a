namespace Slotwright.Bench.Create;

/// <param name="Version">Of the servers: 9.1.</param>
/// <param name="Members">Half of them become primaries.</param>
internal sealed record CreateCase(string Version, int Members, int Runs)
{
    public string Title => $"{Members} nodes, Valkey {Version}";
}
