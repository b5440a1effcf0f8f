using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// One cohort and the controls it is held against, with everything that doesn't depend on the two periods compared: propensity weights, the normal equations of the outcome regression, and the means of the
/// covariates. With never-treated controls there is one for a cohort; with not-yet-treated ones another each time a cohort drops out.
/// </summary>
sealed class ControlSet
{
    // R's DRDID leaves out controls that are nearly certain to have joined: one of them would outweigh all others.
    const double HighestControlChance = 0.995;

    readonly SortedPanel panel;
    readonly bool usesWeights;
    readonly bool usesRegression;
    double[] weights = [];
    double[] chances = [];
    double[] inverseInformation = [];
    double[] inverseGram = [];
    double[] leverage = [];
    double[] weightedMeans = [];
    double totalWeight;

    ControlSet(SortedPanel panel, int cohort, (int Start, int End)[] controls, bool usesWeights, bool usesRegression)
    {
        (this.panel, Cohort, Controls, this.usesWeights, this.usesRegression) = (panel, cohort, controls, usesWeights, usesRegression);
        Treated = (panel.Starts[cohort], panel.Starts[cohort + 1]);
    }

    /// <summary>The block of the cohort.</summary>
    public int Cohort { get; }

    public (int Start, int End) Treated { get; }

    public (int Start, int End)[] Controls { get; }

    public int ControlCount => Controls.Sum(range => range.End - range.Start);

    /// <summary>The coefficients of the propensity fit, which start the fit of the next set.</summary>
    public double[]? PropensityCoefficients { get; private set; }

    /// <summary>
    /// Prepares a set, or says why the cohort can't be compared with it. gram is X'X over the controls, flags a column of zeros that the propensity fit uses as its dependent variable and leaves as it was, start
    /// the coefficients of a fit of nearly the same rows.
    /// </summary>
    public static (ControlSet? Set, RefusalReason Reason) Prepare(
        SortedPanel panel, int cohort, (int Start, int End)[] controls, GroupTimeEstimator estimator, double[] gram, double[] flags, double[]? start)
    {
        var set = new ControlSet(panel, cohort, controls, estimator != GroupTimeEstimator.OutcomeRegression, estimator != GroupTimeEstimator.InverseWeights);
        var size = panel.X.Length;
        if (set.ControlCount < size + 1) return (null, RefusalReason.NoControls);
        if (set.Treated.End - set.Treated.Start < 2) return (null, RefusalReason.CohortTooSmall);
        if (set.usesRegression)
        {
            if (SymmetricMatrix.Inverse(gram, size) is not { } inverse) return (null, RefusalReason.CollinearCovariates);
            set.inverseGram = inverse;
        }
        if (set.usesWeights && set.Weigh(flags, start) is { } reason) return (null, reason);

        var treatedCount = set.Treated.End - set.Treated.Start;
        var difference = new double[size];
        for (var k = 0; k < size; k++)
            difference[k] = (set.usesWeights ? set.weightedMeans[k] : 0) - Columns.Sum(panel.X[k].AsSpan(set.Treated.Start, treatedCount)) / treatedCount;
        if (set.usesRegression)
        {
            var direction = SymmetricMatrix.Times(set.inverseGram, size, difference);
            set.leverage = set.OverControls((start, target) => Columns.Combine(target, direction, panel.X, start));
        }
        return (set, default);
    }

    /// <summary>
    /// The effect on the cohort between two periods, and its influence function divided by the number of sellers, added into <paramref name="influence"/>: the standard error is the root of its sum of squares.
    /// Equations 2.6 and 3.1 of Sant'Anna and Zhao (2020), as their R package DRDID estimates them for panels. gramOutcomes is X'Y over the controls by period, for the outcome regression.
    /// </summary>
    public double Effect(int later, int earlier, double[][] gramOutcomes, double[] influence)
    {
        var size = panel.X.Length;
        var (y1, y0) = (panel.Outcomes[later], panel.Outcomes[earlier]);
        var slopes = new double[size];
        if (usesRegression)
        {
            var change = new double[size];
            for (var k = 0; k < size; k++) change[k] = gramOutcomes[later][k] - gramOutcomes[earlier][k];
            slopes = SymmetricMatrix.Times(inverseGram, size, change);
        }

        // What the regression leaves of everybody's change, kept where the influence will stand.
        Remainder(Treated, slopes, y1, y0, influence);
        var treatedCount = Treated.End - Treated.Start;
        var treated = influence.AsSpan(Treated.Start, treatedCount);
        var treatedMean = Columns.Sum(treated) / treatedCount;
        foreach (var range in Controls) Remainder(range, slopes, y1, y0, influence);

        var controlMean = 0.0;
        var propensityPart = new double[size];
        if (usesWeights)
        {
            var moments = new double[size];
            var at = 0;
            foreach (var (from, to) in Controls)
            {
                var (length, block) = (to - from, new double[512]);
                for (var done = 0; done < length; done += 512)
                {
                    var part = block.AsSpan(0, Math.Min(512, length - done));
                    Columns.Multiply(part, weights.AsSpan(at + done, part.Length), influence.AsSpan(from + done, part.Length));
                    for (var k = 0; k < size; k++) moments[k] += Columns.Dot(part, panel.X[k].AsSpan(from + done, part.Length));
                }
                at += length;
            }
            controlMean = moments[0] / totalWeight;
            for (var k = 0; k < size; k++) moments[k] = moments[k] / totalWeight - controlMean * weightedMeans[k];
            propensityPart = SymmetricMatrix.Times(inverseInformation, size, moments);
        }

        InfluenceOfTreated(treated, treatedMean, propensityPart);
        InfluenceOfControls(influence, controlMean, propensityPart);
        return treatedMean - controlMean;
    }

    void InfluenceOfTreated(Span<double> remainder, double mean, double[] propensityPart)
    {
        var count = remainder.Length;
        var score = new double[count];
        if (usesWeights) Columns.Combine(score, propensityPart, panel.X, Treated.Start);
        for (var i = 0; i < count; i++)
            remainder[i] = (remainder[i] - mean) / count - (usesWeights ? (1 - chances[i]) * score[i] : 0);
    }

    void InfluenceOfControls(double[] influence, double mean, double[] propensityPart)
    {
        const int Block = 512;
        var (score, at) = (new double[Block], 0);
        var chanceAt = Treated.End - Treated.Start;
        foreach (var (from, to) in Controls)
            for (var begin = from; begin < to; begin += Block)
            {
                var part = influence.AsSpan(begin, Math.Min(Block, to - begin));
                if (!usesWeights)
                {
                    Columns.Multiply(part, part, leverage.AsSpan(at, part.Length));
                }
                else
                {
                    Columns.Combine(score.AsSpan(0, part.Length), propensityPart, panel.X, begin);
                    Columns.ControlInfluence(part, score.AsSpan(0, part.Length), weights.AsSpan(at, part.Length), chances.AsSpan(chanceAt + at, part.Length),
                        usesRegression ? leverage.AsSpan(at, part.Length) : default, mean, totalWeight);
                }
                at += part.Length;
            }
    }

    void Remainder((int Start, int End) range, double[] slopes, double[] later, double[] earlier, double[] target)
    {
        var part = target.AsSpan(range.Start, range.End - range.Start);
        if (usesRegression) Columns.Combine(part, slopes, panel.X, range.Start);
        else part.Clear();
        Columns.ChangeLess(part, later.AsSpan(range.Start, part.Length), earlier.AsSpan(range.Start, part.Length));
    }

    // Fits the chance of having joined, and weighs the controls by its odds.
    RefusalReason? Weigh(double[] flags, double[]? start)
    {
        var size = panel.X.Length;
        var treatedCount = Treated.End - Treated.Start;
        flags.AsSpan(Treated.Start, treatedCount).Fill(1);
        var fit = LogitFit.Fit(panel.X, flags, [Treated, .. Controls], start) ?? (start is null ? null : LogitFit.Fit(panel.X, flags, [Treated, .. Controls]));
        flags.AsSpan(Treated.Start, treatedCount).Clear();
        if (fit is null) return RefusalReason.Separation;

        PropensityCoefficients = fit.Coefficients;
        inverseInformation = fit.InverseInformation;
        chances = new double[treatedCount + ControlCount];
        fit.Chances(panel.X, Treated.Start, chances.AsSpan(0, treatedCount));
        var at = treatedCount;
        foreach (var (from, to) in Controls)
        {
            fit.Chances(panel.X, from, chances.AsSpan(at, to - from));
            at += to - from;
        }
        weights = new double[ControlCount];
        for (var i = 0; i < weights.Length; i++)
        {
            var chance = Math.Min(chances[treatedCount + i], 1 - 1e-6);
            weights[i] = chance < HighestControlChance ? chance / (1 - chance) : 0;
        }
        totalWeight = Columns.Sum(weights);
        if (totalWeight <= 0) return RefusalReason.Separation;
        weightedMeans = new double[size];
        at = 0;
        foreach (var (from, to) in Controls)
        {
            for (var k = 0; k < size; k++) weightedMeans[k] += Columns.Dot(weights.AsSpan(at, to - from), panel.X[k].AsSpan(from, to - from)) / totalWeight;
            at += to - from;
        }
        return null;
    }

    delegate void Fill(int start, Span<double> target);

    double[] OverControls(Fill fill)
    {
        var values = new double[ControlCount];
        var at = 0;
        foreach (var (from, to) in Controls)
        {
            fill(from, values.AsSpan(at, to - from));
            at += to - from;
        }
        return values;
    }
}
