using System.CommandLine;
using Slotwright.Output;

namespace Slotwright.Commands;

/// <summary>What every command takes.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Target = new("--target")
    {
        Description =
            "the cluster: local:NAME, k8s:NAMESPACE/RELEASE or nodes:HOST:PORT[,HOST:PORT...] (default: $SLOTWRIGHT_TARGET, else local:valkey)",
        HelpName = "TARGET",
        Recursive = true,
    };

    public static readonly Option<string?> Name = new("--name")
    {
        Description = "short for --target local:NAME",
        HelpName = "NAME",
        Recursive = true,
    };

    public static readonly Option<string> Format = MakeFormat();

    public static readonly Option<bool> Yes = new("--yes", "-y")
    {
        Description = "go on without asking",
        Recursive = true,
    };

    public static readonly Option<FileInfo?> PasswordFile = new("--password-file")
    {
        Description =
            "file that holds the password (default: what the host or the Secret says; on nodes: $SLOTWRIGHT_PASSWORD, else asked for)",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<FileInfo?> ZonesFile = new("--zones-file")
    {
        Description = "on nodes: a file of member=zone lines (default: what the servers say)",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<FileInfo?> KubeConfig = new("--kubeconfig")
    {
        Description = "with k8s: the kubeconfig file (default: those of $KUBECONFIG, else ~/.kube/config)",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<string?> Context = new("--context")
    {
        Description = "with k8s: a context of the kubeconfig (default: its current one)",
        HelpName = "NAME",
        Recursive = true,
    };

    public static IEnumerable<Option> All => [Target, Name, Format, Yes, PasswordFile, ZonesFile, KubeConfig, Context];

    /// <summary>The format that was asked for; text where the word for it can't be used.</summary>
    public static Format FormatOf(ParseResult parsed) =>
        parsed.GetResult(Format)?.Tokens is [{ Value: "json" }] ? Output.Format.Json : Output.Format.Text;

    private static Option<string> MakeFormat()
    {
        var option = new Option<string>("--format")
        {
            Description = "text for people, json for programs (default: text)",
            HelpName = "text|json",
            Recursive = true,
            DefaultValueFactory = _ => "text",
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
