using System.Text.Json.Serialization;

namespace Slotwright.Core.Drills;

/// <summary>Why an operation of a run failed, by what came last: the code of an error reply, or why there was no reply.</summary>
public enum FailureReason
{
    /// <summary>The operations before it were not answered: it was never sent.</summary>
    [JsonStringEnumMemberName("not-begun")]
    NotBegun,

    [JsonStringEnumMemberName("no-answer")]
    NoAnswer,

    /// <summary>The connection could not be opened, or it broke.</summary>
    [JsonStringEnumMemberName("no-connection")]
    NoConnection,

    /// <summary>The run was ended while it was under way.</summary>
    [JsonStringEnumMemberName("interrupted")]
    Interrupted,

    [JsonStringEnumMemberName("MISCONF")]
    Misconf,

    [JsonStringEnumMemberName("OOM")]
    Oom,

    [JsonStringEnumMemberName("CLUSTERDOWN")]
    ClusterDown,

    [JsonStringEnumMemberName("TRYAGAIN")]
    TryAgain,

    [JsonStringEnumMemberName("LOADING")]
    Loading,

    [JsonStringEnumMemberName("MASTERDOWN")]
    MasterDown,

    [JsonStringEnumMemberName("READONLY")]
    ReadOnly,

    [JsonStringEnumMemberName("NOREPLICAS")]
    NoReplicas,

    [JsonStringEnumMemberName("BUSY")]
    Busy,

    [JsonStringEnumMemberName("NOPERM")]
    NoPermission,

    /// <summary>It was sent from one to the other for as long as it might take.</summary>
    [JsonStringEnumMemberName("MOVED")]
    Moved,

    [JsonStringEnumMemberName("other-error")]
    OtherError,
}
