using Slotwright.Targets;

namespace Slotwright.Output;

/// <summary>What a command that is named to people needs, so that it is about the same local cluster.</summary>
internal static class NameOption
{
    /// <param name="target"><c>local:NAME</c>.</param>
    /// <returns>Empty for the default cluster, else an option with a space before it.</returns>
    public static string Of(string target) =>
        target == $"local:{TargetName.Default.Local}" ? "" : $" --name {target["local:".Length..]}";
}
