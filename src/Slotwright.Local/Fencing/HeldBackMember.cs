namespace Slotwright.Local.Fencing;

/// <param name="Reason">For people, in one line.</param>
public sealed record HeldBackMember(string Name, string Reason);
