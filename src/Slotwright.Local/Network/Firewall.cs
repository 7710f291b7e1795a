using System.Collections.Immutable;
using System.ComponentModel;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Local.Processes;

namespace Slotwright.Local.Network;

/// <summary>
/// Drops what goes between addresses of this machine, by nft in a table of our own, or by iptables with rules that carry
/// our comment where nft is not there. Both are made and taken back at one stroke.
/// </summary>
/// <param name="name">Of the cluster; tells its rules from those of others.</param>
internal sealed class Firewall(string name, TimeProvider time)
{
    private const string Nft = "nft";
    private const string IpTables = "iptables";

    private static readonly ImmutableArray<string> Folders = ["/usr/sbin", "/sbin"];

    /// <summary>Names may have hyphens, which nft does not take.</summary>
    private string Table => $"slotwright_drill_{name.Replace('-', '_')}";

    private string Comment => $"slotwright-drill:{name}";

    /// <summary>Why nothing can be dropped here; null where it can.</summary>
    public async Task<Finding?> ObstacleAsync(CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return Impossible("only root may cut it", "run it as root: sudo -E slotwright drill partition");
        }
        if (await TryRunAsync(Nft, ["list", "tables"], ct) is { } nft)
        {
            return nft.Ok
                ? null
                : Impossible($"nft can't be used: {nft.Text.Trim()}", "run it where netfilter can be used");
        }
        return await TryRunAsync(IpTables, ["-w", "-S", "INPUT"], ct) switch
        {
            null => Impossible("neither nft nor iptables is there", "apt-get install nftables"),
            { Ok: true } => null,
            var iptables => Impossible(
                $"iptables can't be used: {iptables.Text.Trim()}",
                "run it where netfilter can be used"
            ),
        };
    }

    /// <summary>In both directions; connections stay open and nothing comes through.</summary>
    /// <exception cref="OperationFailedException">The rules can't be made; none is left.</exception>
    public async Task CutAsync(string address, ImmutableArray<string> others, CancellationToken ct)
    {
        var all = string.Join(", ", others);
        var rules =
            $"add table inet {Table}; "
            + $"add chain inet {Table} input {{ type filter hook input priority 0; policy accept; }}; "
            + $"add rule inet {Table} input ip saddr {address} ip daddr {{ {all} }} drop; "
            + $"add rule inet {Table} input ip saddr {{ {all} }} ip daddr {address} drop";
        if (await TryRunAsync(Nft, [rules], ct) is { } nft)
        {
            Demand(Nft, nft);
            return;
        }
        foreach (var (from, to) in others.SelectMany(o => new[] { (address, o), (o, address) }))
        {
            var made = await TryRunAsync(IpTables, ["-w", "-I", "INPUT", .. Rule(from, to)], ct);
            Demand(IpTables, made ?? new ChildResult(1, "", "it is not there"));
        }
    }

    /// <summary>Nothing to do where nothing is cut.</summary>
    /// <exception cref="OperationFailedException">The rules can't be taken back.</exception>
    public async Task MendAsync(CancellationToken ct)
    {
        if (await TryRunAsync(Nft, ["list", "tables", "inet"], ct) is { } tables)
        {
            Demand(Nft, tables);
            if (tables.Output.Split('\n').Any(l => l.Trim() == $"table inet {Table}"))
            {
                Demand(Nft, (await TryRunAsync(Nft, [$"delete table inet {Table}"], ct))!);
            }
        }
        if (await TryRunAsync(IpTables, ["-w", "-S", "INPUT"], ct) is { Ok: true } listed)
        {
            var ours = listed
                .Output.Replace("\"", "", StringComparison.Ordinal)
                .Split('\n')
                .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Contains(Comment, StringComparer.Ordinal));
            foreach (var words in ours)
            {
                Demand(IpTables, (await TryRunAsync(IpTables, ["-w", "-D", .. words[1..]], ct))!);
            }
        }
    }

    private IEnumerable<string> Rule(string from, string to) =>
        ["-s", from, "-d", to, "-m", "comment", "--comment", Comment, "-j", "DROP"];

    /// <returns>Null where there is no such program.</returns>
    private async Task<ChildResult?> TryRunAsync(string program, IEnumerable<string> arguments, CancellationToken ct)
    {
        try
        {
            return await ChildProcess.RunAsync(Find(program), arguments, null, time, ct);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>They lie where the PATH of users does not lead.</summary>
    private static string Find(string program) =>
        Folders.Select(f => $"{f}/{program}").FirstOrDefault(File.Exists) ?? program;

    private static void Demand(string program, ChildResult result)
    {
        if (!result.Ok)
        {
            throw new OperationFailedException(
                $"{program} failed: {result.Text.Trim()}",
                command: program,
                next: "see whether netfilter can be used here: nft list ruleset"
            );
        }
    }

    private static Finding Impossible(string what, string remedy) =>
        new(
            "partition-impossible",
            Verdict.Failed,
            "machine",
            what,
            "members are cut off from each other by rules of the kernel's packet filter",
            remedy
        );
}
