using System.Runtime.CompilerServices;

namespace Guildhall.Matching;

/// <summary>
/// A binary heap of mentors by distance, for Dijkstra's search. A mentor whose distance falls is pushed again; the caller skips
/// the older entry. Equal distances come out in an order that depends only on the order of the pushes.
/// </summary>
internal sealed class MentorHeap
{
    (long Distance, int Mentor)[] entries = new (long, int)[64];
    int count;

    public void Clear() => count = 0;

    public void Push(long distance, int mentor)
    {
        if (count == entries.Length)
            Array.Resize(ref entries, 2 * count);
        var at = count++;
        while (at > 0)
        {
            var parent = (at - 1) >> 1;
            if (entries[parent].Distance <= distance)
                break;
            entries[at] = entries[parent];
            at = parent;
        }
        entries[at] = (distance, mentor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPop(out long distance, out int mentor)
    {
        if (count == 0)
        {
            (distance, mentor) = (0, -1);
            return false;
        }
        (distance, mentor) = entries[0];
        var last = entries[--count];
        var at = 0;
        while (2 * at + 1 < count)
        {
            var child = 2 * at + 1;
            if (child + 1 < count && entries[child + 1].Distance < entries[child].Distance)
                child++;
            if (entries[child].Distance >= last.Distance)
                break;
            entries[at] = entries[child];
            at = child;
        }
        entries[at] = last;
        return true;
    }
}
