using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Local.Machine;

/// <summary>Looks at this machine and says what stands in a cluster's way.</summary>
public static class MachineDoctor
{
    public static async Task<ImmutableArray<Finding>> ExamineAsync(
        StateRoot root,
        ServerLocator servers,
        CancellationToken ct
    ) => MachineChecks.Run(new MachineReader("/").Read(root.Path), await servers.ListAsync(ct));
}
