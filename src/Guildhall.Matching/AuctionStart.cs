using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Guildhall.Matching;

/// <summary>
/// Prices and pairs close to the optimum by total score: a forward auction with ε-scaling, in which the places of a mentor are
/// similar objects (Bertsekas and Castañon 1989). A start for <see cref="ExactFinish"/>, which alone answers for exactness.
/// </summary>
/// <remarks>
/// A mentor's price is its lowest accepted bid once it is full, before that the floor the last phase left. Staying unmatched is an
/// option worth −bonus, so that rows need only scores and prices. Bidders wait in a first-in, first-out ring: a stack starts price wars.
/// </remarks>
internal sealed unsafe partial class AuctionStart
{
    // Above any score and bid, and low enough that net × 1024 fits 32 bits.
    const int NoPlaces = 2_090_000;

    /// <summary>The greatest bonus that bids can carry in 32-bit keys.</summary>
    public const long MaxBonus = 900_000;

    // A row is scanned in chunks of what the ten low bits of a key can count.
    const int IndexBits = 10, ChunkLength = 1 << IndexBits, IndexMask = ChunkLength - 1;

    // Without the last two phases the exact finish visits three times the mentors on G at 100,000 (1.76 million for 0.61).
    static ReadOnlySpan<int> Phases => [100_000, 25_000, 6_000, 1_500, 375, 94];

    // How far a price falls between phases, in epsilons of the last; that of a mentor with room was certainly too high.
    const int Fall = 2, RoomFall = 10;

    readonly AssignmentProblem problem;
    readonly long[] bonus;
    readonly int[] price, placeStart, load, bids, bidders, pairOf, ring;
    readonly CancellationToken stop;

    int* starts, mentors, scores, prices;

    /// <summary>Whether rows are scanned eight pairs at a time; either way the bids are the same.</summary>
    public bool UsesVectors { get; init; } = Avx2.IsSupported;

    /// <summary>Prepares an auction.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="places">The places of each mentor, 0 for one that can't be chosen.</param>
    /// <param name="bonus">The bonus of each priority class, 0 … <see cref="MaxBonus"/>.</param>
    /// <param name="stop">Looked at every hundred thousand pairs.</param>
    public AuctionStart(AssignmentProblem problem, int[] places, long[] bonus, CancellationToken stop)
    {
        this.bonus = bonus;
        this.problem = problem;
        this.stop = stop;
        price = new int[problem.MentorCount];
        placeStart = new int[problem.MentorCount + 1];
        for (var j = 0; j < places.Length; j++)
        {
            placeStart[j + 1] = placeStart[j] + places[j];
            if (places[j] == 0)
                price[j] = NoPlaces;
        }
        load = new int[problem.MentorCount];
        bids = new int[placeStart[^1]];
        bidders = new int[placeStart[^1]];
        pairOf = new int[problem.MenteeCount];
        pairOf.AsSpan().Fill(-1);
        ring = new int[problem.MenteeCount];
    }

    /// <summary>The bonus of each priority class.</summary>
    public ReadOnlySpan<long> Bonus => bonus;

    /// <summary>The price of each mentor, meaningless for one without places.</summary>
    public ReadOnlySpan<int> Price => price;

    /// <summary>The pair held by each mentee, −1 for none.</summary>
    public ReadOnlySpan<int> PairOf => pairOf;

    public void Run()
    {
        fixed (int* s = problem.RowStartArray, m = problem.MentorArray, w = problem.ScoreArray, p = price)
        {
            starts = s;
            mentors = m;
            scores = w;
            prices = p;
            for (var k = PricedBySample() ? SamplePhases : 0; k < Phases.Length; k++)
            {
                Auction(Phases[k]);
                if (k + 1 < Phases.Length)
                    Reopen(Phases[k]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Auction(int epsilon)
    {
        var priorities = problem.PriorityArray;
        var waiting = 0;
        for (var i = 0; i < pairOf.Length; i += share)
            if (pairOf[i] < 0)
                ring[waiting++] = i;
        var (head, tail) = (0, waiting == ring.Length ? 0 : waiting);
        for (var work = 0; waiting > 0; waiting--)
        {
            var mentee = ring[head];
            if (++head == ring.Length)
                head = 0;
            if (Sse.IsSupported && waiting > 5)
                Prefetch(ring[head + 4 < ring.Length ? head + 4 : head + 4 - ring.Length]);
            if ((work += starts[mentee + 1] - starts[mentee]) > 100_000)
            {
                work = 0;
                stop.ThrowIfCancellationRequested();
            }

            var (pair, net, next) = BestTwo(starts[mentee], starts[mentee + 1]);
            var unmatched = -(int)bonus[priorities[mentee]];
            if (net <= unmatched)
                continue;
            var evicted = Bid(mentee, pair, scores[pair] - Math.Max(next, unmatched) + epsilon);
            if (evicted < 0)
                continue;
            pairOf[evicted] = -1;
            ring[tail] = evicted;
            if (++tail == ring.Length)
                tail = 0;
            waiting++;
        }
    }

    // Takes a free place, or the place of the lowest bid, whose bidder is returned.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Bid(int mentee, int pair, int bid)
    {
        var mentor = mentors[pair];
        var (first, places) = (placeStart[mentor], Places(mentor));
        pairOf[mentee] = pair;
        if (load[mentor] < places)
        {
            SiftUp(first, load[mentor]++, bid, mentee);
            if (load[mentor] == places)
                prices[mentor] = bids[first];
            return -1;
        }
        var evicted = bidders[first];
        SiftDown(first, 0, places, bid, mentee);
        prices[mentor] = bids[first];
        return evicted;
    }

    // Lowers the prices so that mentors whom the coarser phase has priced too high can be found again; a bid that cleared the old price
    // by the old epsilon was the best of its row to the exact, and stays. A fall of three epsilons costs a fifth more bids on A at
    // 100,000 and leaves fewer priced free places, which the finish now closes for less than that. A greater fall
    // where there is room takes a tenth off the time of B.
    void Reopen(int oldEpsilon)
    {
        var fall = Fall * oldEpsilon;
        for (var j = 0; j < price.Length; j++)
        {
            var (first, count, places) = (placeStart[j], load[j], Places(j));
            if (places == 0)
                continue;
            var threshold = price[j] + oldEpsilon;
            load[j] = 0;
            price[j] = Math.Max(0, price[j] - (count < places ? RoomFall * oldEpsilon : fall));
            var kept = 0;
            for (var at = first; at < first + count; at++)
            {
                if (bids[at] >= threshold)
                    SiftUp(first, kept++, bids[at] - fall, bidders[at]);
                else
                    pairOf[bidders[at]] = -1;
            }
            load[j] = kept;
            if (kept == places)
                price[j] = Math.Max(price[j], bids[first]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SiftUp(int first, int at, int bid, int bidder)
    {
        while (at > 0)
        {
            var parent = (at - 1) >> 1;
            if (bids[first + parent] <= bid)
                break;
            bids[first + at] = bids[first + parent];
            bidders[first + at] = bidders[first + parent];
            at = parent;
        }
        bids[first + at] = bid;
        bidders[first + at] = bidder;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SiftDown(int first, int at, int count, int bid, int bidder)
    {
        while (2 * at + 1 < count)
        {
            var child = 2 * at + 1;
            if (child + 1 < count && bids[first + child + 1] < bids[first + child])
                child++;
            if (bids[first + child] >= bid)
                break;
            bids[first + at] = bids[first + child];
            bidders[first + at] = bidders[first + child];
            at = child;
        }
        bids[first + at] = bid;
        bidders[first + at] = bidder;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Prefetch(int mentee)
    {
        var (row, end) = (starts[mentee], starts[mentee + 1]);
        for (; row < end && row < starts[mentee] + 64; row += 16)
        {
            Sse.Prefetch0(mentors + row);
            Sse.Prefetch0(scores + row);
        }
    }

    // The best pair of a row, its net, and the second-best net. Of equal nets the first in the row wins.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (int Pair, int Net, int Next) BestTwo(int start, int end)
    {
        var (pair, net, next) = (-1, int.MinValue, int.MinValue);
        for (; start < end; start += ChunkLength)
        {
            var length = Math.Min(end - start, ChunkLength);
            var (best, second) = UsesVectors ? BestKeysByVector(start, length) : BestKeys(start, length);
            var chunkNet = best >> IndexBits;
            if (chunkNet > net)
            {
                (next, net) = (Math.Max(net, second >> IndexBits), chunkNet);
                pair = start + (IndexMask - (best & IndexMask));
            }
            else
            {
                next = Math.Max(next, chunkNet);
            }
        }
        return (pair, net, next);
    }

    // A key is the net above the reversed index, so that one maximum finds both.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (int Best, int Second) BestKeys(int start, int length)
    {
        var (best, second) = (int.MinValue, int.MinValue);
        for (var k = 0; k < length; k++)
        {
            var key = ((scores[start + k] - prices[mentors[start + k]]) << IndexBits) | (IndexMask - k);
            second = Math.Max(second, Math.Min(best, key));
            best = Math.Max(best, key);
        }
        return (best, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (int Best, int Second) BestKeysByVector(int start, int length)
    {
        var (best, second) = (Vector256.Create(int.MinValue), Vector256.Create(int.MinValue));
        var index = Vector256.Create(IndexMask) - Vector256<int>.Indices;
        var k = 0;
        for (; k + 8 <= length; k += 8)
        {
            var at = Avx.LoadVector256(mentors + start + k);
            var key = Avx2.ShiftLeftLogical(Avx.LoadVector256(scores + start + k) - Avx2.GatherVector256(prices, at, 4), IndexBits) | index;
            second = Avx2.Max(second, Avx2.Min(best, key));
            best = Avx2.Max(best, key);
            index -= Vector256.Create(8);
        }
        if (k < length)
        {
            var inRow = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(length - k));
            var at = Avx2.MaskLoad(mentors + start + k, inRow);
            var net = Avx2.MaskLoad(scores + start + k, inRow) - Avx2.GatherMaskVector256(Vector256<int>.Zero, prices, at, inRow, 4);
            var key = Vector256.ConditionalSelect(inRow, Avx2.ShiftLeftLogical(net, IndexBits) | index, Vector256.Create(int.MinValue));
            second = Avx2.Max(second, Avx2.Min(best, key));
            best = Avx2.Max(best, key);
        }
        for (var lanes = 4; lanes > 0; lanes >>= 1)
        {
            var turned = Vector256.Shuffle(best, Vector256<int>.Indices ^ Vector256.Create(lanes));
            var turnedSecond = Vector256.Shuffle(second, Vector256<int>.Indices ^ Vector256.Create(lanes));
            second = Avx2.Max(Avx2.Max(second, turnedSecond), Avx2.Min(best, turned));
            best = Avx2.Max(best, turned);
        }
        return (best.ToScalar(), second.ToScalar());
    }
}
