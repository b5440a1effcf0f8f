using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// How much sooner it happens with mentoring, in units of time. On the day mentoring begins for a seller, it is laid beside sellers who were as old, still waiting, as far and not mentored that day, and all are followed from then on. Nobody is a control
/// because of what became of it later, so the waiting until mentoring began counts for neither side. Y. Li, K. Propert, P. Rosenbaum, "Balanced risk set matching", Journal of the American Statistical Association 96, 2001.
/// </summary>
/// <remarks>
/// <para>
/// The plain number is the difference of the restricted mean times (Royston and Parmar 2013) up to a horizon, from Kaplan–Meier curves in which a mentored seller weighs 1 and its k controls 1/k each. A control that begins to be mentored is watched no
/// further; those who then are of its stratum and stage and go on waiting stand for it (inverse probability of censoring: J. Robins, D. Finkelstein, Biometrics 56, 2000), with no weight above 20.
/// </para>
/// <para>
/// The standard error sums influence functions of the curves, clustered by seller and by set at once (A. Cameron, J. Gelbach, D. Miller, Journal of Business and Economic Statistics 29, 2011), times G/(G − 1) of the G sets: a control may serve several.
/// </para>
/// <para>Assumes that among sellers alike in stratum, nearness and standing who begins when has nothing to do with the pace otherwise. Deterministic: lots between those equally near fall the same way every time. Time O(mentored · n + copies · times), memory O(n + copies · times).</para>
/// </remarks>
public sealed class RiskSetMatching
{
    /// <summary>More than these play no part in made-up days: who does is drawn, so that a hundred draws take seconds where there are hundreds of thousands of sellers.</summary>
    const int MostMadeUp = 300, MostNever = 10_000;

    readonly FollowedCurve mentored;
    readonly FollowedCurve others;

    RiskSetMatching(double horizon, IReadOnlyList<IReadOnlyList<int>> controlsOf, int unmatched, FollowedCurve mentored, FollowedCurve others)
    {
        (Horizon, ControlsOf, Unmatched, this.mentored, this.others) = (horizon, controlsOf, unmatched, mentored, others);
        Matched = controlsOf.Count(controls => controls.Count > 0);
        var served = controlsOf.Where(controls => controls.Count > 0).SelectMany(controls => controls.Select(row => (Row: row, Weight: 1.0 / controls.Count))).GroupBy(one => one.Row).Select(row => row.Sum(one => one.Weight)).ToList();
        (Others, EffectiveOthers) = (served.Count, Math.Pow(served.Sum(), 2) / served.Sum(weight => weight * weight));
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

    /// <summary>As how many controls they count, serving unequally often: (Σw)²/Σw².</summary>
    public double EffectiveOthers { get; }

    /// <summary>To how many of the matched it happened up to the horizon.</summary>
    public int HappenedMentored => mentored.Happened;

    /// <summary>To how many different controls.</summary>
    public int HappenedOthers => others.Happened;

    /// <summary>How much less mentored sellers wait over the horizon; above 0 is sooner.</summary>
    public Estimate Sooner { get; }

    /// <summary>
    /// The logarithm of the factor by which the pace changes once mentoring has begun, each mentored seller beside its own controls (partial likelihood with a stratum a set, ties by Breslow), with a standard error as of <see cref="Sooner"/>. Null where it happened on one side
    /// alone, or never while both were watched.
    /// </summary>
    public Estimate? LogPace => SetPace.Estimate(mentored.Copies, others.Copies);

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
    /// <param name="standing">Where the seller of a row stands at an age, by what had happened before it alone; null where all who wait stand alike, as before a first sale. Then nearest is nearest in both, each in standard deviations of who could be a control.</param>
    /// <returns>The comparison, or a refusal: nobody mentored while waiting, no controls, it happened to nobody, or a side wasn't watched to the horizon.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="lifetimes"/> or <paramref name="nearness"/> is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> isn't above 0, or <paramref name="controls"/> below 1.</exception>
    public static Answer<RiskSetMatching> Match(IReadOnlyList<Lifetime> lifetimes, double[] nearness, double horizon, int controls = 3, int[]? clusters = null, Func<int, double, Standing>? standing = null)
    {
        ArgumentNullException.ThrowIfNull(lifetimes);
        ArgumentNullException.ThrowIfNull(nearness);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfLessThan(controls, 1);
        if (nearness.Length != lifetimes.Count || (clusters is not null && clusters.Length != lifetimes.Count)) throw new ArgumentException("The rows don’t fit together.", nameof(nearness));
        if (Lifetime.Check(lifetimes) is { } refusal) return refusal;
        if (Array.Exists(nearness, value => !double.IsFinite(value))) return new EvidenceRefusal(RefusalReason.MissingValue, "A seller has no nearness.");

        standing ??= static (_, _) => default;
        var controlsOf = ControlSets(lifetimes, nearness, controls, standing);
        var began = lifetimes.Index().Where(one => BeganWhileWaiting(one.Item)).Select(one => one.Index).ToList();
        if (began.Count == 0) return new EvidenceRefusal(RefusalReason.NobodyTreated, "Mentoring began for nobody who was still waiting.");
        var matched = began.FindAll(i => controlsOf[i].Count > 0);
        if (matched.Count < 2) return new EvidenceRefusal(RefusalReason.NoControls, "For fewer than two mentored sellers was anybody of their stratum and stage still waiting.");

        int Cluster(int row) => clusters?[row] ?? row;
        (int, int) KindOf(FollowedCopy copy, double at) => (lifetimes[copy.Row].Stratum, standing(copy.Row, lifetimes[copy.Set].MentoredFrom!.Value + at).Stage);
        var treated = new FollowedCurve([.. matched.Select(i => Followed(lifetimes, i, i, Cluster(i), 1, horizon))], horizon, KindOf);
        var beside = new FollowedCurve([.. matched.SelectMany(i => controlsOf[i].Select(j => Followed(lifetimes, j, i, Cluster(j), 1.0 / controlsOf[i].Count, horizon)))], horizon, KindOf);
        if (treated.Happened + beside.Happened == 0) return new EvidenceRefusal(RefusalReason.TooFewRows, "It happened to nobody up to the horizon.");
        if (!treated.ReachesHorizon || !beside.ReachesHorizon) return new EvidenceRefusal(RefusalReason.TooFewPeriods, FormattableString.Invariant($"Nobody of one side was watched for {horizon} from the day mentoring began."));
        return new RiskSetMatching(horizon, controlsOf, began.Count - matched.Count, treated, beside);
    }

    /// <summary>
    /// The same where there is no effect: sellers never mentored, of whom some get a made-up day of beginning, at the ages, in the strata and the stages of the real ones. An honest design finds something in about 5 of 100 draws.
    /// </summary>
    /// <param name="lifetimes">The sellers, as in <see cref="Match"/>.</param>
    /// <param name="nearness">As in <see cref="Match"/>.</param>
    /// <param name="horizon">As in <see cref="Match"/>.</param>
    /// <param name="seed">The seed of the lots.</param>
    /// <param name="draws">The number of draws, 20 or more.</param>
    /// <param name="controls">As in <see cref="Match"/>.</param>
    /// <param name="standing">As in <see cref="Match"/>.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The test, or the refusal of a draw where fewer than half could be estimated.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="lifetimes"/> or <paramref name="nearness"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 20 draws.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Answer<PlaceboTest> Placebo(IReadOnlyList<Lifetime> lifetimes, double[] nearness, double horizon, ulong seed, int draws = 100, int controls = 3, Func<int, double, Standing>? standing = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(lifetimes);
        ArgumentNullException.ThrowIfNull(nearness);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 20);
        // As in life, the young first: who is chosen for a later day has by then waited longer, and choosing them first would leave the quick ones for the early days.
        standing ??= static (_, _) => default;
        var random = new SplitMix(seed);
        var real = Some(lifetimes.Index().Where(one => BeganWhileWaiting(one.Item)), MostMadeUp).OrderBy(one => one.Item.MentoredFrom).Select(one => (one.Item.Stratum, From: one.Item.MentoredFrom!.Value, standing(one.Index, one.Item.MentoredFrom!.Value).Stage)).ToList();
        int[] never = [.. Some(Enumerable.Range(0, lifetimes.Count).Where(i => lifetimes[i].MentoredFrom is null), MostNever)];
        if (never.Length < 60) return new EvidenceRefusal(RefusalReason.NoControls, "Fewer than 60 sellers were never mentored.");
        double[] near = [.. never.Select(i => nearness[i])];
        var byStratum = never.Index().ToLookup(one => lifetimes[one.Item].Stratum, one => one.Index);

        var estimates = new List<Estimate>();
        EvidenceRefusal? refusal = null;
        for (var draw = 0; draw < draws; draw++)
        {
            stop.ThrowIfCancellationRequested();
            Lifetime[] made = [.. never.Select(i => lifetimes[i])];
            foreach (var (stratum, from, stage) in real)
            {
                var waiting = byStratum[stratum].Where(n => made[n].MentoredFrom is null && IsWaiting(made[n], from) && standing(never[n], from).Stage == stage).ToList();
                // One who begins and two to compare with.
                if (waiting.Count < 3) continue;
                var chosen = waiting[random.Below(waiting.Count)];
                made[chosen] = made[chosen] with { MentoredFrom = from };
            }

            var found = Match(made, near, horizon, controls, standing: (n, at) => standing(never[n], at));
            if (found.Value is { } value && value.Sooner.StandardError > 0) estimates.Add(value.Sooner);
            else refusal ??= found.Refusal;
        }

        if (estimates.Count < draws / 2) return refusal ?? new EvidenceRefusal(RefusalReason.TooFewRows, "Most draws leave nobody to compare.");
        return new PlaceboTest(estimates, estimates.Count(estimate => !estimate.Interval().Contains(0)));

        List<T> Some<T>(IEnumerable<T> all, int most)
        {
            var list = all.ToList();
            for (var n = 0; n < most && list.Count > most; n++)
            {
                var drawn = n + random.Below(list.Count - n);
                (list[n], list[drawn]) = (list[drawn], list[n]);
            }

            return list.Count <= most ? list : list.GetRange(0, most);
        }
    }

    static bool BeganWhileWaiting(Lifetime lifetime) => lifetime.MentoredFrom is { } from && from >= lifetime.Entry && from < lifetime.End;

    static bool IsWaiting(Lifetime lifetime, double at) => lifetime.Entry <= at && lifetime.End > at;

    static List<int>[] ControlSets(IReadOnlyList<Lifetime> lifetimes, double[] nearness, int most, Func<int, double, Standing> standing)
    {
        var byStratum = lifetimes.Index().ToLookup(one => one.Item.Stratum, one => one.Index);
        int[] began = [.. Enumerable.Range(0, lifetimes.Count).Where(i => BeganWhileWaiting(lifetimes[i]))];
        var sets = Array.ConvertAll(new List<int>[lifetimes.Count], _ => new List<int>());
        var (spreadOfNearness, spreadOfProgress) = (new RunningSpread(), new RunningSpread());
        foreach (var i in began)
            foreach (var (j, progress) in Possible(i))
            {
                spreadOfNearness.Add(nearness[j]);
                spreadOfProgress.Add(progress);
            }

        var (unitOfNearness, unitOfProgress) = (spreadOfNearness.Deviation, spreadOfProgress.Deviation);
        foreach (var i in began)
        {
            var (near, own) = (nearness[i], standing(i, lifetimes[i].MentoredFrom!.Value).Progress);
            // The few nearest, kept in order: a heap would not be faster for so few. Of those equally near lots decide: where many sign up on one day, the first rows would else serve everybody.
            var distances = new List<(double Distance, ulong Lot)>(most);
            foreach (var (j, progress) in Possible(i))
            {
                var distance = (double.Hypot((nearness[j] - near) / unitOfNearness, (progress - own) / unitOfProgress), SplitMix.Mix(SplitMix.Mix((ulong)i) ^ (ulong)j));
                if (distances.Count == most && distance.CompareTo(distances[^1]) >= 0) continue;
                var at = distances.Count;
                while (at > 0 && distances[at - 1].CompareTo(distance) > 0) at--;
                distances.Insert(at, distance);
                sets[i].Insert(at, j);
                if (distances.Count <= most) continue;
                distances.RemoveAt(most);
                sets[i].RemoveAt(most);
            }
        }

        return sets;

        IEnumerable<(int Row, double Progress)> Possible(int mentored)
        {
            var from = lifetimes[mentored].MentoredFrom!.Value;
            var stage = standing(mentored, from).Stage;
            foreach (var j in byStratum[lifetimes[mentored].Stratum])
            {
                if (j == mentored || !IsWaiting(lifetimes[j], from) || lifetimes[j].MentoredFrom <= from) continue;
                var stands = standing(j, from);
                if (stands.Stage == stage) yield return (j, stands.Progress);
            }
        }
    }

    /// <summary>How much numbers differ, one after the other (Welford); 1 where they do not.</summary>
    sealed class RunningSpread
    {
        double count, mean, squares;

        public double Deviation => squares > 0 ? Math.Sqrt(squares / count) : 1;

        public void Add(double value)
        {
            var step = value - mean;
            mean += step / ++count;
            squares += step * (value - mean);
        }
    }

    /// <summary>A seller from the day mentoring began for the one it is in a set with.</summary>
    static FollowedCopy Followed(IReadOnlyList<Lifetime> lifetimes, int row, int set, int cluster, double weight, double horizon)
    {
        var (lifetime, from) = (lifetimes[row], lifetimes[set].MentoredFrom!.Value);
        var joins = row != set && lifetime.MentoredFrom < lifetime.End;
        var (time, happened) = joins ? (lifetime.MentoredFrom!.Value - from, false) : (lifetime.End - from, lifetime.Happened);
        return time > horizon ? new(row, set, cluster, weight, horizon, false, false) : new(row, set, cluster, weight, time, happened, joins);
    }

    double ErrorOfDifference()
    {
        List<(int Set, int Cluster, double Influence)> influences =
            [.. mentored.InfluencesOnMean().Select(one => (one.Copy.Set, one.Copy.Cluster, -one.Influence)), .. others.InfluencesOnMean().Select(one => (one.Copy.Set, one.Copy.Cluster, one.Influence))];
        return FollowedCopy.ErrorOf(influences, Matched);
    }
}
