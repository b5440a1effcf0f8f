namespace Guildhall.Commands.Demo;

/// <summary>
/// SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) and the
/// distributions the demo draws from. Not System.Random: its seeded sequence may change with the .NET version.
/// </summary>
sealed class DemoRandom(ulong state)
{
    const ulong Golden = 0x9E3779B97F4A7C15;

    ulong state = state;
    double spareNormal = double.NaN;

    /// <summary>
    /// A stream of its own for one purpose and one index, so that a change in how listings are drawn leaves every name as it was.
    /// </summary>
    public static DemoRandom For(ulong seed, string purpose, int index = 0)
    {
        var key = Mix(seed + Golden);
        foreach (var letter in purpose) key = Mix(key ^ letter) + Golden;
        return new DemoRandom(Mix(key ^ (uint)index));
    }

    public ulong Next() => Mix(state += Golden);

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1; the bias of the multiplication is below count / 2^64.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Uniform in (0, 1): never 0, so its logarithm is finite.</summary>
    public double Unit() => ((Next() >> 12) + 0.5) * (1.0 / (1UL << 52));

    public double Between(double low, double high) => low + (high - low) * Unit();

    public int Between(int low, int highInclusive) => low + Below(highInclusive - low + 1);

    public bool Chance(double share) => Unit() < share;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public T PickWeighted<T>(IReadOnlyList<T> items, Func<T, double> weight)
    {
        var left = Unit() * items.Sum(weight);
        foreach (var item in items)
        {
            left -= weight(item);
            if (left < 0) return item;
        }
        return items[^1];
    }

    /// <summary>Up to <paramref name="count"/> different items, in random order.</summary>
    public List<T> PickSome<T>(IEnumerable<T> items, int count)
    {
        var left = items.ToList();
        Shuffle(left);
        return left.Count <= count ? left : left[..count];
    }

    public void Shuffle<T>(IList<T> items)
    {
        for (var last = items.Count - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>Standard normal, by Marsaglia's polar method (SIAM Review 6, 1964).</summary>
    public double Normal()
    {
        if (!double.IsNaN(spareNormal))
        {
            var spare = spareNormal;
            spareNormal = double.NaN;
            return spare;
        }
        while (true)
        {
            var x = 2 * Unit() - 1;
            var y = 2 * Unit() - 1;
            var square = x * x + y * y;
            if (square is >= 1 or 0) continue;
            var scale = Math.Sqrt(-2 * PortableMath.Log(square) / square);
            spareNormal = y * scale;
            return x * scale;
        }
    }

    public double LogNormal(double median, double sigma) => median * PortableMath.Exp(sigma * Normal());

    public double Exponential(double mean) => -mean * PortableMath.Log(Unit());

    /// <summary>Poisson count; above a mean of 30 the rounded normal, whose error no figure here would show.</summary>
    public int Poisson(double mean)
    {
        if (mean > 30) return Math.Max(0, (int)Math.Round(mean + Math.Sqrt(mean) * Normal()));
        var limit = PortableMath.Exp(-mean);
        var count = 0;
        for (var product = Unit(); product > limit; product *= Unit()) count++;
        return count;
    }

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
