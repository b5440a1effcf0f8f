namespace Guildhall.Matching;

/// <summary>What rotation leaves: mentees a mentor may still take in a row, and an operator group within its share.</summary>
sealed class Rotation
{
    readonly int[] leftInRow;
    readonly int[] leftInGroup;

    public Rotation(int mentees, MentorProfile[] mentors, RuleRegime regime)
    {
        var inRow = (int)regime.Parameter(Rule.MenteesInRow);
        leftInRow = Array.ConvertAll(mentors, m => Math.Max(0, inRow - (m.MenteesSincePause ?? 0)));

        GroupOf = Groups(mentors);
        var recent = new long[GroupOf.Length == 0 ? 0 : GroupOf.Max() + 1];
        for (var j = 0; j < mentors.Length; j++) recent[GroupOf[j]] += mentors[j].RecentMentees ?? 0;
        // A share of a small cohort may be less than one mentee; one is always let through, or nobody could ever be matched.
        // The small addition keeps 0.15 × 20, which is 3 and a rounding error either way, at 3.
        var most = Math.Max(1, (long)Math.Floor(regime.Parameter(Rule.GroupShare) * (recent.Sum() + mentees) + 1e-9));
        leftInGroup = Array.ConvertAll(GroupOf, g => (int)Math.Clamp(most - recent[g], 0, int.MaxValue));
    }

    /// <summary>The operator group of each mentor as an index; a mentor without one is a group.</summary>
    public int[] GroupOf { get; }

    public int LeftInRow(int j) => leftInRow[j];

    public int LeftInGroup(int j) => leftInGroup[j];

    /// <summary>Places that the required rules leave each mentor. A group of several mentors may still have more than its share: see <see cref="PlanSolver"/>.</summary>
    public int[] Places(MentorProfile[] mentors, RuleRegime regime)
    {
        var places = Array.ConvertAll(mentors, m => m.IsOpenToNew || !regime.Requires(Rule.OpenToNew) ? m.Capacity : 0);
        for (var j = 0; j < places.Length; j++)
        {
            if (regime.Requires(Rule.MenteesInRow)) places[j] = Math.Min(places[j], leftInRow[j]);
            if (regime.Requires(Rule.GroupShare)) places[j] = Math.Min(places[j], leftInGroup[j]);
        }
        return places;
    }

    public static int[] Groups(MentorProfile[] mentors)
    {
        var indexOf = new Dictionary<string, int>();
        var next = 0;
        return Array.ConvertAll(mentors, m =>
        {
            if (m.OperatorGroup is not { } group) return next++;
            if (!indexOf.TryGetValue(group, out var index)) indexOf[group] = index = next++;
            return index;
        });
    }
}
