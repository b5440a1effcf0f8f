using System.Globalization;
using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// How much mentors differ, from a number a mentee: mentees of one mentor share what the mentor adds, and differ beside it. A linear mixed model with a random intercept (N. Laird, J. Ware, "Random-effects models for longitudinal data",
/// Biometrics 38, 1982), fitted by its likelihood or its restricted likelihood (H. Patterson, R. Thompson, Biometrika 58, 1971). Where each mentor has an effect with its own standard error already, see <see cref="Shrinkage"/>.
/// </summary>
/// <remarks>
/// The likelihood is profiled down to one number, θ = how much mentors differ over how much their mentees do (D. Bates, M. Mächler, B. Bolker, S. Walker, "Fitting linear mixed-effects models using lme4", Journal of Statistical Software 67, 2015),
/// and searched on a grid of θ from 0 to 100 and then by golden section. A spread of 0 is an answer, not a failure. Deterministic; time O(n K²) a step, some 200 steps.
/// </remarks>
public sealed class NestedMentees
{
    const double MostRatio = 100;

    NestedMentees(IReadOnlyList<Estimate> coefficients, double between, double within, double criterion, IReadOnlyList<Estimate> mentors) =>
        (Coefficients, Between, Within, Criterion, Mentors) = (coefficients, between, within, criterion, mentors);

    /// <summary>The mean, and then what a unit more of each covariate goes with; in the unit of the outcome.</summary>
    public IReadOnlyList<Estimate> Coefficients { get; }

    /// <summary>The standard deviation of what mentors add, 0 or more, in the unit of the outcome.</summary>
    public double Between { get; }

    /// <summary>The standard deviation of mentees of one mentor, above 0, in the unit of the outcome.</summary>
    public double Within { get; }

    /// <summary>−2 times the logarithm of the likelihood that was used, at its best.</summary>
    public double Criterion { get; }

    /// <summary>What each mentor adds, drawn towards 0 by as much as it may be luck, with its standard deviation given the spreads; by the numbers of the mentors.</summary>
    public IReadOnlyList<Estimate> Mentors { get; }

    /// <summary>Fits the model.</summary>
    /// <param name="outcome">A number a mentee, such as the gain over what was to be expected. Finite.</param>
    /// <param name="mentor">The mentor of each, numbered from 0 without a gap.</param>
    /// <param name="covariates">What is known of mentees beside it, a column each with a finite number a mentee; null for none.</param>
    /// <param name="isRestricted">Whether by the restricted likelihood, which doesn't take spreads for too small where there are few mentors.</param>
    /// <returns>The fit, or a refusal: fewer than two mentors, no mentor with two mentees, a missing number, an outcome that doesn't vary, or covariates that are combinations of each other.</returns>
    /// <exception cref="ArgumentNullException">The outcome or the mentors are null.</exception>
    /// <exception cref="ArgumentException">The arrays don't fit together, or the mentors' numbers have a gap.</exception>
    public static Answer<NestedMentees> Fit(double[] outcome, int[] mentor, IReadOnlyList<double[]>? covariates = null, bool isRestricted = true)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(mentor);
        double[][] columns = [[.. Enumerable.Repeat(1.0, outcome.Length)], .. covariates ?? []];
        if (mentor.Length != outcome.Length || columns.Any(column => column.Length != outcome.Length)) throw new ArgumentException("There is a number, a mentor and a covariate a mentee.", nameof(mentor));
        var sizes = new int[mentor.DefaultIfEmpty(-1).Max() + 1];
        foreach (var one in mentor) sizes[one >= 0 ? one : throw new ArgumentException("Mentors are numbered from 0.", nameof(mentor))]++;
        if (sizes.Contains(0)) throw new ArgumentException("The numbers of the mentors have a gap.", nameof(mentor));
        if (sizes.Length < 2) return Refused(RefusalReason.TooFewRows, $"{sizes.Length} mentors have nobody to differ from.");
        if (sizes.All(size => size < 2)) return Refused(RefusalReason.TooFewRows, $"No mentor has two mentees, so nothing tells mentors from mentees.");
        if (outcome.Length <= columns.Length) return Refused(RefusalReason.TooFewRows, $"{outcome.Length} mentees are too few for {columns.Length} coefficients.");
        if (Array.Exists(outcome, value => !double.IsFinite(value)) || columns.Any(column => Array.Exists(column, value => !double.IsFinite(value)))) return Refused(RefusalReason.MissingValue, $"A number is missing.");
        if (Array.TrueForAll(outcome, value => value == outcome[0])) return Refused(RefusalReason.ConstantOutcome, $"All mentees have the same number.");

        var model = new Model(outcome, mentor, sizes, columns, isRestricted);
        if (model.At(0) is null) return Refused(RefusalReason.CollinearCovariates, $"The covariates are combinations of each other.");
        var best = model.Best();
        var (between, variance) = (best.Ratio * Math.Sqrt(best.Variance), best.Variance);
        if (!(variance > 0)) return Refused(RefusalReason.ConstantOutcome, $"The covariates leave nothing that differs.");
        return new NestedMentees(
            [.. best.Coefficients.Select((value, k) => new Estimate(value, Math.Sqrt(variance * best.Inverse[(k * columns.Length) + k])))], between, Math.Sqrt(variance), best.Criterion,
            [.. sizes.Select((size, j) => new Estimate(model.Kept(j, best.Ratio) * best.Residuals[j] / size, between / Math.Sqrt(1 + (size * best.Ratio * best.Ratio))))]);
    }

    static EvidenceRefusal Refused(RefusalReason reason, FormattableString message) => new(reason, message.ToString(CultureInfo.InvariantCulture));

    // The best fit for a ratio of the two spreads; the residuals are the sums of what is left of each mentor's mentees.
    sealed record Profile(double Ratio, double Criterion, double Variance, double[] Coefficients, double[] Inverse, double[] Residuals);

    sealed class Model(double[] outcome, int[] mentor, int[] sizes, double[][] columns, bool isRestricted)
    {
        /// <summary>How much of a mentor's sum counts for the mentor: θ² n / (1 + θ² n).</summary>
        public double Kept(int j, double ratio) => sizes[j] * ratio * ratio / (1 + (sizes[j] * ratio * ratio));

        public Profile Best()
        {
            // The grid finds the valley, golden section its floor.
            double[] grid = [0, .. Enumerable.Range(0, 121).Select(step => 0.001 * Math.Pow(MostRatio / 0.001, step / 120.0))];
            var at = Enumerable.Range(0, grid.Length).MinBy(k => Of(grid[k]));
            var (low, high) = (grid[Math.Max(0, at - 1)], grid[Math.Min(grid.Length - 1, at + 1)]);
            var part = (Math.Sqrt(5) - 1) / 2;
            for (var step = 0; step < 100; step++)
            {
                var (one, two) = (high - (part * (high - low)), low + (part * (high - low)));
                if (Of(one) <= Of(two)) high = two;
                else low = one;
            }

            var inner = At(0.5 * (low + high))!;
            return At(0) is { } none && none.Criterion <= inner.Criterion ? none : inner;

            double Of(double ratio) => At(ratio)?.Criterion ?? double.PositiveInfinity;
        }

        /// <summary>The best fit for a ratio of spreads; null where columns are combinations of each other.</summary>
        public Profile? At(double ratio)
        {
            var (size, n) = (columns.Length, outcome.Length);
            double[] means = new double[sizes.Length], share = [.. sizes.Select((count, j) => Kept(j, ratio) / count)];
            var sums = new double[size + 1][];
            for (var k = 0; k <= size; k++)
            {
                sums[k] = new double[sizes.Length];
                var column = k < size ? columns[k] : outcome;
                for (var i = 0; i < n; i++) sums[k][mentor[i]] += column[i];
            }

            // a'V⁻¹b with V = I + θ² 11' by mentor.
            double Product(int a, int b)
            {
                var (left, right) = (a < size ? columns[a] : outcome, b < size ? columns[b] : outcome);
                var total = 0.0;
                for (var i = 0; i < n; i++) total += left[i] * right[i];
                for (var j = 0; j < sizes.Length; j++) total -= share[j] * sums[a][j] * sums[b][j];
                return total;
            }

            var (normal, moments) = (new double[size * size], new double[size]);
            for (var a = 0; a < size; a++)
            {
                moments[a] = Product(a, size);
                for (var b = 0; b <= a; b++) normal[(a * size) + b] = normal[(b * size) + a] = Product(a, b);
            }
            if (SymmetricMatrix.Cholesky(normal, size) is not { } factor) return null;
            var coefficients = SymmetricMatrix.Solve(factor, size, moments);

            var (left2, residuals) = (0.0, means);
            for (var i = 0; i < n; i++)
            {
                var rest = outcome[i];
                for (var k = 0; k < size; k++) rest -= coefficients[k] * columns[k][i];
                left2 += rest * rest;
                residuals[mentor[i]] += rest;
            }
            for (var j = 0; j < sizes.Length; j++) left2 -= share[j] * residuals[j] * residuals[j];

            var (spread, free) = (sizes.Sum(count => Math.Log(1 + (count * ratio * ratio))), isRestricted ? n - size : n);
            if (isRestricted)
                for (var k = 0; k < size; k++) spread += 2 * Math.Log(factor[(k * size) + k]);
            return new(ratio, spread + (free * (1 + Math.Log(2 * Math.PI * left2 / free))), left2 / free, coefficients, SymmetricMatrix.Inverse(normal, size)!, residuals);
        }
    }
}
