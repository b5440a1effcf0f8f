namespace Guildhall.Evidence;

/// <summary>
/// As <see cref="ConfidenceSequence"/> for an outcome between 0 and 1, such as whether a seller made a first sale, without any approximation: it holds from the first row on. Howard, Ramdas, McAuliffe and Sekhon (2021), section
/// 4.2. Each row's effect is estimated by inverse propensity around predictions from the rows before it.
/// </summary>
public static class BoundedSequence
{
    /// <summary>The intervals after each row; each is part of all before it.</summary>
    /// <param name="treated">Whether each row is in the treated arm, in the order in which rows were drawn.</param>
    /// <param name="outcome">A number from 0 to 1 a row.</param>
    /// <param name="plannedVariance">The accumulated variance at the planned end, above 0: about the planned rows times 4 · p (1 − p) with equal arms and an outcome of mean p.</param>
    /// <param name="treatedShare">The chance with which each row was drawn into the treated arm, above 0 and below 1.</param>
    /// <param name="alpha">The chance of ever being wrong, above 0 and below 0.5.</param>
    /// <returns>An interval a row, within −1 to 1, or a refusal: no rows, or an outcome out of range.</returns>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Answer<IReadOnlyList<SequencePoint>> Read(bool[] treated, double[] outcome, double plannedVariance, double treatedShare = 0.5, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(outcome);
        if (treated.Length != outcome.Length) throw new ArgumentException("The rows don’t fit together.", nameof(outcome));
        Numerics.Probability.CheckedLevel(treatedShare);
        if (outcome.Length == 0) return new EvidenceRefusal(RefusalReason.TooFewRows, "There are no rows.");
        var wrong = Array.FindIndex(outcome, value => !(value is >= 0 and <= 1));
        if (wrong >= 0) return new EvidenceRefusal(RefusalReason.OutOfRange, FormattableString.Invariant($"The outcome of row {wrong} isn’t between 0 and 1."));

        var boundary = MixtureBoundary.TunedTo(plannedVariance, alpha / 2);
        var scale = 2 / Math.Min(treatedShare, 1 - treatedShare);
        var (sums, counts) = (new double[2], new int[2]);
        var (total, variance, lower, upper) = (0.0, 0.0, -1.0, 1.0);
        var points = new List<SequencePoint>();
        for (var i = 0; i < outcome.Length; i++)
        {
            // Any prediction from earlier rows will do; these are those of the authors' own example.
            var (first, second) = i == 0 ? (0.5, 0.5) : (sums[1] / Math.Max(counts[1], 1), sums[0] / Math.Max(counts[0], 1));
            var effect = first - second + (treated[i] ? (outcome[i] - first) / treatedShare : -(outcome[i] - second) / (1 - treatedShare));
            total += effect;
            variance += Math.Pow(effect - (first - second), 2);
            var (mean, reach) = (total / (i + 1), boundary.Bounded(variance, alpha / 2, scale) / (i + 1));
            (lower, upper) = (Math.Max(lower, mean - reach), Math.Min(upper, mean + reach));
            points.Add(new(i + 1, Math.Clamp(mean, -1, 1), new(lower, upper)));
            sums[treated[i] ? 1 : 0] += outcome[i];
            counts[treated[i] ? 1 : 0]++;
        }
        return new(points, null);
    }
}

/// <summary>A reading of a sequence.</summary>
/// <param name="Rows">The number of rows so far.</param>
/// <param name="Difference">The estimated difference, −1 to 1.</param>
/// <param name="Safe">The interval that holds the true difference at every row with the chance asked for; should its lower end be above its upper, the arms weren't drawn as stated.</param>
public sealed record SequencePoint(int Rows, double Difference, Interval Safe);
