using Slotwright.Core.Observing;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;
using Slotwright.Core.Upgrades;

namespace Slotwright.Core.Tests.Upgrades;

public sealed class NewerDataTests
{
    private static readonly Version Old = new(8, 1, 1);

    [Theory]
    [InlineData("9.1.2", "db0", "keys=2,expires=0,avg_ttl=0,keys_with_volatile_items=0", "")]
    [InlineData("9.1.2", "db0", "keys=2,expires=0,avg_ttl=0,keys_with_volatile_items=1", "field-expiries")]
    [InlineData("9.1.2", "db0", "keys=2,expires=0,avg_ttl=0", "field-expiries-unknown")]
    [InlineData("9.1.2", "db3", "keys=2,expires=0,avg_ttl=0,keys_with_volatile_items=0", "other-database")]
    [InlineData("8.1.1", "db0", "keys=2,expires=0,avg_ttl=0", "")]
    public void What_an_older_version_can_t_hold_is_found(string version, string database, string line, string code) =>
        Assert.Equal(code.Length == 0 ? [] : [code], NewerData.Refusals(Seen(version, database, line), Old).Codes());

    [Fact]
    public void To_a_version_that_can_hold_it_all_may_go() =>
        Assert.Empty(
            NewerData.Refusals(Seen("9.1.2", "db0", "keys=1,keys_with_volatile_items=1"), new Version(9, 0, 1))
        );

    private static Observation Seen(string version, string database, string line) =>
        Views
            .Of(SixMembers.Formed)
            .WithServer(2, s => s with { Version = Version.Parse(version), Fields = s.Fields.SetItem(database, line) })
            .Merged(SixMembers.Formed);
}
