namespace Slotwright.Local.State;

/// <summary>Who holds a cluster's lock, as written into the lock file.</summary>
internal sealed record LockHolder(string Operation, string User, int Pid, DateTimeOffset Since)
{
    public override string ToString() => $"'{Operation}' of {User} (process {Pid})";
}
