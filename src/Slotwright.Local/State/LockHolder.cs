using System.Text.Json.Serialization;
using Slotwright.Local.Processes;

namespace Slotwright.Local.State;

/// <summary>Who holds a cluster's lock, as written into the lock file.</summary>
internal sealed record LockHolder(string Operation, string User, ProcessIdentity Process, DateTimeOffset Since)
{
    [JsonIgnore]
    public bool Lives => Process.Find() is not null;

    public override string ToString() => $"'{Operation}' of {User} (process {Process.Pid})";
}
