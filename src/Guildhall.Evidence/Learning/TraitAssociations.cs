using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>How one trait goes with the outcome, the other traits held where they are.</summary>
/// <param name="Name">The trait.</param>
/// <param name="Association">The change of the outcome by one standard deviation of the trait, and its standard error.</param>
/// <param name="Spread">That standard deviation (n − 1), in the trait's unit.</param>
/// <param name="Interval">The 95% interval, by Student's t with one degree of freedom fewer than there are clusters.</param>
/// <param name="PValue">Two-sided, of no association; by the same distribution.</param>
/// <param name="AdjustedPValue">The same corrected for the number of traits, by Benjamini and Hochberg.</param>
public sealed record TraitAssociation(string Name, Estimate Association, double Spread, Interval Interval, double PValue, double AdjustedPValue)
{
    /// <summary>The change of the outcome by one unit of the trait.</summary>
    public double Slope => Association.Value / Spread;
}

/// <summary>
/// Which traits go with an outcome: ridge regression on all of them at once, with what its shrinking takes away put back, and intervals by leaving out one cluster after another. An association, not yet a cause.
/// </summary>
/// <remarks>
/// <para>With Z the traits at mean 0 and standard deviation 1, b = (Z'Z + λI)⁻¹ Z'y and λ the number of traits: what one believes who expects all traits together to explain as much as chance does. λ doesn't hang on the outcome, so intervals need not allow for a
/// choice. The shrinking's own bias, −λ (Z'Z + λI)⁻¹ β, is estimated and taken off: b + λ (Z'Z + λI)⁻¹ b (B. Singh, Y. Chaubey, T. Dwivedi, "An almost unbiased ridge estimator", Sankhyā B 48, 1986). What remains is its square, under 1% with ten rows a trait that
/// don't go together; of traits that do, the shared part is told and the rest stays near 0.</para>
/// <para>Rows of one cluster, such as the mentees of one mentor, may depend on each other: the variance is the jackknife's over clusters, (G − 1)/G Σ (b₍g₎ − b)², which errs towards too wide (J. MacKinnon, M. Nielsen, M. Webb, "Cluster-robust inference", Journal of
/// Econometrics 232, 2023, CV3). Deterministic; time O(n K² + G K³).</para>
/// </remarks>
public sealed class TraitAssociations
{
    readonly double mean;
    readonly double[] means;

    TraitAssociations(IReadOnlyList<TraitAssociation> traits, double[] ridge, double mean, double[] means) => (Traits, Ridge, this.mean, this.means) = (traits, ridge, mean, means);

    /// <summary>The traits, in the order of the columns.</summary>
    public IReadOnlyList<TraitAssociation> Traits { get; }

    /// <summary>The coefficients before what was shrunk is put back.</summary>
    internal double[] Ridge { get; }

    /// <summary>The outcome to be expected of these traits.</summary>
    /// <param name="values">A value a trait, in the order of the columns.</param>
    /// <returns>In the outcome's unit.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    public double Predict(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return mean + Traits.Select((trait, k) => trait.Slope * (values[k] - means[k])).Sum();
    }

    /// <summary>Estimates the associations.</summary>
    /// <param name="outcome">A finite number a row.</param>
    /// <param name="traits">The traits, as many rows.</param>
    /// <param name="clusters">Rows that share a number depend on each other.</param>
    /// <returns>The associations, or a refusal: fewer than three clusters, a missing value, a constant trait or outcome.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public static Answer<TraitAssociations> Estimate(double[] outcome, CovariateTable traits, int[] clusters)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(traits);
        ArgumentNullException.ThrowIfNull(clusters);
        if (traits.Count != outcome.Length || clusters.Length != outcome.Length) throw new ArgumentException("There is one outcome and one cluster a row.", nameof(outcome));
        if (traits.Check() is { } refusal) return refusal;
        var groups = Enumerable.Range(0, outcome.Length).GroupBy(i => clusters[i]).Select(group => group.ToArray()).ToList();
        if (groups.Count < 3) return new EvidenceRefusal(RefusalReason.TooFewRows, "There are fewer than three clusters.");
        var missing = Array.FindIndex(outcome, value => !double.IsFinite(value));
        if (missing >= 0) return new EvidenceRefusal(RefusalReason.MissingValue, FormattableString.Invariant($"Row {missing} has no outcome."));
        if (Array.TrueForAll(outcome, value => value == outcome[0])) return new EvidenceRefusal(RefusalReason.ConstantOutcome, "The outcome is the same in every row.");
        if (traits.Standardised(degreesLost: 1) is not var (x, means, spreads)) return new EvidenceRefusal(RefusalReason.CollinearCovariates, "A trait is the same for everybody.");

        var (size, all) = (x.Length, Sums.Of(x, outcome, Enumerable.Range(0, outcome.Length)));
        var (ridge, corrected) = all.Solve(size - 1);
        var variance = new double[size];
        foreach (var group in groups)
        {
            var (_, without) = all.Less(Sums.Of(x, outcome, group)).Solve(size - 1);
            for (var k = 0; k < size; k++) variance[k] += (without[k] - corrected[k]) * (without[k] - corrected[k]) * (groups.Count - 1) / groups.Count;
        }

        var (degrees, critical) = (groups.Count - 1, Probability.StudentQuantile(0.975, groups.Count - 1));
        Estimate[] estimates = [.. Enumerable.Range(1, size - 1).Select(k => new Estimate(corrected[k], Math.Sqrt(variance[k])))];
        double[] chances = [.. estimates.Select(one => one.StandardError > 0 ? Probability.TwoSidedStudent(one.Value / one.StandardError, degrees) : 0)];
        var adjusted = MultipleTests.BenjaminiHochberg(chances);
        return new TraitAssociations(
            [.. estimates.Select((one, k) => new TraitAssociation(traits.Names[k], one, spreads[k], one.WithCriticalValue(critical), chances[k], adjusted[k]))], ridge[1..], outcome.Average(), means);
    }

    /// <summary>What the fit needs of some rows: products of the columns, the constant first, with each other and with the outcome.</summary>
    sealed record Sums(double[] Gram, double[] Right)
    {
        public static Sums Of(double[][] x, double[] y, IEnumerable<int> rows)
        {
            var size = x.Length;
            var (gram, right) = (new double[size * size], new double[size]);
            foreach (var i in rows)
                for (var j = 0; j < size; j++)
                {
                    right[j] += x[j][i] * y[i];
                    for (var k = 0; k < size; k++) gram[j * size + k] += x[j][i] * x[k][i];
                }
            return new(gram, right);
        }

        public Sums Less(Sums other) => new([.. Gram.Zip(other.Gram, (all, left) => all - left)], [.. Right.Zip(other.Right, (all, left) => all - left)]);

        /// <summary>The ridge's coefficients, the unpunished constant first, and the same with the bias that shrinking brings taken off.</summary>
        public (double[] Ridge, double[] Corrected) Solve(double penalty)
        {
            var size = Right.Length;
            var punished = (double[])Gram.Clone();
            for (var k = 1; k < size; k++) punished[k * size + k] += penalty;
            var factor = SymmetricMatrix.Cholesky(punished, size)!;
            var ridge = SymmetricMatrix.Solve(factor, size, Right);
            double[] taken = [0, .. ridge.Skip(1).Select(value => penalty * value)];
            return (ridge, [.. ridge.Zip(SymmetricMatrix.Solve(factor, size, taken), (value, back) => value + back)]);
        }
    }
}
