using Slotwright.Core.Failover;
using Slotwright.Core.Failures;

namespace Slotwright.Pod;

/// <summary>What the chart lets an agent do about a primary that is gone.</summary>
internal static class AgentSettings
{
    private const string Remedy = "the chart sets it from agent.*; don't override it by extraEnv";

    /// <param name="variable">An environment variable, or null. What is not set is as <see cref="FailoverOptions.Default"/> has it.</param>
    /// <exception cref="BadInputException">All that can't be used.</exception>
    public static FailoverOptions Read(Func<string, string?> variable)
    {
        var read = new ChartVariables(variable, Remedy);
        var usual = FailoverOptions.Default;
        var options = new FailoverOptions(
            Switch("SLOTWRIGHT_AGENT_FAILOVER", usual.Enabled),
            Switch("SLOTWRIGHT_AGENT_UNREACHABLE_FAILOVER", usual.Unreachable),
            (int?)read.Number("SLOTWRIGHT_AGENT_WAIT_REPLICAS", 1, 10) ?? usual.WaitReplicas,
            Switch("SLOTWRIGHT_AGENT_PREFER_AVAILABILITY", usual.PreferAvailability)
        );
        return read.Problems.Count == 0 ? options : throw new BadInputException([.. read.Problems]);

        bool Switch(string name, bool otherwise)
        {
            var text = read.Find(name);
            if (text is not (null or "true" or "false"))
            {
                read.Refuse(name, $"'{text}' is neither true nor false");
            }
            return text is null ? otherwise : text == "true";
        }
    }
}
