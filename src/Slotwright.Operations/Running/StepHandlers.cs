using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Steps;

namespace Slotwright.Operations.Running;

/// <summary>From steps, which are data, to what applies them.</summary>
public static class StepHandlers
{
    /// <returns>Null where nothing applies a step of this kind: a bug, which a test looks for.</returns>
    public static StepRun? Find(Step step) =>
        step switch
        {
            AddMembers s => (c, ct) => MemberCountHandler.RunAsync(s, c, ct),
            Forget s => (c, ct) => ForgetHandler.RunAsync(s, c, ct),
            RemoveMembers s => (c, ct) => MemberCountHandler.RunAsync(s, c, ct),
            SetEpoch s => (c, ct) => SetEpochHandler.RunAsync(s, c, ct),
            AssignLostSlots s => (c, ct) => AssignLostSlotsHandler.RunAsync(s, c, ct),
            CloseSlots s => (c, ct) => CloseSlotsHandler.RunAsync(s, c, ct),
            GatherKeys s => (c, ct) => GatherKeysHandler.RunAsync(s, c, ct),
            RaiseEpoch s => (c, ct) => RaiseEpochHandler.RunAsync(s, c, ct),
            AssignSlots s => (c, ct) => AssignSlotsHandler.RunAsync(s, c, ct),
            LetStart s => (c, ct) => LetStartHandler.RunAsync(s, c, ct),
            Meet s => (c, ct) => MeetHandler.RunAsync(s, c, ct),
            MoveSlots s => (c, ct) => MoveSlotsHandler.RunAsync(s, c, ct),
            HandOver s => (c, ct) => HandOverHandler.RunAsync(s, c, ct),
            RestartMember s => (c, ct) => RestartMemberHandler.RunAsync(s, c, ct),
            Replicate s => (c, ct) => ReplicateHandler.RunAsync(s, c, ct),
            _ => null,
        };
}
