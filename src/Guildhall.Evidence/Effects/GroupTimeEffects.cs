using System.Globalization;
using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// The average effect of joining on each cohort in each period, without comparing anybody with sellers who joined before: B. Callaway, P. Sant'Anna, "Difference-in-differences with multiple time
/// periods", Journal of Econometrics 225, 2021, equations 2.4 to 2.8, with the doubly robust panel estimator of P. Sant'Anna, J. Zhao, "Doubly robust difference-in-differences estimators", Journal of
/// Econometrics 219, 2020, equation 3.1. Standard errors are analytic, from influence functions.
/// </summary>
/// <remarks>
/// Assumes that without joining, and given the covariates, a cohort's outcome would have moved as its controls' did (parallel trends), and that joining changes nothing earlier than the design's anticipation.
/// Sellers are independent, or clusters of them are. No randomness; equal input gives equal digits on every machine up to the exponential function's last one. Time: O(N · T · K) for the sums, and for each cell
/// O(K) a seller of the cohort and its controls, with N sellers, T periods, K covariates; never-treated controls need one propensity fit a cohort, not-yet-treated ones another whenever a cohort drops out of the
/// controls. Memory: N numbers a cell, 109 MB for 100,000 sellers, 18 periods and 8 cohorts.
/// </remarks>
public sealed class GroupTimeEffects
{
    readonly SortedPanel panel;

    GroupTimeEffects(GroupTimeDesign design, SortedPanel panel, List<GroupTimeCell> cells, List<LeftOutCohort> leftOut)
    {
        (Design, this.panel, Cells, LeftOut) = (design, panel, cells, leftOut);
        var blocks = panel.Cohorts.Select((cohort, b) => (cohort, Size: panel.Starts[b + 1] - panel.Starts[b])).ToDictionary(block => block.cohort, block => block.Size);
        CohortSizes = cells.Select(cell => cell.Cohort).Distinct().ToDictionary(cohort => cohort, cohort => blocks[cohort]);
        NeverTreated = blocks.GetValueOrDefault(int.MaxValue);
    }

    /// <summary>How the effects were estimated.</summary>
    public GroupTimeDesign Design { get; }

    /// <summary>The effects, by cohort and then by period.</summary>
    public IReadOnlyList<GroupTimeCell> Cells { get; }

    /// <summary>Cohorts, or single periods of them, of which no effect can be estimated, with the reason. They are in no average.</summary>
    public IReadOnlyList<LeftOutCohort> LeftOut { get; }

    /// <summary>The number of sellers of each cohort with an effect.</summary>
    public IReadOnlyDictionary<int, int> CohortSizes { get; }

    /// <summary>The number of sellers who take part: all but those who joined in period 1.</summary>
    public int Sellers => panel.Count;

    /// <summary>The number of sellers who joined in period 1 and take no part, because they have no time before.</summary>
    public int AlwaysTreated => panel.AlwaysTreated;

    /// <summary>The number of sellers who don't join within the data and the anticipation.</summary>
    public int NeverTreated { get; }

    /// <summary>Estimates every effect that the design allows.</summary>
    /// <param name="panel">The outcome, the periods of joining and the covariates.</param>
    /// <param name="design">The design; null for doubly robust, never-treated controls and an anticipation of 1.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The effects, or a refusal when there is none: too few periods, nobody joined, no controls, or the one reason why every cohort was left out.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="panel"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The anticipation is negative.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Answer<GroupTimeEffects> Estimate(OutcomePanel panel, GroupTimeDesign? design = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(panel);
        design ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(design.Anticipation, nameof(design));
        if (panel.Periods < design.Anticipation + 2)
            return Refused(RefusalReason.TooFewPeriods, $"{panel.Periods} periods leave none to compare with before an anticipation of {design.Anticipation}.");
        var sorted = new SortedPanel(panel, design.Anticipation);
        if (!Array.Exists(sorted.Cohorts, cohort => cohort <= panel.Periods)) return Refused(RefusalReason.NobodyTreated, $"Nobody joined in periods 2 to {panel.Periods}.");
        if (design.Controls == ControlGroup.NeverTreated && sorted.Cohorts[^1] != int.MaxValue)
            return Refused(RefusalReason.NoControls, $"Everybody joined within the data, so nobody is left to compare with.");

        var (cells, leftOut) = new Estimation(sorted, design, stop).Run();
        if (cells.Count == 0) return Refused(leftOut[0].Reason, $"No cohort can be compared. Cohort {leftOut[0].Cohort}: {leftOut[0].Message}");
        return new GroupTimeEffects(design, sorted, cells, leftOut);
    }

    /// <summary>
    /// All effects from joining on as one number, cohorts weighted by their size: the "simple" aggregate of Callaway and Sant'Anna (2021), equation 3.10. Early cohorts count for more, having more periods.
    /// </summary>
    /// <returns>The average effect on a seller and period; its standard error allows for the cohorts' sizes being a sample too. A refusal when no period after joining has an effect.</returns>
    public Answer<OverallEffect> Simple() =>
        After() is { Count: > 0 } after ? new OverallEffect(this, Average(after)) : NothingAfter();

    /// <summary>The average effect by periods since joining; 0 is the period of joining. Equation 3.4; the overall number is the plain mean over 0 and later.</summary>
    /// <param name="from">The first number of periods since joining to include, such as −6; null for all.</param>
    /// <param name="to">The last one to include, not below 0; null for all.</param>
    /// <returns>The series, or a refusal when no period after joining has an effect.</returns>
    public Answer<EffectSeries> ByEventTime(int? from = null, int? to = null) => Series(
        Cells.Where(cell => cell.EventTime >= (from ?? int.MinValue) && cell.EventTime <= (to ?? int.MaxValue)).GroupBy(cell => cell.EventTime).OrderBy(group => group.Key), weighsSizes: true,
        (keys, parts) => Mean(parts.Where((_, k) => keys[k] >= 0)));

    /// <summary>The average effect on each cohort over its periods from joining on. Equation 3.7; the overall number weights cohorts by their size (equation 3.8).</summary>
    /// <returns>The series, keyed by the period of joining, or a refusal when no period after joining has an effect.</returns>
    public Answer<EffectSeries> ByCohort() => Series(After().GroupBy(cell => cell.Cohort), weighsSizes: false, (keys, parts) => AverageBySize([.. keys.Zip(parts, (cohort, part) => (cohort, part.Value, part.Influence))], weighsSizes: true));

    /// <summary>The average effect in each period on those who have joined by then. Equation 3.6; the overall number is the plain mean over periods.</summary>
    /// <returns>The series, keyed by period, or a refusal when no period after joining has an effect.</returns>
    public Answer<EffectSeries> ByPeriod() => Series(After().GroupBy(cell => cell.Period).OrderBy(group => group.Key), weighsSizes: true, (_, parts) => Mean(parts));

    /// <summary>
    /// Whether the effects before joining could all be zero, cohort by cohort: the Wald statistic of those effects with their joint covariance, against the chi-square distribution. With cohorts of a few dozen sellers
    /// it rejects too often; <see cref="EffectSeries.AllZero"/> tests the averages by event time, of which there are fewer. A test that passes isn't proof: it sees only trends that are large beside the noise.
    /// </summary>
    /// <param name="upTo">The last number of periods since joining to test, below 0. Null tests what lies before the anticipation, such as −2 and earlier with an anticipation of 1; −1 tests everything before joining.</param>
    /// <returns>The test, or a refusal: no such effects, or more of them than sellers can tell apart.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="upTo"/> is 0 or more.</exception>
    public Answer<JointTest> BeforeJoining(int? upTo = null)
    {
        if (upTo >= 0) throw new ArgumentOutOfRangeException(nameof(upTo), upTo, "Before joining is below 0.");
        var last = upTo ?? -1 - Design.Anticipation;
        var before = Cells.Where(cell => cell.EventTime <= last && !cell.IsBase).ToList();
        if (before.Count == 0) return Refused(RefusalReason.TooFewPeriods, $"No cohort has an effect {-last} or more periods before joining.");
        return AllZero([.. before.Select(cell => cell.Effect.Value)], [.. before.Select(cell => cell.Influence)]);
    }

    internal Answer<JointTest> AllZero(double[] values, double[][] influences)
    {
        if (SymmetricMatrix.Cholesky(panel.Covariance(influences), values.Length) is not { } factor)
            return Refused(RefusalReason.TooFewRows, $"{values.Length} effects depend on each other: there are too few sellers to test them together.");
        var weighted = SymmetricMatrix.Solve(factor, values.Length, values);
        var statistic = values.Zip(weighted, (value, weight) => value * weight).Sum();
        return new JointTest(statistic, values.Length, Probability.ChiSquareUpper(statistic, values.Length));
    }

    /// <summary>The critical value of a band that holds all the effects of <see cref="Cells"/> at once; as <see cref="EffectSeries.SimultaneousCriticalValue"/>.</summary>
    /// <param name="seed">The seed of the draws: equal seeds give equal values.</param>
    /// <param name="level">The chance with which such bands hold all the effects, above 0 and below 1.</param>
    /// <param name="draws">The number of draws, 1,000 or more.</param>
    /// <returns>The number of standard errors to either side.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level isn't between 0 and 1, or there are fewer draws than 1,000.</exception>
    public double SimultaneousCriticalValue(ulong seed, double level = 0.95, int draws = 20_000) => CriticalValue(Cells.Where(cell => !cell.IsBase).Select(cell => cell.Influence), seed, level, draws);

    internal double CriticalValue(IEnumerable<double[]> influences, ulong seed, double level, int draws)
    {
        Probability.CheckedLevel(level);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1_000);
        return SupT.CriticalValue(panel.Covariance([.. influences]), level, draws, seed);
    }

    internal Estimate Estimated(double value, double[] influence) => new(value, panel.StandardError(influence));

    /// <summary>The influence of each seller of the given panel; those who take no part have none.</summary>
    internal double[] ByOriginalSeller(double[] influence, int sellers)
    {
        var values = new double[sellers];
        for (var i = 0; i < influence.Length; i++) values[panel.Original[i]] = influence[i];
        return values;
    }

    internal int OriginalSellers => panel.Count + panel.AlwaysTreated;

    internal List<GroupTimeCell> After() => [.. Cells.Where(cell => cell.EventTime >= 0)];

    Answer<EffectSeries> Series(IEnumerable<IGrouping<int, GroupTimeCell>> groups, bool weighsSizes, Func<int[], WeightedEffect[], WeightedEffect> overall)
    {
        var list = groups.Select(group => (group.Key, Cells: group.ToList())).ToList();
        if (!list.Exists(group => group.Cells.Exists(cell => cell.EventTime >= 0))) return NothingAfter();
        var keys = list.Select(group => group.Key).ToArray();
        var parts = list.Select(group => Average(group.Cells, weighsSizes: weighsSizes)).ToArray();
        return new EffectSeries(this, keys, parts, [.. list.Select(group => group.Cells.Select(cell => cell.Cohort).Distinct().Sum(cohort => CohortSizes[cohort]))], overall(keys, parts));
    }

    static EvidenceRefusal NothingAfter() => new(RefusalReason.TooFewPeriods, "No cohort has an effect in a period after joining.");

    /// <summary>Values of cells, such as their effects, weighted by the size of their cohort; each moves by its cell's influence. Sizes are estimates as well: a seller moves them by being in one cohort and not in another.</summary>
    internal WeightedEffect Average(List<GroupTimeCell> cells, Func<GroupTimeCell, double>? values = null, bool weighsSizes = true)
    {
        values ??= cell => cell.Effect.Value;
        return AverageBySize([.. cells.Select(cell => (cell.Cohort, values(cell), cell.Influence))], weighsSizes);
    }

    WeightedEffect AverageBySize(List<(int Cohort, double Value, double[] Influence)> terms, bool weighsSizes)
    {
        var total = terms.Sum(term => (double)CohortSizes[term.Cohort]);
        var value = terms.Sum(term => CohortSizes[term.Cohort] / total * term.Value);
        var influence = new double[panel.Count];
        foreach (var term in terms) Columns.Add(influence, CohortSizes[term.Cohort] / total, term.Influence);
        // The delta method for Σ n(g) a / Σ n(g); over all sellers it sums to 0.
        if (weighsSizes) AddByCohort(influence, terms.Select(term => (term.Cohort, (term.Value - value) / total)));
        return new(value, influence);
    }

    /// <summary>Adds to the influence of every seller of a cohort.</summary>
    internal void AddByCohort(double[] influence, IEnumerable<(int Cohort, double Shift)> shifts)
    {
        foreach (var cohort in shifts.GroupBy(shift => shift.Cohort))
        {
            var (block, shift) = (Array.IndexOf(panel.Cohorts, cohort.Key), cohort.Sum(s => s.Shift));
            for (var i = panel.Starts[block]; i < panel.Starts[block + 1]; i++) influence[i] += shift;
        }
    }

    WeightedEffect Mean(IEnumerable<WeightedEffect> parts)
    {
        var list = parts.ToList();
        var influence = new double[panel.Count];
        foreach (var part in list) Columns.Add(influence, 1.0 / list.Count, part.Influence);
        return new(list.Average(part => part.Value), influence);
    }

    static EvidenceRefusal Refused(RefusalReason reason, FormattableString message) => new(reason, message.ToString(CultureInfo.InvariantCulture));

    /// <summary>The pass over cohorts and periods.</summary>
    sealed class Estimation(SortedPanel panel, GroupTimeDesign design, CancellationToken stop)
    {
        readonly List<GroupTimeCell> cells = [];
        readonly List<LeftOutCohort> leftOut = [];
        readonly double[] flags = new double[panel.Count];
        readonly bool needsSums = design.Estimator != GroupTimeEstimator.InverseWeights;
        double[][] grams = [];
        double[][][] gramOutcomes = [];

        public (List<GroupTimeCell> Cells, List<LeftOutCohort> LeftOut) Run()
        {
            // Sums by block: those of any set of controls are sums of these, so a cohort that drops out costs nothing.
            if (needsSums)
            {
                grams = [.. panel.Cohorts.Select((_, block) => Gram(block))];
                gramOutcomes = [.. panel.Cohorts.Select((_, block) => GramOutcomes(block))];
            }
            for (var block = 0; block < panel.Cohorts.Length; block++)
                if (panel.Cohorts[block] <= panel.Periods) Cohort(block);
            return (cells, leftOut);
        }

        void Cohort(int block)
        {
            var cohort = panel.Cohorts[block];
            var lastBefore = cohort - design.Anticipation - 1;
            if (lastBefore < 1)
            {
                leftOut.Add(new(cohort, null, RefusalReason.BaseMissing, $"The period to compare with, {Whole(lastBefore)}, lies before the data."));
                return;
            }
            ControlSet? set = null;
            var (setFirst, summed) = (-1, Array.Empty<double[]>());
            for (var period = design.Base == BasePeriod.Universal ? 1 : 2; period <= panel.Periods; period++)
            {
                stop.ThrowIfCancellationRequested();
                var earlier = design.Base == BasePeriod.Universal || period >= cohort ? lastBefore : period - 1;
                if (earlier == period)
                {
                    cells.Add(new(cohort, period, new(0, double.NaN), 0, new double[panel.Count]));
                    continue;
                }
                var first = FirstControls(Math.Max(period, earlier));
                if (first != setFirst)
                {
                    setFirst = first;
                    (set, summed) = Controls(block, first, period, set?.PropensityCoefficients);
                }
                if (set is null)
                {
                    // Never-treated controls are the same in every period: one line says it.
                    if (design.Controls == ControlGroup.NeverTreated) return;
                    continue;
                }
                var influence = new double[panel.Count];
                var effect = set.Effect(period, earlier, summed, influence);
                cells.Add(new(cohort, period, new(effect, panel.StandardError(influence)), set.ControlCount, influence));
            }
        }

        (ControlSet? Set, double[][] Summed) Controls(int block, int first, int period, double[]? start)
        {
            var controls = Enumerable.Range(first, panel.Cohorts.Length - first).Where(b => b != block).ToList();
            var (set, reason) = ControlSet.Prepare(panel, block, Ranges(controls), design.Estimator, Sum(controls.Select(b => needsSums ? grams[b] : [])), flags, start);
            if (set is null)
                leftOut.Add(new(panel.Cohorts[block], design.Controls == ControlGroup.NeverTreated ? null : period, reason, Why(reason)));
            var summed = needsSums && set is not null
                ? Enumerable.Range(0, panel.Periods + 1).Select(t => t == 0 ? [] : Sum(controls.Select(b => gramOutcomes[b][t]))).ToArray() : [];
            return (set, summed);
        }

        // The first block that is a control when the later of two periods is this one.
        int FirstControls(int later)
        {
            if (design.Controls == ControlGroup.NeverTreated) return panel.Cohorts.Length - 1;
            var first = Array.FindIndex(panel.Cohorts, cohort => cohort > later + design.Anticipation);
            return first < 0 ? panel.Cohorts.Length : first;
        }

        (int Start, int End)[] Ranges(List<int> blocks)
        {
            var ranges = new List<(int Start, int End)>();
            foreach (var b in blocks)
            {
                if (ranges.Count > 0 && ranges[^1].End == panel.Starts[b]) ranges[^1] = (ranges[^1].Start, panel.Starts[b + 1]);
                else ranges.Add((panel.Starts[b], panel.Starts[b + 1]));
            }
            return [.. ranges];
        }

        double[] Gram(int block)
        {
            var (from, length, size) = (panel.Starts[block], panel.Starts[block + 1] - panel.Starts[block], panel.X.Length);
            var gram = new double[size * size];
            for (var j = 0; j < size; j++)
                for (var k = 0; k <= j; k++) gram[j * size + k] = gram[k * size + j] = Columns.Dot(panel.X[j].AsSpan(from, length), panel.X[k].AsSpan(from, length));
            return gram;
        }

        double[][] GramOutcomes(int block)
        {
            var (from, length) = (panel.Starts[block], panel.Starts[block + 1] - panel.Starts[block]);
            return [.. Enumerable.Range(0, panel.Periods + 1).Select(t => t == 0 ? [] : Array.ConvertAll(panel.X, column => Columns.Dot(column.AsSpan(from, length), panel.Outcomes[t].AsSpan(from, length))))];
        }

        static double[] Sum(IEnumerable<double[]> arrays)
        {
            double[] sum = [];
            foreach (var array in arrays)
            {
                if (sum.Length == 0) sum = new double[array.Length];
                for (var k = 0; k < array.Length; k++) sum[k] += array[k];
            }
            return sum;
        }

        static string Why(RefusalReason reason) => reason switch
        {
            RefusalReason.NoControls => "There are no more controls than covariates.",
            RefusalReason.CohortTooSmall => "One seller alone has no measurable uncertainty.",
            RefusalReason.CollinearCovariates => "Among the controls a covariate is constant or a combination of others.",
            _ => "The covariates tell the cohort apart from all its controls.",
        };

        static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>The effect on one cohort in one period.</summary>
public sealed class GroupTimeCell
{
    internal GroupTimeCell(int cohort, int period, Estimate effect, int controls, double[] influence) =>
        (Cohort, Period, Effect, Controls, Influence) = (cohort, period, effect, controls, influence);

    /// <summary>The period of joining.</summary>
    public int Cohort { get; }

    /// <summary>The period of the outcome.</summary>
    public int Period { get; }

    /// <summary>The number of periods since joining; negative before.</summary>
    public int EventTime => Period - Cohort;

    /// <summary>The average effect on a seller of the cohort in this period, in the outcome's unit.</summary>
    public Estimate Effect { get; }

    /// <summary>The number of controls compared with; 0 in the base period.</summary>
    public int Controls { get; }

    /// <summary>Whether this is the base period, whose effect is 0 by definition and has no standard error.</summary>
    public bool IsBase => double.IsNaN(Effect.StandardError);

    internal double[] Influence { get; }
}

/// <summary>A cohort without an effect.</summary>
/// <param name="Cohort">The period of joining.</param>
/// <param name="Period">From which period on the reason holds, until the controls change; null for every period.</param>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record LeftOutCohort(int Cohort, int? Period, RefusalReason Reason, string Message);

/// <summary>A test of several numbers being zero together.</summary>
/// <param name="Statistic">Wald's statistic, 0 or more.</param>
/// <param name="Degrees">The number of numbers tested: degrees of freedom.</param>
/// <param name="PValue">The chance of a statistic at least as great if all were zero.</param>
public sealed record JointTest(double Statistic, int Degrees, double PValue);

/// <summary>A weighted sum of effects with its influence function divided by the number of sellers.</summary>
sealed record WeightedEffect(double Value, double[] Influence);
