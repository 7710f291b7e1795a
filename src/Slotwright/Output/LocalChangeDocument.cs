using System.Collections.Immutable;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>local restart</c>, <c>kill</c>, <c>pause</c>, <c>resume</c> and <c>start</c>.</summary>
/// <param name="Action">The verb.</param>
internal sealed record LocalChangeDocument(string Target, string Action, ImmutableArray<LocalMemberChange> Members);
