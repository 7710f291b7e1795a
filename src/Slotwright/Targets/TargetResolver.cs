using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Commands;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Kubernetes.Access;
using Slotwright.Kubernetes.Targets;
using Slotwright.Local.Hosting;
using Slotwright.Local.State;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;

namespace Slotwright.Targets;

/// <summary>From options and environment to the cluster that a command is about.</summary>
internal sealed class TargetResolver(Wiring wiring)
{
    public const string TargetVariable = "SLOTWRIGHT_TARGET";

    public LocalClusters Local { get; } =
        new(StateRoot.From(name => wiring.Environment.GetValueOrDefault(name)), wiring.Time);

    /// <summary>The cluster that the command names; a local one must exist.</summary>
    /// <exception cref="BadInputException">It can't be understood, or there is no such local cluster.</exception>
    public ClusterSession Open(ParseResult parsed)
    {
        var name = NameOf(parsed);
        return name switch
        {
            { Local: { } local } => Session(Local.Open(local, name.Where), GivenPassword(parsed)),
            { Release: { } release } => Session(Kubernetes(release, name.Where, parsed), GivenPassword(parsed)),
            _ => Session(Nodes(name.Seeds, parsed), given: null),
        };
    }

    public ClusterSession Session(IClusterTarget target, Credentials? given) => new(target, given, wiring.Time);

    /// <summary>The local cluster's name, for commands that need a host on this machine.</summary>
    /// <exception cref="RefusedException">The target is none of this machine.</exception>
    public string LocalName(ParseResult parsed, string operation) =>
        NameOf(parsed) is var name && name.Local is { } local
            ? local
            : throw new RefusedException(
                operation,
                new Finding(
                    "no-host",
                    Verdict.Failed,
                    name.Kind,
                    "its members can be asked, but not started, stopped or changed from here",
                    $"{operation} needs a host",
                    "name a local cluster with --name NAME"
                )
            );

    /// <summary>The local cluster that the command names.</summary>
    /// <exception cref="RefusedException">The target is none of this machine.</exception>
    /// <exception cref="BadInputException">There is no such cluster.</exception>
    public LocalHost OpenLocal(ParseResult parsed, string operation) =>
        Local.Open(LocalName(parsed, operation), NameOf(parsed).Where);

    /// <summary>A password that was named by option or, for targets without one of their own, by environment.</summary>
    public Credentials? GivenPassword(ParseResult parsed) =>
        parsed.GetValue(CommonOptions.PasswordFile) is { } file
            ? new Credentials(PasswordSource.User(wiring), PasswordSource.Read(file, "--password-file"))
            : null;

    /// <summary>The kubeconfig and context that options name, in the environment that the program was given.</summary>
    /// <param name="isContextKnown">It is not where the line breaks off before its name.</param>
    public KubeOptions KubeOptions(ParseResult parsed, bool isContextKnown = true) =>
        new(
            parsed.GetValue(CommonOptions.KubeConfig)?.FullName,
            isContextKnown ? parsed.GetValue(CommonOptions.Context) : null,
            variable => wiring.Environment.GetValueOrDefault(variable)
        );

    private KubernetesTarget Kubernetes(ReleaseName release, string where, ParseResult parsed) =>
        new(release.Namespace, release.Release, where, KubeOptions(parsed), wiring.Time);

    private NodesTarget Nodes(ImmutableArray<NodeAddress> seeds, ParseResult parsed)
    {
        var password = new PasswordSource(wiring, seeds, GivenPassword(parsed));
        return new NodesTarget(seeds, Zones(parsed), password.GetAsync, wiring.Time);
    }

    private static ImmutableDictionary<string, string> Zones(ParseResult parsed) =>
        parsed.GetValue(CommonOptions.ZonesFile) is { } file
            ? ZonesFile.Read(file)
            : ImmutableDictionary<string, string>.Empty;

    /// <summary>No cluster is named, and the one that this would mean is not there.</summary>
    public bool IsAbsent(ParseResult parsed) =>
        NameOf(parsed) is var name
        && ReferenceEquals(name, TargetName.Default)
        && !Local.Host(TargetName.Default.Local!).Exists;

    public TargetName NameOf(ParseResult parsed)
    {
        var name = Named(parsed);
        ImmutableArray<Problem> misplaced =
        [
            .. new[] { CommonOptions.ZonesFile }
                .Where(o => name.Seeds.IsEmpty && parsed.GetResult(o) is { Implicit: false })
                .Select(o => new Problem(
                    o.Name,
                    $"it is for nodes: targets, this is a {name.Kind}, which knows its zones",
                    "leave it away"
                )),
            .. new Option[] { CommonOptions.KubeConfig, CommonOptions.Context }
                .Where(o => name.Release is null && parsed.GetResult(o) is { Implicit: false })
                .Select(o => new Problem(
                    o.Name,
                    $"it is for k8s: targets, this is a {name.Kind}",
                    "leave it away, or name a release: --target k8s:NAMESPACE/RELEASE"
                )),
        ];
        return misplaced.IsEmpty ? name : throw new BadInputException([.. misplaced]);
    }

    private TargetName Named(ParseResult parsed)
    {
        var target = parsed.GetValue(CommonOptions.Target);
        var name = parsed.GetValue(CommonOptions.Name);
        var variable = wiring.Environment.GetValueOrDefault(TargetVariable);
        if (target is not null && name is not null && target != $"local:{name}")
        {
            throw new BadInputException(
                new Problem(
                    "--target",
                    $"--target {target} and --name {name} are different clusters",
                    "name one of them"
                )
            );
        }
        if (name is not null)
        {
            return new TargetName(name, []) { Where = "--name" };
        }
        var (text, where) = target is not null ? (target, "--target") : (variable ?? "", TargetVariable);
        if (text.Length == 0 && target is null)
        {
            return TargetName.Default;
        }
        return TargetName.TryParse(text, where, out var parsedName, out var problems)
            ? parsedName
            : throw new BadInputException([.. problems]);
    }
}
