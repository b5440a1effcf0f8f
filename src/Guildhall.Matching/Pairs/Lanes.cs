using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Guildhall.Matching;

/// <summary>
/// Figures of mentors side by side, read as many at once as the machine's vectors hold. Columns and rows are filled up to whole vectors. Every lane is computed
/// by itself and nothing is fused, so the figures are the same on any width.
/// </summary>
static class Lanes
{
    /// <summary>Floats in the widest vector that .NET uses.</summary>
    const int Widest = 16;

    public static int Padded(int count) => (count + Widest - 1) / Widest * Widest;

    /// <summary>A column of a figure; NaN where it isn't known.</summary>
    public static float[] Column<T>(T[] people, Func<T, double?> figure)
    {
        var column = Empty(people.Length);
        for (var p = 0; p < people.Length; p++) column[p] = (float)(figure(people[p]) ?? double.NaN);
        return column;
    }

    public static float[] Empty(int count)
    {
        var column = new float[Padded(count)];
        Array.Fill(column, float.NaN);
        return column;
    }

    public static Span<Vector<T>> Vectors<T>(Span<T> lanes)
        where T : struct => MemoryMarshal.Cast<T, Vector<T>>(lanes);

    public static ReadOnlySpan<Vector<T>> Vectors<T>(ReadOnlySpan<T> lanes)
        where T : struct => MemoryMarshal.Cast<T, Vector<T>>(lanes);

    /// <summary>The figures of some people, side by side.</summary>
    /// <param name="column">A column of a figure.</param>
    /// <param name="at">Whose figures, by place in the column.</param>
    /// <param name="into">Room for as many.</param>
    public static unsafe void Gather(float[] column, ReadOnlySpan<int> at, Span<float> into)
    {
        var k = 0;
        if (Avx2.IsSupported)
            fixed (float* figures = column)
            fixed (int* places = at)
            fixed (float* to = into)
                for (; k + 8 <= at.Length; k += 8) Avx2.GatherVector256(figures, Avx.LoadVector256(places + k), sizeof(float)).Store(to + k);
        for (; k < at.Length; k++) into[k] = column[at[k]];
    }

    /// <summary>The places of those that have none of some bits, filled up to whole vectors with places that mean nobody in particular.</summary>
    /// <param name="bits">Bits by place, filled up to whole vectors; the filling has all of them.</param>
    /// <param name="none">The bits to have none of.</param>
    /// <param name="into">Room for as many places as there are bits.</param>
    /// <returns>How many have none.</returns>
    public static int Pick(ReadOnlySpan<uint> bits, uint none, Span<int> into)
    {
        var (count, wanted) = (0, Vector256.Create(none));
        for (var first = 0; first < bits.Length; first += Vector256<uint>.Count)
            for (var free = Vector256.Equals(Vector256.Create(bits[first..]) & wanted, Vector256<uint>.Zero).ExtractMostSignificantBits(); free != 0; free &= free - 1)
                into[count++] = first + BitOperations.TrailingZeroCount(free);
        into[count..Padded(count)].Clear();
        return count;
    }
}
