using System.Threading.Channels;

namespace Guildhall.Platform.Jobs;

/// <summary>Wakes this node's worker at once; without it the worker finds the work when it next looks.</summary>
class Signal
{
    readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => wakes.Writer.TryWrite(true);

    public async Task Wait(TimeSpan atMost, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(atMost);
        try
        {
            await wakes.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody called: time to look whether another node left work behind, or to stop.
        }
    }
}
