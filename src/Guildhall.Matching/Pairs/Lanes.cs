using System.Numerics;
using System.Runtime.InteropServices;

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

    /// <summary>The part of a column that stands beside the lanes from <paramref name="first"/> on.</summary>
    public static ReadOnlySpan<Vector<T>> Vectors<T>(T[] column, int first, int count)
        where T : struct => MemoryMarshal.Cast<T, Vector<T>>(column.AsSpan(first, count));
}
