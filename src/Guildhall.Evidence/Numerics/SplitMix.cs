namespace Guildhall.Evidence.Numerics;

/// <summary>
/// Seeded random numbers, the same on every machine: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (SplitMix64).
/// </summary>
/// <param name="seed">Any number; equal seeds give equal draws.</param>
sealed class SplitMix(ulong seed)
{
    ulong state = seed;

    /// <summary>One step of the generator as a hash: neighbouring keys give unrelated values.</summary>
    public static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public ulong Next()
    {
        var value = Mix(state);
        state += 0x9E3779B97F4A7C15;
        return value;
    }

    /// <summary>Above 0 and below 1.</summary>
    public static double Uniform(ulong key) => ((key >> 11) + 0.5) / 9007199254740992.0;

    public double Uniform() => Uniform(Next());

    public double Normal() => Probability.NormalQuantile(Uniform());

    /// <summary>0 to <paramref name="below"/> − 1, without bias (Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019).</summary>
    public int Below(int below)
    {
        var product = (UInt128)Next() * (ulong)below;
        if ((ulong)product < (ulong)below)
            for (var threshold = (0 - (ulong)below) % (ulong)below; (ulong)product < threshold;)
                product = (UInt128)Next() * (ulong)below;
        return (int)(ulong)(product >> 64);
    }
}
