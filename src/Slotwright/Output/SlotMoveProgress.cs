using System.Globalization;
using Slotwright.Core.Planning;
using Slotwright.Operations.SlotMovers;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>How a move of slots goes: on a terminal a line that changes, elsewhere a line every few seconds.</summary>
internal sealed class SlotMoveProgress(Terminal terminal, TimeProvider time, SlotMeter meter) : IAsyncDisposable
{
    private const string FromTheLeft = "\r\e[K";

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly bool _isLive = terminal.Talk.Profile.Capabilities.Ansi;
    private readonly long _start = time.GetTimestamp();
    private Task? _showing;

    /// <summary>Begins with the first stage.</summary>
    public ValueTask BeginAsync(Stage stage, CancellationToken ct)
    {
        _showing ??= ShowAsync();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_showing is not null)
        {
            await _showing;
        }
        if (_showing is not null && meter.Read().Wanted > 0)
        {
            terminal.Talk.WriteLine(Line(meter.Read(), time.GetElapsedTime(_start)));
        }
        _end.Dispose();
    }

    private async Task ShowAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_isLive ? Often : Seldom, time, _end.Token);
                Show();
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            if (_isLive)
            {
                terminal.Talk.Write(new ControlCode(FromTheLeft));
            }
        }
    }

    private void Show()
    {
        var count = meter.Read();
        if (count.Wanted == 0)
        {
            return;
        }
        var line = Line(count, time.GetElapsedTime(_start));
        if (_isLive)
        {
            terminal.Talk.Write(new ControlCode(FromTheLeft));
            terminal.Talk.Markup($"{SlotStrip.Of(count.Phases)} {Markup.Escape(line)}");
        }
        else
        {
            terminal.Talk.WriteLine(line);
        }
    }

    private static string Line(SlotCount count, TimeSpan elapsed)
    {
        var rate = count.Keys / Math.Max(0.001, elapsed.TotalSeconds);
        var left =
            count.Moved > 0 && count.Moved < count.Wanted
                ? $", {elapsed.TotalSeconds / count.Moved * (count.Wanted - count.Moved):0} s left"
                : "";
        var bytes = count.Bytes > 0 ? $" ({Sizes.Of(count.Bytes)})" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed.TotalSeconds, 5:0}s  {count.Moved} of {count.Wanted} slots, {count.Keys} keys{bytes}, {rate:0} keys/s{left}"
        );
    }
}
