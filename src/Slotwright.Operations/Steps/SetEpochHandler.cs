using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Steps;

/// <summary>Only an optimisation: a node that knows others or has an epoch by now settles it with them by itself.</summary>
internal static class SetEpochHandler
{
    public static async Task RunAsync(SetEpoch step, StepContext context, CancellationToken ct)
    {
        var connection = await context.ConnectAsync(step.Member, ct);
        await Identity.EnsureAsync(connection, step.Node, ct);
        var reply = await connection.SendAsync(
            RespCommand.Of("CLUSTER", "SET-CONFIG-EPOCH", step.Epoch.ToString()),
            ct
        );
        if (reply is RespValue.Error error && !MeansNotAlone(error.Text))
        {
            throw new OperationFailedException(error.Text, step.Member, "CLUSTER SET-CONFIG-EPOCH");
        }
    }

    private static bool MeansNotAlone(string text) =>
        text.Contains("does not know any other node", StringComparison.Ordinal)
        || text.Contains("already non-zero", StringComparison.Ordinal);
}
