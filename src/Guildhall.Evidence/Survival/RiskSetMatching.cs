using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// How much sooner it happens with mentoring, in units of time. On the day mentoring begins for a seller, it is laid beside sellers who were as old, still waiting and not mentored that day, and all are followed from then on. Nobody is a control
/// because of what became of it later, so the waiting until mentoring began counts for neither side. Y. Li, K. Propert, P. Rosenbaum, "Balanced risk set matching", Journal of the American Statistical Association 96, 2001.
/// </summary>
/// <remarks>
/// <para>
/// The plain number is the difference of the restricted mean times (Royston and Parmar 2013) up to a horizon, from Kaplan–Meier curves in which a mentored seller weighs 1 and its k controls 1/k each. A control that begins to be mentored is watched no
/// further; those of its stratum who go on waiting stand for it (inverse probability of censoring: J. Robins, D. Finkelstein, Biometrics 56, 2000), with no weight above 20.
/// </para>
/// <para>
/// The standard error sums influence functions of the curves, clustered by seller and by set at once (A. Cameron, J. Gelbach, D. Miller, Journal of Business and Economic Statistics 29, 2011), times G/(G − 1) of the G sets: a control may serve several.
/// </para>
/// <para>Assumes that among sellers alike in stratum and nearness who begins when has nothing to do with the pace otherwise. Deterministic; ties go to the earlier row. Time O(mentored · n + copies · times), memory O(n + copies).</para>
/// </remarks>
public sealed class RiskSetMatching
{
    const double MostWeight = 20;

    readonly FollowedCurve mentored;
    readonly FollowedCurve others;

    RiskSetMatching(double horizon, IReadOnlyList<IReadOnlyList<int>> controlsOf, int unmatched, FollowedCurve mentored, FollowedCurve others)
    {
        (Horizon, ControlsOf, Unmatched, this.mentored, this.others) = (horizon, controlsOf, unmatched, mentored, others);
        Matched = controlsOf.Count(controls => controls.Count > 0);
        Others = controlsOf.SelectMany(controls => controls).Distinct().Count();
        WaitMentored = new(mentored.MeanUpTo, mentored.ErrorOfMean());
        WaitOthers = new(others.MeanUpTo, others.ErrorOfMean());
        Sooner = new(others.MeanUpTo - mentored.MeanUpTo, ErrorOfDifference());
    }

    /// <summary>Where counting ends, in time since mentoring began.</summary>
    public double Horizon { get; }

    /// <summary>By row, the rows of its controls; empty for those who weren't mentored while waiting, and for those who found none.</summary>
    public IReadOnlyList<IReadOnlyList<int>> ControlsOf { get; }

    /// <summary>Mentored sellers with controls.</summary>
    public int Matched { get; }

    /// <summary>Mentored sellers who found nobody of their stratum waiting.</summary>
    public int Unmatched { get; }

    /// <summary>The number of different controls.</summary>
    public int Others { get; }

    /// <summary>To how many of the matched it happened up to the horizon.</summary>
    public int HappenedMentored => mentored.Happened;

    /// <summary>Of how many controls, each counted as often as it serves.</summary>
    public int HappenedOthers => others.Happened;

    /// <summary>How much less mentored sellers wait over the horizon; above 0 is sooner.</summary>
    public Estimate Sooner { get; }

    /// <summary>The mean wait of mentored sellers from the day it began, counting no more than the horizon.</summary>
    public Estimate WaitMentored { get; }

    /// <summary>The same of their controls.</summary>
    public Estimate WaitOthers { get; }

    /// <summary>The share of mentored sellers to whom it has happened by a time.</summary>
    /// <param name="time">Time since mentoring began, 0 to the horizon.</param>
    /// <returns>The share, and its 95% interval on the log-minus-log scale; the share itself twice while it is 0 or 1.</returns>
    public (double Share, Interval Interval) ReachedMentored(double time) => mentored.ReachedBy(time);

    /// <summary>The same of their controls.</summary>
    /// <param name="time">Time since mentoring began, 0 to the horizon.</param>
    /// <returns>As <see cref="ReachedMentored"/>.</returns>
    public (double Share, Interval Interval) ReachedOthers(double time) => others.ReachedBy(time);

    /// <summary>The time by which it has happened to half of the mentored; null when that is beyond the horizon.</summary>
    public double? MiddleMentored => mentored.Middle;

    /// <summary>The same of their controls.</summary>
    public double? MiddleOthers => others.Middle;

    /// <summary>Matches and compares.</summary>
    /// <param name="lifetimes">Sellers on the clock of their own age, mentored or not. Controls come from the same <see cref="Lifetime.Stratum"/>; <see cref="Lifetime.Covariates"/> play no part.</param>
    /// <param name="nearness">A finite number a seller, such as the day it signed up: of those who could be controls the nearest are taken.</param>
    /// <param name="horizon">Where counting ends, above 0, in time since mentoring began; fixed before anybody looks.</param>
    /// <param name="controls">How many controls a mentored seller gets where there are as many, 1 or more.</param>
    /// <param name="clusters">Sellers of one number vary together, such as those of one mentor; null when each varies alone.</param>
    /// <returns>The comparison, or a refusal: nobody mentored while waiting, no controls, it happened to nobody, or a side wasn't watched to the horizon.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="lifetimes"/> or <paramref name="nearness"/> is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> isn't above 0, or <paramref name="controls"/> below 1.</exception>
    public static Answer<RiskSetMatching> Match(IReadOnlyList<Lifetime> lifetimes, double[] nearness, double horizon, int controls = 3, int[]? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(lifetimes);
        ArgumentNullException.ThrowIfNull(nearness);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfLessThan(controls, 1);
        if (nearness.Length != lifetimes.Count || (clusters is not null && clusters.Length != lifetimes.Count)) throw new ArgumentException("The rows don’t fit together.", nameof(nearness));
        if (Lifetime.Check(lifetimes) is { } refusal) return refusal;
        if (Array.Exists(nearness, value => !double.IsFinite(value))) return new EvidenceRefusal(RefusalReason.MissingValue, "A seller has no nearness.");

        var controlsOf = ControlSets(lifetimes, nearness, controls);
        var began = lifetimes.Index().Where(one => BeganWhileWaiting(one.Item)).Select(one => one.Index).ToList();
        if (began.Count == 0) return new EvidenceRefusal(RefusalReason.NobodyTreated, "Mentoring began for nobody who was still waiting.");
        var matched = began.FindAll(i => controlsOf[i].Count > 0);
        if (matched.Count < 2) return new EvidenceRefusal(RefusalReason.NoControls, "For fewer than two mentored sellers was anybody of their stratum still waiting.");

        int Cluster(int row) => clusters?[row] ?? row;
        var treated = new FollowedCurve([.. matched.Select(i => Followed(lifetimes, i, i, Cluster(i), 1, horizon))], horizon);
        var beside = new FollowedCurve([.. matched.SelectMany(i => controlsOf[i].Select(j => Followed(lifetimes, j, i, Cluster(j), 1.0 / controlsOf[i].Count, horizon)))], horizon);
        if (treated.Happened + beside.Happened == 0) return new EvidenceRefusal(RefusalReason.TooFewRows, "It happened to nobody up to the horizon.");
        if (!treated.ReachesHorizon || !beside.ReachesHorizon) return new EvidenceRefusal(RefusalReason.TooFewPeriods, FormattableString.Invariant($"Nobody of one side was watched for {horizon} from the day mentoring began."));
        return new RiskSetMatching(horizon, controlsOf, began.Count - matched.Count, treated, beside);
    }

    /// <summary>
    /// The same where there is no effect: sellers never mentored, of whom some get a made-up day of beginning, at the ages and in the strata of the real ones. An honest design finds something in about 5 of 100 draws.
    /// </summary>
    /// <param name="lifetimes">The sellers, as in <see cref="Match"/>.</param>
    /// <param name="nearness">As in <see cref="Match"/>.</param>
    /// <param name="horizon">As in <see cref="Match"/>.</param>
    /// <param name="seed">The seed of the lots.</param>
    /// <param name="draws">The number of draws, 20 or more.</param>
    /// <param name="controls">As in <see cref="Match"/>.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The test, or the refusal of a draw where fewer than half could be estimated.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="lifetimes"/> or <paramref name="nearness"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 20 draws.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Answer<PlaceboTest> Placebo(IReadOnlyList<Lifetime> lifetimes, double[] nearness, double horizon, ulong seed, int draws = 100, int controls = 3, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(lifetimes);
        ArgumentNullException.ThrowIfNull(nearness);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 20);
        // As in life, the young first: who is chosen for a later day has by then waited longer, and choosing them first would leave the quick ones for the early days.
        var real = lifetimes.Where(BeganWhileWaiting).OrderBy(lifetime => lifetime.MentoredFrom).ToList();
        int[] never = [.. Enumerable.Range(0, lifetimes.Count).Where(i => lifetimes[i].MentoredFrom is null)];
        if (never.Length < 60) return new EvidenceRefusal(RefusalReason.NoControls, "Fewer than 60 sellers were never mentored.");
        double[] near = [.. never.Select(i => nearness[i])];
        var byStratum = never.Index().ToLookup(one => lifetimes[one.Item].Stratum, one => one.Index);

        var random = new SplitMix(seed);
        var estimates = new List<Estimate>();
        EvidenceRefusal? refusal = null;
        for (var draw = 0; draw < draws; draw++)
        {
            stop.ThrowIfCancellationRequested();
            Lifetime[] made = [.. never.Select(i => lifetimes[i])];
            foreach (var one in real)
            {
                var waiting = byStratum[one.Stratum].Where(n => made[n].MentoredFrom is null && IsWaiting(made[n], one.MentoredFrom!.Value)).ToList();
                // One who begins and two to compare with.
                if (waiting.Count < 3) continue;
                var chosen = waiting[random.Below(waiting.Count)];
                made[chosen] = made[chosen] with { MentoredFrom = one.MentoredFrom };
            }

            var found = Match(made, near, horizon, controls);
            if (found.Value is { } value && value.Sooner.StandardError > 0) estimates.Add(value.Sooner);
            else refusal ??= found.Refusal;
        }

        if (estimates.Count < draws / 2) return refusal ?? new EvidenceRefusal(RefusalReason.TooFewRows, "Most draws leave nobody to compare.");
        return new PlaceboTest(estimates, estimates.Count(estimate => !estimate.Interval().Contains(0)));
    }

    static bool BeganWhileWaiting(Lifetime lifetime) => lifetime.MentoredFrom is { } from && from >= lifetime.Entry && from < lifetime.End;

    static bool IsWaiting(Lifetime lifetime, double at) => lifetime.Entry <= at && lifetime.End > at;

    static List<int>[] ControlSets(IReadOnlyList<Lifetime> lifetimes, double[] nearness, int most)
    {
        var byStratum = lifetimes.Index().ToLookup(one => one.Item.Stratum, one => one.Index);
        var sets = new List<int>[lifetimes.Count];
        for (var i = 0; i < lifetimes.Count; i++)
        {
            sets[i] = [];
            if (!BeganWhileWaiting(lifetimes[i])) continue;
            var from = lifetimes[i].MentoredFrom!.Value;
            var own = nearness[i];
            // The few nearest, kept in order: a heap would not be faster for so few.
            var distances = new List<double>(most);
            foreach (var j in byStratum[lifetimes[i].Stratum])
            {
                var other = lifetimes[j];
                if (j == i || !IsWaiting(other, from) || other.MentoredFrom <= from) continue;
                var distance = Math.Abs(nearness[j] - own);
                if (distances.Count == most && distance >= distances[^1]) continue;
                var at = distances.Count;
                while (at > 0 && distances[at - 1] > distance) at--;
                distances.Insert(at, distance);
                sets[i].Insert(at, j);
                if (distances.Count <= most) continue;
                distances.RemoveAt(most);
                sets[i].RemoveAt(most);
            }
        }

        return sets;
    }

    /// <summary>A seller from the day mentoring began for the one it is in a set with.</summary>
    static Copy Followed(IReadOnlyList<Lifetime> lifetimes, int row, int set, int cluster, double weight, double horizon)
    {
        var (lifetime, from) = (lifetimes[row], lifetimes[set].MentoredFrom!.Value);
        var joins = row != set && lifetime.MentoredFrom < lifetime.End;
        var (time, happened) = joins ? (lifetime.MentoredFrom!.Value - from, false) : (lifetime.End - from, lifetime.Happened);
        return time > horizon ? new(set, cluster, lifetime.Stratum, weight, horizon, false, false) : new(set, cluster, lifetime.Stratum, weight, time, happened, joins);
    }

    double ErrorOfDifference()
    {
        List<(int Set, int Cluster, double Influence)> influences =
            [.. mentored.InfluencesOnMean().Select(one => (one.Copy.Set, one.Copy.Cluster, -one.Influence)), .. others.InfluencesOnMean().Select(one => (one.Copy.Set, one.Copy.Cluster, one.Influence))];
        double Squares<TKey>(Func<(int Set, int Cluster, double Influence), TKey> key) => influences.GroupBy(key).Sum(group => Math.Pow(group.Sum(one => one.Influence), 2));
        var clusters = Squares(one => one.Cluster);
        var variance = clusters + Squares(one => one.Set) - Squares(one => (one.Set, one.Cluster));
        // The difference of three sums may fall below 0 with very few sets; sellers alone then say how sure it is.
        return Math.Sqrt((variance > 0 ? variance : clusters) * Matched / (Matched - 1));
    }

    /// <summary>One seller in one set; it joins when it is watched no further because it began to be mentored.</summary>
    readonly record struct Copy(int Set, int Cluster, int Stratum, double Weight, double Time, bool Happened, bool Joins);

    /// <summary>A weighted Kaplan–Meier curve up to a horizon, with what each copy adds to its error.</summary>
    sealed class FollowedCurve
    {
        readonly Copy[] copies;
        readonly double horizon;
        readonly double[] times;
        readonly double[] atRisk;
        readonly double[] hazards;
        readonly double[] shares;
        readonly Dictionary<int, double[]> weights;

        public FollowedCurve(Copy[] copies, double horizon)
        {
            (this.copies, this.horizon) = (copies, horizon);
            times = [.. copies.Where(copy => copy.Happened).Select(copy => copy.Time).Distinct().Order()];
            weights = copies.GroupBy(copy => copy.Stratum).ToDictionary(stratum => stratum.Key, stratum => WeightsOf([.. stratum]));
            (atRisk, hazards, shares) = (new double[times.Length], new double[times.Length], new double[times.Length]);
            var share = 1.0;
            for (var k = 0; k < times.Length; k++)
            {
                var happened = 0.0;
                foreach (var copy in copies)
                {
                    if (copy.Time < times[k]) continue;
                    var weight = copy.Weight * weights[copy.Stratum][k];
                    atRisk[k] += weight;
                    if (copy.Happened && copy.Time == times[k]) happened += weight;
                }

                hazards[k] = Math.Min(1, happened / atRisk[k]);
                shares[k] = share *= 1 - hazards[k];
            }

            Happened = copies.Count(copy => copy.Happened);
            for (var k = 0; k <= times.Length; k++) MeanUpTo += (k == 0 ? 1 : shares[k - 1]) * ((k == times.Length ? horizon : times[k]) - (k == 0 ? 0 : times[k - 1]));
        }

        public int Happened { get; }

        public double MeanUpTo { get; }

        public bool ReachesHorizon => (shares.Length > 0 && shares[^1] <= 0) || copies.Any(copy => copy.Time >= horizon);

        public double? Middle => Array.FindIndex(shares, share => share <= 0.5) is >= 0 and var k ? times[k] : null;

        public double ErrorOfMean() => Math.Sqrt(InfluencesOnMean().GroupBy(one => one.Copy.Cluster).Sum(cluster => Math.Pow(cluster.Sum(one => one.Influence), 2)));

        /// <summary>What each copy adds to the error of the mean: a hazard at a time moves all of the area behind it.</summary>
        public IEnumerable<(Copy Copy, double Influence)> InfluencesOnMean()
        {
            var behind = new double[times.Length];
            var (area, until) = (0.0, horizon);
            for (var k = times.Length - 1; k >= 0; k--)
            {
                area += shares[k] * (until - times[k]);
                (behind[k], until) = (area, times[k]);
            }

            return Influences(behind);
        }

        public (double Share, Interval Interval) ReachedBy(double time)
        {
            var last = -1;
            while (last + 1 < times.Length && times[last + 1] <= time) last++;
            var waiting = last < 0 ? 1 : shares[last];
            if (waiting is <= 0 or >= 1) return (1 - waiting, new(1 - waiting, 1 - waiting));
            var error = Math.Sqrt(Influences([.. times.Select((_, k) => k <= last ? waiting : 0)]).GroupBy(one => one.Copy.Cluster).Sum(cluster => Math.Pow(cluster.Sum(one => one.Influence), 2)));
            var (middle, half) = (Math.Log(-Math.Log(waiting)), Probability.TwoSidedCritical(0.95) * error / (waiting * Math.Abs(Math.Log(waiting))));
            return (1 - waiting, new(1 - Math.Exp(-Math.Exp(middle - half)), 1 - Math.Exp(-Math.Exp(middle + half))));
        }

        IEnumerable<(Copy Copy, double Influence)> Influences(double[] moved)
        {
            foreach (var copy in copies)
            {
                var sum = 0.0;
                var own = weights[copy.Stratum];
                for (var k = 0; k < times.Length && times[k] <= copy.Time; k++)
                {
                    // After a time that takes everybody nothing is left to move.
                    if (hazards[k] >= 1) continue;
                    var happened = copy.Happened && copy.Time == times[k] ? 1 : 0;
                    sum -= moved[k] * own[k] * (happened - hazards[k]) / ((1 - hazards[k]) * atRisk[k]);
                }

                yield return (copy, copy.Weight * sum);
            }
        }

        /// <summary>At each time, how many a copy of a stratum stands for: those of it who began to be mentored before, too.</summary>
        double[] WeightsOf(Copy[] stratum)
        {
            var joins = stratum.Where(copy => copy.Joins).Select(copy => copy.Time).Distinct().Order().ToList();
            var (of, stays, next) = (new double[times.Length], 1.0, 0);
            for (var k = 0; k < times.Length; k++)
            {
                for (; next < joins.Count && joins[next] < times[k]; next++)
                {
                    var at = joins[next];
                    // At one time it happens before anybody joins.
                    var left = stratum.Where(copy => copy.Time > at || (copy.Time == at && !copy.Happened)).Sum(copy => copy.Weight);
                    stays *= 1 - (stratum.Where(copy => copy.Joins && copy.Time == at).Sum(copy => copy.Weight) / left);
                }

                of[k] = 1 / Math.Max(stays, 1 / MostWeight);
            }

            return of;
        }
    }
}
