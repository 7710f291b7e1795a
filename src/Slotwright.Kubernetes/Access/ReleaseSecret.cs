using System.Collections.Immutable;
using k8s.Models;
using Slotwright.Core.Failures;

namespace Slotwright.Kubernetes.Access;

/// <summary>The Secret that a release's password is kept in: made once, and never changed.</summary>
public static class ReleaseSecret
{
    /// <returns>Whether it was made; false where it was there.</returns>
    /// <exception cref="OperationFailedException">It is there without the key, or can't be read or made.</exception>
    public static async Task<bool> EnsureAsync(
        KubeOptions options,
        string ns,
        string name,
        string key,
        ImmutableDictionary<string, string> labels,
        Func<string> password,
        TimeProvider time,
        CancellationToken ct
    )
    {
        using var api = new KubeApi(await ApiAccess.FindAsync(options, time, ct), time);
        if (await api.SecretAsync(ns, name, ct) is { } there)
        {
            EnsureKey(there, ns, name, key);
            return false;
        }
        var secret = new V1Secret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = ns,
                Labels = labels.ToDictionary(StringComparer.Ordinal),
                Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["helm.sh/resource-policy"] = "keep",
                },
            },
            Type = "Opaque",
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                [key] = System.Text.Encoding.ASCII.GetBytes(password()),
            },
        };
        if (await api.CreateSecretAsync(secret, ct))
        {
            return true;
        }
        EnsureKey((await api.SecretAsync(ns, name, ct))!, ns, name, key);
        return false;
    }

    private static void EnsureKey(V1Secret secret, string ns, string name, string key)
    {
        if (secret.Data is null || !secret.Data.TryGetValue(key, out var value) || value.Length == 0)
        {
            throw new OperationFailedException(
                $"the Secret {name} in namespace {ns} has no key '{key}'",
                next: $"add the key, or name the one that holds the password with auth.existingSecretPasswordKey; "
                    + $"keys are {string.Join(", ", (secret.Data?.Keys ?? []).Order(StringComparer.Ordinal))}"
            );
        }
    }
}
