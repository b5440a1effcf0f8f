using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// What mentors add, each drawn towards the average of all by as much as the data can't tell luck from skill. Normal effects seen with normal errors; the spread of true effects is averaged over, with a flat prior on it (A. Gelman, J. Carlin,
/// H. Stern, D. Dunson, A. Vehtari, D. Rubin, "Bayesian Data Analysis", 3rd edition 2013, section 5.4), because the usual single estimate of it is often 0 and then claims that nobody differs.
/// </summary>
/// <remarks>Integrates over 2,000 values of the spread, spaced evenly in τ/(τ + scale). Deterministic; time O(2000 n).</remarks>
public sealed class Shrinkage
{
    const int Steps = 2_000;

    Shrinkage(Estimate average, double spread, List<ShrunkEffect> effects) => (Average, Spread, Effects) = (average, spread, effects);

    /// <summary>The average true effect, with its uncertainty.</summary>
    public Estimate Average { get; }

    /// <summary>The standard deviation of true effects: the mean over its uncertainty. With three mentors that mean has no end; then it is the median.</summary>
    public double Spread { get; }

    /// <summary>A mentor each, in the order given.</summary>
    public IReadOnlyList<ShrunkEffect> Effects { get; }

    /// <summary>Shrinks effects.</summary>
    /// <param name="observed">What was observed of each mentor, such as their mentees' mean gain over the counterfactual, with a standard error above 0; three or more.</param>
    /// <returns>The shrunk effects, or a refusal: fewer than three mentors, or a standard error that isn't above 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="observed"/> is null.</exception>
    public static Answer<Shrinkage> Of(IReadOnlyList<Estimate> observed)
    {
        if (Check(observed) is { } refusal) return refusal;
        if (observed.Count < 3) return new EvidenceRefusal(RefusalReason.TooFewRows, "Fewer than three mentors say nothing about how much mentors differ.");

        var scale = Math.Sqrt(observed.Average(effect => effect.StandardError * effect.StandardError));
        var (spreads, logs) = (new double[Steps], new double[Steps]);
        for (var k = 0; k < Steps; k++)
        {
            var u = (k + 0.5) / Steps;
            spreads[k] = scale * u / (1 - u);
            // The marginal likelihood of the spread, and the stretch of its scale at this step.
            logs[k] = LogLikelihood(observed, spreads[k] * spreads[k]) - 2 * Math.Log(1 - u);
        }
        var largest = logs.Max();
        double[] weights = [.. logs.Select(log => Math.Exp(log - largest))];
        var total = weights.Sum();
        for (var k = 0; k < Steps; k++) weights[k] /= total;

        var (average, averageSquare) = (0.0, 0.0);
        var (means, squares, above) = (new double[observed.Count], new double[observed.Count], new double[observed.Count]);
        for (var k = 0; k < Steps; k++)
        {
            var variance = spreads[k] * spreads[k];
            var (mean, meanVariance) = Mean(observed, variance);
            average += weights[k] * mean;
            averageSquare += weights[k] * (mean * mean + meanVariance);
            for (var i = 0; i < observed.Count; i++)
            {
                var error = observed[i].StandardError * observed[i].StandardError;
                var kept = variance / (variance + error);
                var center = mean + kept * (observed[i].Value - mean);
                means[i] += weights[k] * center;
                squares[i] += weights[k] * (center * center + kept * error + (1 - kept) * (1 - kept) * meanVariance);
                above[i] += weights[k] * Probability.Normal((center - mean) / Math.Sqrt(kept * error + kept * kept * meanVariance));
            }
        }
        var effects = observed.Select((effect, i) => new ShrunkEffect(effect, new(means[i], Math.Sqrt(squares[i] - means[i] * means[i])), above[i])).ToList();
        return new Shrinkage(new(average, Math.Sqrt(averageSquare - average * average)), observed.Count > 3 ? Enumerable.Range(0, Steps).Sum(k => weights[k] * spreads[k]) : Median(spreads, weights), effects);
    }

    /// <summary>The effects with one estimated spread in place of all possible ones; for comparison with other programs.</summary>
    /// <param name="observed">As in <see cref="Of"/>; two or more.</param>
    /// <param name="method">How the spread is estimated.</param>
    /// <returns>The effects, or a refusal: fewer than two, a standard error that isn't above 0, or no estimate.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="observed"/> is null.</exception>
    public static Answer<PlugInShrinkage> WithEstimatedSpread(IReadOnlyList<Estimate> observed, SpreadMethod method)
    {
        if (Check(observed) is { } refusal) return refusal;
        if (observed.Count < 2) return new EvidenceRefusal(RefusalReason.TooFewRows, "One mentor alone has nobody to differ from.");
        double[] precisions = [.. observed.Select(effect => 1 / (effect.StandardError * effect.StandardError))];
        var fixedMean = Mean(observed, 0).Value;
        var q = observed.Select((effect, i) => precisions[i] * (effect.Value - fixedMean) * (effect.Value - fixedMean)).Sum();
        var variance = Math.Max(0, (q - (observed.Count - 1)) / (precisions.Sum() - precisions.Sum(p => p * p) / precisions.Sum()));
        if (method == SpreadMethod.RestrictedLikelihood)
        {
            if (RestrictedLikelihood(observed, variance) is not { } found) return new EvidenceRefusal(RefusalReason.NotConverged, "The spread’s estimate didn’t settle.");
            variance = found;
        }
        var (mean, meanVariance) = Mean(observed, variance);
        return new PlugInShrinkage(variance, new(mean, Math.Sqrt(meanVariance)), q, [.. observed.Select(effect =>
        {
            var error = effect.StandardError * effect.StandardError;
            var kept = variance / (variance + error);
            return new Estimate(mean + kept * (effect.Value - mean), Math.Sqrt(kept * error + (1 - kept) * (1 - kept) * meanVariance));
        })]);
    }

    /// <summary>The share of each deviation from the mean that is kept when all have the same error: 1 − (n − 3) σ² / Σ (y − ȳ)², not below 0. B. Efron, C. Morris, Journal of the American Statistical Association 70, 1975.</summary>
    /// <param name="values">Four or more observed effects.</param>
    /// <param name="variance">Their common squared standard error, above 0.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">There are fewer than four values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The variance isn't above 0.</exception>
    public static double EfronMorrisFactor(double[] values, double variance)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(variance);
        if (values.Length < 4) throw new ArgumentException("There are fewer than four values.", nameof(values));
        var mean = values.Average();
        return Math.Max(0, 1 - (values.Length - 3) * variance / values.Sum(value => (value - mean) * (value - mean)));
    }

    static EvidenceRefusal? Check(IReadOnlyList<Estimate> observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        for (var i = 0; i < observed.Count; i++)
            if (!double.IsFinite(observed[i].Value) || !(observed[i].StandardError > 0) || !double.IsFinite(observed[i].StandardError))
                return new(RefusalReason.OutOfRange, FormattableString.Invariant($"Effect {i} isn’t a number with a standard error above 0."));
        return null;
    }

    static Estimate Mean(IReadOnlyList<Estimate> observed, double variance, out double total)
    {
        (total, var sum) = (0.0, 0.0);
        foreach (var effect in observed)
        {
            var precision = 1 / (effect.StandardError * effect.StandardError + variance);
            total += precision;
            sum += precision * effect.Value;
        }
        return new(sum / total, Math.Sqrt(1 / total));
    }

    static (double Value, double Variance) Mean(IReadOnlyList<Estimate> observed, double variance)
    {
        var mean = Mean(observed, variance, out var total);
        return (mean.Value, 1 / total);
    }

    // The likelihood of the spread with the average integrated out.
    static double LogLikelihood(IReadOnlyList<Estimate> observed, double variance)
    {
        var (mean, meanVariance) = Mean(observed, variance);
        var log = 0.5 * Math.Log(meanVariance);
        foreach (var effect in observed)
        {
            var whole = effect.StandardError * effect.StandardError + variance;
            log -= 0.5 * Math.Log(whole) + (effect.Value - mean) * (effect.Value - mean) / (2 * whole);
        }
        return log;
    }

    // Fisher scoring, halved where it would leave the admissible range. D. Harville, Journal of the American Statistical Association 72, 1977.
    static double? RestrictedLikelihood(IReadOnlyList<Estimate> observed, double variance)
    {
        for (var step = 0; step < 1_000; step++)
        {
            double[] w = [.. observed.Select(effect => 1 / (effect.StandardError * effect.StandardError + variance))];
            var (sum, squares, cubes) = (w.Sum(), w.Sum(x => x * x), w.Sum(x => x * x * x));
            var mean = Mean(observed, variance).Value;
            var trace = sum - squares / sum;
            var traceSquare = squares - 2 * cubes / sum + squares * squares / (sum * sum);
            var fit = observed.Select((effect, i) => w[i] * w[i] * (effect.Value - mean) * (effect.Value - mean)).Sum();
            var next = Math.Max(0, variance + (fit - trace) / traceSquare);
            if (Math.Abs(next - variance) <= 1e-13 * Math.Max(next, 1e-300)) return next;
            variance = next;
        }
        return null;
    }

    static double Median(double[] spreads, double[] weights)
    {
        var sum = 0.0;
        for (var k = 0; k < spreads.Length; k++)
            if ((sum += weights[k]) >= 0.5) return spreads[k];
        return spreads[^1];
    }
}

/// <summary>A mentor's effect.</summary>
/// <param name="Observed">What was observed, luck and all.</param>
/// <param name="Shrunk">What to believe of the true effect: mean and standard deviation of its distribution given all mentors.</param>
/// <param name="ChanceAboveAverage">The chance that the true effect is above the average true effect, 0 to 1. It is what may be shown; a league table of observed means ranks luck.</param>
public sealed record ShrunkEffect(Estimate Observed, Estimate Shrunk, double ChanceAboveAverage);

/// <summary>How the spread of true effects is estimated as one number.</summary>
public enum SpreadMethod
{
    /// <summary>By moments: R. DerSimonian, N. Laird, Controlled Clinical Trials 7, 1986.</summary>
    Moments,

    /// <summary>By restricted maximum likelihood.</summary>
    RestrictedLikelihood,
}

/// <summary>Effects shrunk with one estimated spread.</summary>
/// <param name="Variance">The estimated variance of true effects, τ², 0 or more.</param>
/// <param name="Average">The average true effect.</param>
/// <param name="Heterogeneity">Cochran's Q.</param>
/// <param name="Effects">The effects in the order given; their standard errors allow for the average's, not for the spread's.</param>
public sealed record PlugInShrinkage(double Variance, Estimate Average, double Heterogeneity, IReadOnlyList<Estimate> Effects);
