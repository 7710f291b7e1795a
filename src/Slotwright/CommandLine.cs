using System.CommandLine;
using Slotwright.Commands;
using Slotwright.Core.Failures;
using Slotwright.Operations.Targets;
using Slotwright.Output;

namespace Slotwright;

/// <summary>From arguments to an exit code: every error that a command can end with is caught and told here.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Wiring wiring, CancellationToken ct)
    {
        var root = Root.Create(wiring);
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var complaints = new Complaints(wiring.Terminal, CommonOptions.FormatOf(parsed));
        if (parsed.Errors.Count > 0)
        {
            return complaints.Usage(parsed);
        }
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = wiring.Terminal.Out,
            Error = wiring.Terminal.Error,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, ct);
        }
        catch (InterruptedException e)
        {
            return complaints.Interrupted(e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return complaints.Interrupted(
                GoesOn(parsed) ? "interrupted; run the same command again to go on" : "interrupted"
            );
        }
        catch (BadInputException e)
        {
            return complaints.BadInput(e);
        }
        catch (RefusedException e)
        {
            return complaints.Refused(e);
        }
        catch (ClusterBusyException e)
        {
            return complaints.Busy(e);
        }
        catch (OperationFailedException e)
        {
            return complaints.Failed(e);
        }
        catch (OutputFailedException e)
        {
            return complaints.NoOutput(e);
        }
#pragma warning disable CA1031 // no stack trace ever reaches a user
        catch (Exception e)
        {
            return complaints.Bug(e, wiring.Environment);
        }
#pragma warning restore CA1031
    }

    /// <summary>It changes something, step by step, and goes on where it was cut off.</summary>
    private static bool GoesOn(ParseResult parsed) =>
        parsed.CommandResult.Command.Name
            is "up"
                or "down"
                or "bootstrap"
                or "start"
                or "restart"
                or "install"
                or "upgrade"
                or "recover"
                or "failover"
                or "evacuate"
                or "restore-layout";
}
