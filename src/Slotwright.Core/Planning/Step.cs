using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning;

/// <summary>One change to a cluster, as data: why, what it does to a topology, and how to tell that it is done.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(AddMembers), "add-members")]
[JsonDerivedType(typeof(AssignLostSlots), "assign-lost-slots")]
[JsonDerivedType(typeof(AssignSlots), "assign-slots")]
[JsonDerivedType(typeof(CloseSlots), "close-slots")]
[JsonDerivedType(typeof(Forget), "forget")]
[JsonDerivedType(typeof(GatherKeys), "gather-keys")]
[JsonDerivedType(typeof(HandOver), "hand-over")]
[JsonDerivedType(typeof(LetStart), "let-start")]
[JsonDerivedType(typeof(Meet), "meet")]
[JsonDerivedType(typeof(MoveSlots), "move-slots")]
[JsonDerivedType(typeof(RaiseEpoch), "raise-epoch")]
[JsonDerivedType(typeof(RemoveMembers), "remove-members")]
[JsonDerivedType(typeof(Replicate), "replicate")]
[JsonDerivedType(typeof(RestartMember), "restart-member")]
[JsonDerivedType(typeof(SetEpoch), "set-epoch")]
public abstract record Step
{
    /// <summary>Why it is in the plan, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>What it does, in one line for people.</summary>
    public abstract string Describe();

    /// <summary>What can be counted on while it runs: a restart takes its member away. The checker looks here.</summary>
    public virtual Topology During(Topology before) => before;

    /// <summary>The topology that it leaves; <c>IsDone(ApplyTo(t))</c> holds for every t that has its nodes.</summary>
    public abstract Topology ApplyTo(Topology before);

    /// <summary>Nodes whose own data it throws away, with or without having any.</summary>
    public virtual ImmutableArray<NodeId> Erases(Topology before) => [];

    /// <summary>Nodes that it ends for a time: agents are told to leave them alone.</summary>
    public virtual ImmutableArray<NodeId> TakesDown() => [];

    /// <summary>Slots that nobody serves while it runs, as somebody has said they may be.</summary>
    public virtual SlotSet SlotsAway(Topology before) => SlotSet.Empty;

    /// <summary>Nodes come whose ids, or whose views, nobody knows before: what follows its stage is planned anew.</summary>
    [JsonIgnore]
    public virtual bool BringsNodes => false;

    public abstract bool IsDone(Topology now);
}
