namespace Slotwright.Local.Processes;

/// <summary>The server process of a member, found alive.</summary>
internal sealed record MemberProcess(ProcessIdentity Identity, bool IsPaused);
