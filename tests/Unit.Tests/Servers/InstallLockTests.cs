using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class InstallLockTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_second_says_that_it_waits_and_goes_on_when_the_first_ends()
    {
        var ct = TestContext.Current.CancellationToken;
        var path = Path.Combine(_machine.Root, "lock");
        var waiting = new TaskCompletionSource();

        var first = await InstallLock.TakeAsync(path, () => Assert.Fail("nobody holds it"), TimeProvider.System, ct);
        var second = InstallLock.TakeAsync(path, waiting.SetResult, TimeProvider.System, ct);
        await waiting.Task.WaitAsync(ct);
        Assert.False(second.IsCompleted);
        first.Dispose();

        (await second).Dispose();
    }
}
