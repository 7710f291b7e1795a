using Slotwright.Local.Agents;
using Slotwright.Operations.Agent;

namespace Slotwright.Local.Hosting;

/// <content>What agents of its members need.</content>
public sealed partial class LocalHost
{
    /// <summary>What a member's agent knows of it.</summary>
    /// <exception cref="Core.Failures.BadInputException">There is no such member.</exception>
    public IAgentPlace AgentPlace(string member) => Place(member);

    private LocalAgentPlace Place(string member) => new(Folder, Ordinal(Read(), member), () => _operationLock.Holder());
}
