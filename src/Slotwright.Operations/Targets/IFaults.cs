namespace Slotwright.Operations.Targets;

/// <summary>What can be done to a host's members to rehearse a failure.</summary>
public interface IFaults
{
    /// <summary>Ends the process by SIGKILL, as a crash would.</summary>
    Task KillAsync(string member, CancellationToken ct);

    /// <summary>Stops it from running (SIGSTOP), as a hang would.</summary>
    Task PauseAsync(string member, CancellationToken ct);

    /// <summary>Lets a paused member go on.</summary>
    Task ResumeAsync(string member, CancellationToken ct);
}
