using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>A weighted Kaplan–Meier curve up to a horizon, with what each copy adds to its error.</summary>
sealed class FollowedCurve
{
    const double MostWeight = 20;

    readonly FollowedCopy[] copies;
    readonly double horizon;
    readonly double[] times;
    readonly double[] atRisk;
    readonly double[] hazards;
    readonly double[] shares;
    // By copy, then by time: how many it stands for.
    readonly double[][] weights;

    public FollowedCurve(FollowedCopy[] copies, double horizon, Func<FollowedCopy, double, (int Stratum, int Stage)> kindOf)
    {
        // Who is there longest first: those at risk are always the first so many. At one time it happens before anybody joins.
        (this.copies, this.horizon) = ([.. copies.OrderByDescending(copy => copy.Time).ThenBy(copy => copy.Happened)], horizon);
        times = [.. this.copies.Where(copy => copy.Happened).Select(copy => copy.Time).Distinct().Order()];
        weights = WeightsOf(kindOf);
        (atRisk, hazards, shares) = (new double[times.Length], new double[times.Length], new double[times.Length]);
        var share = 1.0;
        for (var k = 0; k < times.Length; k++)
        {
            var happened = 0.0;
            for (var c = 0; c < this.copies.Length && this.copies[c].Time >= times[k]; c++)
            {
                var weight = this.copies[c].Weight * weights[c][k];
                atRisk[k] += weight;
                if (this.copies[c].Happened && this.copies[c].Time == times[k]) happened += weight;
            }

            hazards[k] = Math.Min(1, happened / atRisk[k]);
            shares[k] = share *= 1 - hazards[k];
        }

        Happened = copies.Where(copy => copy.Happened).Select(copy => copy.Row).Distinct().Count();
        for (var k = 0; k <= times.Length; k++) MeanUpTo += (k == 0 ? 1 : shares[k - 1]) * ((k == times.Length ? horizon : times[k]) - (k == 0 ? 0 : times[k - 1]));
    }

    public IReadOnlyList<FollowedCopy> Copies => copies;

    public int Happened { get; }

    public double MeanUpTo { get; }

    public bool ReachesHorizon => (shares.Length > 0 && shares[^1] <= 0) || copies.Any(copy => copy.Time >= horizon);

    public double? Middle => Array.FindIndex(shares, share => share <= 0.5) is >= 0 and var k ? times[k] : null;

    public double ErrorOfMean() => Math.Sqrt(InfluencesOnMean().GroupBy(one => one.Copy.Cluster).Sum(cluster => Math.Pow(cluster.Sum(one => one.Influence), 2)));

    /// <summary>What each copy adds to the error of the mean: a hazard at a time moves all of the area behind it.</summary>
    public IEnumerable<(FollowedCopy Copy, double Influence)> InfluencesOnMean()
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

    IEnumerable<(FollowedCopy Copy, double Influence)> Influences(double[] moved)
    {
        foreach (var (c, copy) in copies.Index())
        {
            var sum = 0.0;
            var own = weights[c];
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

    /// <summary>At each time that a copy is there, how many it stands for: those, too, who began to be mentored before, each while of its kind.</summary>
    double[][] WeightsOf(Func<FollowedCopy, double, (int Stratum, int Stage)> kindOf)
    {
        var (stays, kinds) = (new double[copies.Length], new (int Stratum, int Stage)[copies.Length]);
        Array.Fill(stays, 1);
        var of = Array.ConvertAll(copies, copy => new double[Array.BinarySearch(times, copy.Time) is var at && at >= 0 ? at + 1 : ~at]);
        Queue<IGrouping<double, FollowedCopy>> joins = new(copies.Where(copy => copy.Joins).GroupBy(copy => copy.Time).OrderBy(one => one.Key));
        for (var k = 0; k < times.Length; k++)
        {
            while (joins.TryPeek(out var joining) && joining.Key < times[k])
            {
                var at = joins.Dequeue().Key;
                var there = 0;
                for (; there < copies.Length && (copies[there].Time > at || (copies[there].Time == at && !copies[there].Happened)); there++) kinds[there] = kindOf(copies[there], at);
                foreach (var kind in joining.GroupBy(copy => kindOf(copy, at)))
                {
                    var left = 0.0;
                    var (stratum, stage) = kind.Key;
                    for (var c = 0; c < there; c++)
                        if (kinds[c].Stratum == stratum && kinds[c].Stage == stage) left += copies[c].Weight;
                    var stay = 1 - (kind.Sum(copy => copy.Weight) / left);
                    for (var c = 0; c < there; c++)
                        if (kinds[c].Stratum == stratum && kinds[c].Stage == stage) stays[c] *= stay;
                }
            }

            for (var c = 0; c < copies.Length && copies[c].Time >= times[k]; c++) of[c][k] = 1 / Math.Max(stays[c], 1 / MostWeight);
        }

        return of;
    }
}
