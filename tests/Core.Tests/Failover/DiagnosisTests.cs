using Slotwright.Core.Failover;

namespace Slotwright.Core.Tests.Failover;

public sealed class DiagnosisTests
{
    private const PortAnswer No = PortAnswer.Refused;
    private const PortAnswer Yes = PortAnswer.Accepted;
    private const PortAnswer None = PortAnswer.Silent;

    private static readonly OwnServerEvidence Gone = new(
        true,
        true,
        false,
        No,
        No,
        IsStartHeld: true,
        IsStarting: false
    );

    [Fact]
    public void A_server_is_dead_when_its_connection_was_closed_nobody_listens_and_its_start_is_held_up() =>
        Assert.Equal(MemberCondition.Dead, Diagnosis.Of(Gone));

    [Theory]
    [InlineData(Yes, No, MemberCondition.Running)]
    [InlineData(No, Yes, MemberCondition.Running)]
    [InlineData(None, No, MemberCondition.Hung)]
    [InlineData(No, None, MemberCondition.Hung)]
    [InlineData(None, None, MemberCondition.Hung)]
    public void A_port_that_does_not_refuse_speaks_against_it(
        PortAnswer client,
        PortAnswer bus,
        MemberCondition found
    ) => Assert.Equal(found, Diagnosis.Of(Gone with { Client = client, Bus = bus }));

    [Fact]
    public void Each_thing_that_is_missing_makes_it_something_else()
    {
        Assert.Equal(MemberCondition.Unknown, Diagnosis.Of(Gone with { WasConnected = false }));
        Assert.Equal(MemberCondition.Hung, Diagnosis.Of(Gone with { IsClosed = false }));
        Assert.Equal(MemberCondition.Running, Diagnosis.Of(Gone with { IsClosed = false, Answers = true }));
        Assert.Equal(MemberCondition.Starting, Diagnosis.Of(Gone with { IsStarting = true, IsStartHeld = false }));
        Assert.Equal(MemberCondition.Unknown, Diagnosis.Of(Gone with { IsStartHeld = false }));
    }
}
