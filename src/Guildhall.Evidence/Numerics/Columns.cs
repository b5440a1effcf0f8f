using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Guildhall.Evidence.Numerics;

/// <summary>
/// Loops over columns of numbers, four at a time in an order that doesn't depend on the machine: no fused multiply and add, and always the same partial sums. Spans of one call are equally long: nothing is checked here.
/// </summary>
static class Columns
{
    const int Wide = 4;

    public static double Sum(ReadOnlySpan<double> x)
    {
        var sums = Vector256<double>.Zero;
        var i = 0;
        for (; i <= x.Length - Wide; i += Wide) sums += Load(x, i);
        var sum = Vector256.Sum(sums);
        for (; i < x.Length; i++) sum += x[i];
        return sum;
    }

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (first, second) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i <= x.Length - 2 * Wide; i += 2 * Wide)
        {
            first += Load(x, i) * Load(y, i);
            second += Load(x, i + Wide) * Load(y, i + Wide);
        }
        var sum = Vector256.Sum(first + second);
        for (; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>target += factor · x.</summary>
    public static void Add(Span<double> target, double factor, ReadOnlySpan<double> x)
    {
        var i = 0;
        for (; i <= x.Length - Wide; i += Wide) Store(Load(target, i) + Vector256.Create(factor) * Load(x, i), target, i);
        for (; i < x.Length; i++) target[i] += factor * x[i];
    }

    /// <summary>target = Σ factors[k] · columns[k], from <paramref name="start"/> on.</summary>
    public static void Combine(Span<double> target, ReadOnlySpan<double> factors, double[][] columns, int start)
    {
        Scale(target, factors[0], columns[0].AsSpan(start, target.Length));
        for (var k = 1; k < factors.Length; k++) Add(target, factors[k], columns[k].AsSpan(start, target.Length));
    }

    public static void Scale(Span<double> target, double factor, ReadOnlySpan<double> x)
    {
        var i = 0;
        for (; i <= x.Length - Wide; i += Wide) Store(Vector256.Create(factor) * Load(x, i), target, i);
        for (; i < x.Length; i++) target[i] = factor * x[i];
    }

    public static void Multiply(Span<double> target, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var i = 0;
        for (; i <= target.Length - Wide; i += Wide) Store(Load(x, i) * Load(y, i), target, i);
        for (; i < target.Length; i++) target[i] = x[i] * y[i];
    }

    /// <summary>target = later − earlier − target.</summary>
    public static void ChangeLess(Span<double> target, ReadOnlySpan<double> later, ReadOnlySpan<double> earlier)
    {
        var i = 0;
        for (; i <= target.Length - Wide; i += Wide) Store(Load(later, i) - Load(earlier, i) - Load(target, i), target, i);
        for (; i < target.Length; i++) target[i] = later[i] - earlier[i] - target[i];
    }

    /// <summary>target = logistic(target); target and slopes get p and p (1 − p).</summary>
    public static void Logistic(Span<double> target, Span<double> slopes)
    {
        var i = 0;
        var one = Vector256<double>.One;
        for (; i <= target.Length - Wide; i += Wide)
        {
            var p = one / (one + Vector256.Exp(-Load(target, i)));
            Store(p, target, i);
            Store(p * (one - p), slopes, i);
        }
        for (; i < target.Length; i++)
        {
            var p = 1 / (1 + Math.Exp(-target[i]));
            target[i] = p;
            slopes[i] = p * (1 - p);
        }
    }

    /// <summary>
    /// The influence of controls on a doubly robust or weighted effect, written over what the regression leaves of their change:
    /// remainder · leverage − weight (remainder − mean) / total + chance · score. The leverage is empty where there is no regression.
    /// </summary>
    public static void ControlInfluence(
        Span<double> remainder, ReadOnlySpan<double> score, ReadOnlySpan<double> weights, ReadOnlySpan<double> chances, ReadOnlySpan<double> leverage, double mean, double total)
    {
        var i = 0;
        var (means, totals) = (Vector256.Create(mean), Vector256.Create(1 / total));
        for (; i <= remainder.Length - Wide; i += Wide)
        {
            var left = Load(remainder, i);
            var influence = Load(chances, i) * Load(score, i) - Load(weights, i) * (left - means) * totals;
            Store(leverage.IsEmpty ? influence : influence + left * Load(leverage, i), remainder, i);
        }
        for (; i < remainder.Length; i++)
            remainder[i] = chances[i] * score[i] - weights[i] * (remainder[i] - mean) / total + (leverage.IsEmpty ? 0 : remainder[i] * leverage[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ReadOnlySpan<double> x, int at) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> value, Span<double> x, int at) => value.StoreUnsafe(ref MemoryMarshal.GetReference(x), (nuint)at);
}
