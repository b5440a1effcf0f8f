namespace Guildhall.Matching;

/// <summary>
/// A comparison that depends on one trait of the mentee alone, as a row of answers by mentor. Mentees with the same trait share a row, which is made when the first of them is asked about.
/// </summary>
/// <typeparam name="T">The answer.</typeparam>
sealed class TraitColumns<T>
    where T : struct
{
    /// <summary>Answers kept: 64 MB. Beyond, a row is made each time.</summary>
    const int MostKept = 16_000_000;

    readonly int mentors;
    readonly Func<int, int, T> compare;
    readonly int[] traitOf;
    readonly T[]?[] rows;

    /// <summary>Numbers the traits; no pair is compared yet.</summary>
    /// <param name="traits">The trait of each mentee, as texts; equal ones give equal answers.</param>
    /// <param name="mentors">How many mentors.</param>
    /// <param name="compare">The answer of a mentee and a mentor.</param>
    public TraitColumns(IEnumerable<IEnumerable<string>> traits, int mentors, Func<int, int, T> compare)
    {
        (this.mentors, this.compare) = (mentors, compare);
        var numberOf = new Dictionary<string, int>();
        // With the lengths, no text can pass for two.
        traitOf = [.. traits.Select(texts => string.Concat(texts.Select(text => $"{text.Length}:{text}")))
            .Select(trait => numberOf.TryGetValue(trait, out var number) ? number : numberOf[trait] = numberOf.Count)];
        rows = new T[]?[Math.Min(numberOf.Count, MostKept / Math.Max(1, mentors))];
    }

    /// <summary>Answers of one mentee by mentor, filled up to whole vectors.</summary>
    public void Read(int i, Span<T> into)
    {
        if (Kept(i) is { } row) row.CopyTo(into);
        else
            for (var j = 0; j < mentors; j++) into[j] = compare(i, j);
    }

    /// <summary>Answers of one mentee and some mentors.</summary>
    public void Read(int i, ReadOnlySpan<int> at, Span<T> into)
    {
        var row = Kept(i);
        for (var k = 0; k < at.Length; k++) into[k] = row is null ? compare(i, at[k]) : row[at[k]];
    }

    /// <summary>The row of the mentee's trait; null where there are too many to keep it.</summary>
    T[]? Kept(int i)
    {
        if (traitOf[i] >= rows.Length) return null;
        // Two threads may make the same row at once; either will do.
        if (Volatile.Read(ref rows[traitOf[i]]) is { } kept) return kept;
        var row = new T[Lanes.Padded(mentors)];
        for (var j = 0; j < mentors; j++) row[j] = compare(i, j);
        Volatile.Write(ref rows[traitOf[i]], row);
        return row;
    }
}
