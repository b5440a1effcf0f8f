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

    /// <summary>Answers of one mentee, from a mentor on.</summary>
    public void Read(int i, int first, Span<T> into)
    {
        if (traitOf[i] >= rows.Length)
        {
            Compare(i, first, into);
            return;
        }
        // Two threads may make the same row at once; either will do.
        var row = Volatile.Read(ref rows[traitOf[i]]);
        if (row is null)
        {
            Compare(i, 0, row = new T[Lanes.Padded(mentors)]);
            Volatile.Write(ref rows[traitOf[i]], row);
        }
        row.AsSpan(first, into.Length).CopyTo(into);
    }

    void Compare(int i, int first, Span<T> into)
    {
        for (var j = first; j < Math.Min(mentors, first + into.Length); j++) into[j - first] = compare(i, j);
    }
}
