using System.Runtime.CompilerServices;
using Slotwright.Core.Planning;
using Slotwright.Operations.Running;

namespace Slotwright.Unit.Tests.Running;

public sealed class StepHandlersTests
{
    public static TheoryData<Type> Steps =>
        [.. typeof(Step).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Step)) && !t.IsAbstract)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_kind_of_step_has_something_that_applies_it(Type kind) =>
        Assert.NotNull(StepHandlers.Find((Step)RuntimeHelpers.GetUninitializedObject(kind)));

    [Fact]
    public void There_are_steps() => Assert.NotEmpty(Steps);
}
