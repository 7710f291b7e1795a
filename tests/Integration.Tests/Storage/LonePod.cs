using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Pods;
using Slotwright.Integration.Tests.Support;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Storage;

/// <summary>A member's pod that owns all slots, so that it can be switched between its forms of storage.</summary>
internal sealed class LonePod : IAsyncDisposable
{
    private readonly PodSandbox _sandbox;

    private LonePod(PodSandbox sandbox) => _sandbox = sandbox;

    public TestPod Pod => _sandbox.Pods[0];

    /// <summary>Each write is in the file when it is answered, so that a kill takes none.</summary>
    public static string Config(bool appendOnly) =>
        $"loglevel notice\nmaxmemory 500mb\nsave 900 1\nappendfsync always\nappendonly {(appendOnly ? "yes" : "no")}\n";

    public static async Task<LonePod> StartAsync(string version, bool appendOnly)
    {
        var lone = new LonePod(await PodSandbox.StartAsync(1, version, Config(appendOnly)));
        await using var node = await lone.Pod.ConnectAsync();
        await node.AddSlotsRangeAsync(SlotSet.Split(1)[0], default);
        await node.SaveConfigAsync(default);
        Assert.True(await TestCluster.BecomesAsync(lone.AnswersAsync));
        return lone;
    }

    /// <summary>Ends its server, and starts it with other values.</summary>
    public async Task SwitchAsync(bool appendOnly, bool kill = false)
    {
        await EndAsync(kill);
        Values(appendOnly);
        await StartAsync();
    }

    public async Task StartAsync()
    {
        await Pod.UpAsync();
        Assert.True(await TestCluster.BecomesAsync(AnswersAsync), Pod.Log);
    }

    public async Task EndAsync(bool kill)
    {
        if (kill)
        {
            await Pod.KillAsync();
        }
        else
        {
            Assert.Equal(0, await Pod.TermAsync());
        }
    }

    public void Values(bool appendOnly) => Pod.Write("chart-config/valkey.conf", Config(appendOnly));

    public async Task SetAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await OkAsync("SET", key, $"value of {key}");
        }
    }

    public async Task OkAsync(params string[] words)
    {
        var reply = await Pod.SendAsync(words);
        Assert.False(reply is RespValue.Error, $"{string.Join(' ', words)}: {(reply as RespValue.Error)?.Text}");
    }

    /// <summary>All keys, in order.</summary>
    public async Task<string[]> KeysAsync() =>
        [
            .. ((RespValue.Array)await Pod.SendAsync("KEYS", "*"))
                .Items.Select(item => item.AsText()!)
                .Order(StringComparer.Ordinal),
        ];

    public async Task<string?> AskAsync(params string[] words) =>
        (await Pod.SendAsync(words)) switch
        {
            RespValue.Integer number => $"{number.Value}",
            RespValue.Error error => error.Text,
            var reply => reply.AsText(),
        };

    public string[] Aside() => [.. Directory.GetDirectories(Pod.PathOf("data"), "appendonlydir.before-*")];

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    /// <summary>A startup probe is content with files that are being prepared.</summary>
    public async Task<bool> AnswersAsync()
    {
        try
        {
            return await Pod.SendAsync("GET", "no such key") is RespValue.Null;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
