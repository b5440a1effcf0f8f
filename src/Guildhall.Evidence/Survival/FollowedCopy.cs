namespace Guildhall.Evidence;

/// <summary>One seller in one set; it joins when it is watched no further because it began to be mentored.</summary>
readonly record struct FollowedCopy(int Row, int Set, int Cluster, double Weight, double Time, bool Happened, bool Joins)
{
    /// <summary>From what each copy adds, summed by seller and by set at once.</summary>
    public static double ErrorOf(IReadOnlyList<(int Set, int Cluster, double Influence)> influences, int sets)
    {
        double Squares<TKey>(Func<(int Set, int Cluster, double Influence), TKey> key) => influences.GroupBy(key).Sum(group => Math.Pow(group.Sum(one => one.Influence), 2));
        var clusters = Squares(one => one.Cluster);
        var variance = clusters + Squares(one => one.Set) - Squares(one => (one.Set, one.Cluster));
        // The difference of three sums may fall below 0 with very few sets; sellers alone then say how sure it is.
        return Math.Sqrt((variance > 0 ? variance : clusters) * sets / (sets - 1));
    }
}
