using System.Collections.Immutable;
using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using Slotwright.Core.Failures;
using YamlDotNet.Core;

namespace Slotwright.Kubernetes.Access;

/// <summary>One or several kubeconfig files, merged as kubectl merges them: what comes first wins.</summary>
public static class KubeConfigFiles
{
    private const string Variable = "KUBECONFIG";

    /// <summary>The files that count; none where there is none. Files of KUBECONFIG that are not there don't count.</summary>
    /// <exception cref="BadInputException">The file that was named is not there.</exception>
    internal static ImmutableArray<string> Find(KubeOptions options)
    {
        if (options.KubeConfig is { } named)
        {
            return File.Exists(named)
                ? [named]
                : throw new BadInputException(
                    new Problem("--kubeconfig", $"there is no file {named}", "name a file that can be read")
                );
        }
        if (options.Variable(Variable) is { } several)
        {
            return
            [
                .. several
                    .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Where(File.Exists),
            ];
        }
        var usual = Path.Combine(options.Variable("HOME") ?? "/", ".kube", "config");
        return File.Exists(usual) ? [usual] : [];
    }

    /// <summary>The names of all contexts, for completion; none where the files can't be read.</summary>
    public static async Task<ImmutableArray<string>> ContextsAsync(KubeOptions options)
    {
        try
        {
            var files = Find(options);
            return files.IsEmpty ? [] : [.. (await MergedAsync(files, options)).Contexts.Select(c => c.Name)];
        }
        catch (BadInputException)
        {
            return [];
        }
    }

    internal static async Task<ApiAccess> ReadAsync(
        ImmutableArray<string> files,
        KubeOptions options,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var merged = await MergedAsync(files, options);
        var name = options.Context ?? merged.CurrentContext;
        var context = merged.Contexts.FirstOrDefault(c => c.Name == name) ?? throw NoContext(name, merged, options);
        var user = merged.Users.FirstOrDefault(u => u.Name == context.ContextDetails?.User)?.UserCredentials;
        CredentialPlugin? plugin = null;
        if (user?.ExternalExecution is { } exec)
        {
            // the client would run it by itself, twice, and keep to itself what it says
            plugin = new CredentialPlugin(exec, time);
            var given = await plugin.AskAsync(ct);
            user.ExternalExecution = null;
            user.Token = given.Token;
            (user.ClientCertificateData, user.ClientKeyData) = (
                Base64(given.ClientCertificateData),
                Base64(given.ClientKeyData)
            );
        }
        try
        {
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(merged, name);
            if (plugin is not null && configuration.AccessToken is { Length: > 0 })
            {
                configuration.TokenProvider = plugin;
            }
            return new ApiAccess(configuration, InCluster: false, name);
        }
        catch (Exception e)
            when (e
                    is KubeConfigException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
                        or System.Security.Cryptography.CryptographicException
            )
        {
            throw Unusable(files, options, e.Message, e);
        }
    }

    private static string? Base64(string? pem) =>
        pem is null ? null : Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(pem));

    private static async Task<K8SConfiguration> MergedAsync(ImmutableArray<string> files, KubeOptions options)
    {
        var merged = new K8SConfiguration
        {
            Clusters = [],
            Users = [],
            Contexts = [],
        };
        foreach (var file in files)
        {
            var one = await LoadAsync(file, options);
            merged.CurrentContext = merged.CurrentContext is { Length: > 0 }
                ? merged.CurrentContext
                : one.CurrentContext;
            merged.Clusters =
            [
                .. merged.Clusters.Concat(one.Clusters ?? []).DistinctBy(c => c.Name, StringComparer.Ordinal),
            ];
            merged.Users = [.. merged.Users.Concat(one.Users ?? []).DistinctBy(u => u.Name, StringComparer.Ordinal)];
            merged.Contexts =
            [
                .. merged.Contexts.Concat(one.Contexts ?? []).DistinctBy(c => c.Name, StringComparer.Ordinal),
            ];
        }
        return merged;
    }

    private static async Task<K8SConfiguration> LoadAsync(string file, KubeOptions options)
    {
        try
        {
            await using var text = File.OpenRead(file);
            var one =
                await KubernetesClientConfiguration.LoadKubeConfigAsync(text)
                ?? throw Unusable([file], options, "it is empty", null);
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            foreach (var cluster in (one.Clusters ?? []).Select(c => c.ClusterEndpoint).OfType<ClusterEndpoint>())
            {
                cluster.CertificateAuthority = Absolute(folder, cluster.CertificateAuthority);
            }
            foreach (var user in (one.Users ?? []).Select(u => u.UserCredentials).OfType<UserCredentials>())
            {
                user.ClientCertificate = Absolute(folder, user.ClientCertificate);
                user.ClientKey = Absolute(folder, user.ClientKey);
            }
            return one;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable([file], options, "it can't be read: " + e.Message.TrimEnd('.'), e);
        }
        catch (Exception e) when (e is YamlException or InvalidCastException or FormatException or ArgumentException)
        {
            throw Unusable([file], options, "it is no kubeconfig: " + FirstLine(e), e);
        }
    }

    private static string? Absolute(string folder, string? path) =>
        path is { Length: > 0 } ? Path.Combine(folder, path) : path;

    private static string FirstLine(Exception e) =>
        (e is YamlException { InnerException: { } inner } ? $"{e.Message} {inner.Message}" : e.Message)
            .Split('\n')[0]
            .TrimEnd('.', '\r');

    private static string Where(KubeOptions options) =>
        options.KubeConfig is not null ? "--kubeconfig"
        : options.Variable(Variable) is not null ? Variable
        : "kubeconfig";

    private static BadInputException Unusable(
        ImmutableArray<string> files,
        KubeOptions options,
        string what,
        Exception? cause
    )
    {
        _ = cause;
        return new BadInputException(
            new Problem(
                Where(options),
                $"{string.Join(", ", files)}: {what}",
                "mend it, or name another with --kubeconfig; kubectl config view shows what kubectl makes of it"
            )
        );
    }

    private static BadInputException NoContext(string? name, K8SConfiguration merged, KubeOptions options)
    {
        var names = merged.Contexts.Select(c => c.Name).Order(StringComparer.Ordinal).ToArray();
        var what =
            names.Length == 0
                ? "there are none"
                : $"there {(names.Length == 1 ? "is" : "are")} {string.Join(", ", names)}";
        return new BadInputException(
            name is { Length: > 0 }
                ? new Problem(
                    options.Context is null ? Where(options) : "--context",
                    $"there is no context '{name}'; {what}",
                    "name one of them with --context"
                )
                : new Problem(Where(options), $"no context is the current one; {what}", "name one with --context")
        );
    }
}
