namespace Slotwright.Output;

/// <summary>A member that could not be asked, in the JSON face of <c>status</c>.</summary>
internal sealed record StatusMember(string Member, string Address, string Reason);
