using System.Collections.Immutable;
using Slotwright.Core.Storage;

namespace Slotwright.Core.Upgrades;

/// <summary>What an upgrade of a release would do to its engine.</summary>
/// <param name="Tag">Of the image that it brings: image.tag, or the chart's version of the engine.</param>
/// <param name="IsTagSet">image.tag (or a digest) is in the values.</param>
/// <param name="Keeps">Members keep their files, so that the new engine has to read those of the old one.</param>
/// <param name="Running">The versions of the members that answered; several while an upgrade is under way.</param>
public sealed record EngineChange(string Tag, bool IsTagSet, bool Keeps, ImmutableArray<Version> Running)
{
    /// <summary>Whether the upgrade may go on, and why.</summary>
    public EngineVerdict Judge()
    {
        if (Running.IsEmpty)
        {
            return new(true, "no member answered: there is no running engine to compare with");
        }
        if (EngineTag.Parse(Tag) is not { } wanted)
        {
            return new(true, $"the tag '{Tag}' does not tell a version of Valkey: {Runs} is not compared with it");
        }
        var newest = Running.Max()!;
        if (Keeps && wanted.IsBelow(newest) && !Reads(wanted, newest))
        {
            return new(
                false,
                $"{Runs}, and {Named(wanted)} can't read the files that {newest} writes",
                $"image.tag: {newest} to stay. To go down to {wanted}, install a second release with image.tag: {wanted} and copy the data over the network"
            );
        }
        if (IsTagSet || Running.All(wanted.IsOf))
        {
            return new(true, $"{Runs}; the upgrade brings {Named(wanted)}");
        }
        return new(
            false,
            $"{Runs}, and this upgrade would bring {wanted}, the chart's own version, since image.tag is not set",
            $"image.tag: {newest} to stay, image.tag: {wanted} to go"
        );
    }

    private string Runs =>
        $"the release runs Valkey {string.Join(" and ", Running.Distinct().Order().Select(v => v.ToString()))}";

    private string Named(EngineTag wanted) => IsTagSet ? $"image.tag {wanted}" : $"the chart's engine {wanted}";

    private static bool Reads(EngineTag wanted, Version running) =>
        RdbFormats.Reads(wanted.AtMost, RdbFormats.WrittenBy(running));
}
