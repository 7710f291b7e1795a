using Slotwright.Core.Cluster;

namespace Slotwright.Output;

/// <summary>What connects an ordinary client, as a line for a shell.</summary>
/// <param name="Seed">A member that a client can begin with.</param>
/// <param name="PasswordFile">The file that holds the password of the default user.</param>
/// <param name="Client">Path of valkey-cli; null for the one on PATH.</param>
internal sealed record ConnectLine(NodeAddress Seed, string PasswordFile, string? Client)
{
    public override string ToString() =>
        $"REDISCLI_AUTH=$(cat {Quote(PasswordFile)}) {Quote(Client ?? "valkey-cli")} -c -h {Seed.Host} -p {Seed.Port}";

    private static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+=:@%".Contains(c))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
