namespace Guildhall.Matching;

/// <summary>Passing over many people in a way that can be stopped.</summary>
static class Watch
{
    /// <summary>The same items; the token is looked at every 256 of them.</summary>
    public static IEnumerable<T> Watched<T>(this IEnumerable<T> items, CancellationToken stop)
    {
        var passed = 0;
        foreach (var item in items)
        {
            if (passed++ % 256 == 0) stop.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
