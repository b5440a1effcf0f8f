namespace Guildhall.Matching.Tests.Pairs;

/// <summary>The best plan by trying every one: what the matcher is held against.</summary>
sealed class BruteForce
{
    readonly MatchInput input;
    readonly int[,] scores;
    readonly int[] places;
    readonly int[] chosen;
    readonly byte[] priorities;
    readonly bool[] isPinned;
    int[]? best;
    (long Counts, long Total) bestValue;

    BruteForce(MatchInput input, ProfileColumns people, Func<string, string, bool> mayPair)
    {
        this.input = input;
        scores = Scores(input, people, mayPair);
        places = [.. input.Mentors.Select(m => m.Capacity)];
        chosen = new int[input.Mentees.Count];
        priorities = [.. input.Mentees.Select(m => m.Priority ?? (byte)0)];
        isPinned = [.. input.Mentees.Select(m => input.Settings.Pins.Any(p => p.MenteeId == m.Id))];
    }

    /// <summary>The best plan in which every pin holds and <paramref name="mayPair"/> allows every pair.</summary>
    public static (int Matched, long Total) Best(PreparedMatch match, MatchSettings settings, Func<string, string, bool>? mayPair = null)
    {
        var search = new BruteForce(match.Input with { Settings = settings }, match.Table.People, mayPair ?? ((_, _) => true));
        search.Try(0);
        return (search.best!.Count(r => r >= 0), search.bestValue.Total);
    }

    static int[,] Scores(MatchInput input, ProfileColumns people, Func<string, string, bool> mayPair)
    {
        var regime = new RuleRegime(input.Settings.Rules);
        var table = new PairTable(people, input.Settings, regime);
        var pins = input.Settings.Pins.ToDictionary(p => p.MenteeId, p => p.MentorId);
        var found = new int[input.Mentees.Count, input.Mentors.Count];
        for (var e = 0; e < input.Mentees.Count; e++)
            for (var r = 0; r < input.Mentors.Count; r++)
            {
                var (mentee, mentor) = (input.Mentees[e].Id, input.Mentors[r].Id);
                var (raw, broken) = table.At(people.MenteeIndex[mentee], people.MentorIndex[mentor]);
                found[e, r] = pins.TryGetValue(mentee, out var pin)
                    ? pin == mentor ? regime.Score(raw, broken) : 0
                    : mayPair(mentee, mentor) ? regime.PossibleScore(raw, broken) : 0;
            }
        return found;
    }

    void Try(int mentee)
    {
        if (mentee == chosen.Length)
        {
            Weigh();
            return;
        }
        for (var r = isPinned[mentee] ? 0 : -1; r < places.Length; r++)
        {
            if (r >= 0 && (places[r] == 0 || scores[mentee, r] == 0)) continue;
            chosen[mentee] = r;
            if (r >= 0) places[r]--;
            Try(mentee + 1);
            if (r >= 0) places[r]++;
        }
    }

    void Weigh()
    {
        // Six bits a class, the highest class on top: comparing the numbers compares the counts lexicographically.
        var (counts, total) = (0L, 0L);
        for (var e = 0; e < chosen.Length; e++)
        {
            if (chosen[e] < 0) continue;
            counts += 1L << (6 * priorities[e]);
            total += scores[e, chosen[e]];
        }
        if (input.Settings.Objective == AssignmentObjective.Score) counts = 0;
        if (best is null || (counts, total).CompareTo(bestValue) > 0) (best, bestValue) = ([.. chosen], (counts, total));
    }
}
