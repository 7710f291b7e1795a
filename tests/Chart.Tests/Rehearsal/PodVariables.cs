using System.Globalization;
using System.Text;
using k8s.Models;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>A container's environment as the kubelet makes it of the pod's spec.</summary>
internal static class PodVariables
{
    /// <param name="secret">By name; null where there is none.</param>
    public static Dictionary<string, string> Of(V1Pod pod, V1Container container, Func<string, V1Secret?> secret)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOSTNAME"] = pod.Metadata.Name, // of any container, whatever its spec says
        };
        foreach (var variable in container.Env ?? [])
        {
            variables[variable.Name] = variable.ValueFrom is { } source
                ? ValueOf(source, pod, secret)
                : Expand(variable.Value ?? "", variables);
        }
        return variables;
    }

    /// <summary><c>$(NAME)</c> of what was defined before; a name that was not stays as it is, and <c>$$</c> is a $.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '$')
            {
                result.Append('$');
                i++;
            }
            else if (
                text[i] == '$'
                && i + 1 < text.Length
                && text[i + 1] == '('
                && text.IndexOf(')', i) is > 0 and var end
            )
            {
                var name = text[(i + 2)..end];
                result.Append(variables.TryGetValue(name, out var value) ? value : text[i..(end + 1)]);
                i = end;
            }
            else
            {
                result.Append(text[i]);
            }
        }
        return result.ToString();
    }

    private static string ValueOf(V1EnvVarSource source, V1Pod pod, Func<string, V1Secret?> secret) =>
        source switch
        {
            { FieldRef.FieldPath: "metadata.name" } => pod.Metadata.Name,
            { FieldRef.FieldPath: "metadata.namespace" } => pod.Metadata.NamespaceProperty,
            { FieldRef.FieldPath: "status.podIP" } => pod.Status.PodIP,
            { FieldRef.FieldPath: "spec.nodeName" } => pod.Spec.NodeName,
            { ResourceFieldRef: { } reference } => Resource(pod, reference),
            { SecretKeyRef: { } reference } => Encoding.UTF8.GetString(
                secret(reference.Name)?.Data[reference.Key]
                    ?? throw new PodTroubleException($"secret \"{reference.Name}\" not found")
            ),
            _ => throw new NotSupportedException("a source of environment variables that the rehearsal does not know"),
        };

    /// <summary>In bytes, or in whatever the divisor says.</summary>
    private static string Resource(V1Pod pod, V1ResourceFieldSelector reference)
    {
        var container = pod
            .Spec.Containers.Concat(pod.Spec.InitContainers ?? [])
            .Single(c => c.Name == reference.ContainerName);
        var amount = reference.Resource.Split('.') switch
        {
            ["limits", var name] => container.Resources.Limits[name],
            ["requests", var name] => container.Resources.Requests[name],
            _ => throw new NotSupportedException(reference.Resource),
        };
        var divisor = reference.Divisor?.ToDecimal() is { } d and > 0 ? d : 1;
        return decimal.Ceiling(amount.ToDecimal() / divisor).ToString("0", CultureInfo.InvariantCulture);
    }
}
