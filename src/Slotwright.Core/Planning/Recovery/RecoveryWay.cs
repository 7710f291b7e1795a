using System.Text.Json.Serialization;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>A way out for what is lost or held back. The last three are taken by <c>recover</c> itself.</summary>
public enum RecoveryWay
{
    /// <summary>Members that are missing come back with their disks: nothing is lost.</summary>
    [JsonStringEnumMemberName("bring-back")]
    BringBack,

    /// <summary>It settles by itself.</summary>
    [JsonStringEnumMemberName("wait")]
    Wait,

    /// <summary>Another command does it, with a vote.</summary>
    [JsonStringEnumMemberName("failover")]
    Failover,

    /// <summary>A replica takes the slots of a primary that is gone or held back.</summary>
    [JsonStringEnumMemberName("take-over")]
    TakeOver,

    /// <summary>A member that is held back starts with what it has.</summary>
    [JsonStringEnumMemberName("own-data")]
    OwnData,

    /// <summary>Slots whose data nobody has are given to a member, without a key.</summary>
    [JsonStringEnumMemberName("from-nothing")]
    FromNothing,
}
