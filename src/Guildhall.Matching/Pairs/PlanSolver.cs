namespace Guildhall.Matching;

/// <summary>
/// From possible pairs to a verified optimum. The solver gets each mentee's best pairs only; its prices then tell which of the
/// others could still improve the whole, those are added, and it runs again until there is none: column generation, which
/// ends at the optimum over all pairs. Pins are taken out beforehand with their places, which is exact.
/// </summary>
/// <remarks>
/// A share for an operator group of several mentors is a limit on a sum of loads, which an assignment can't hold. It is met by
/// cutting places: where the optimum gives a group too many, the group keeps its best pairs, its mentors' places are cut to
/// those, and the solve repeats. The result keeps to the share and is optimal for the places cut; what the uncut optimum had
/// is reported, so that the most the cut can have cost is known. A group of one mentor is a cut of that mentor's capacity: exact.
/// </remarks>
static class PlanSolver
{
    /// <summary>Above this many possible pairs the separate checker reads the candidates, and the prices alone cover the rest.</summary>
    const long MostChecked = 16_000_000;

    /// <summary>The pairs to choose from: under the rules, beside the pins and their places.</summary>
    public static PossiblePairs Pairs(PairTable table, RuleRegime regime, MatchSettings settings, CancellationToken stop)
    {
        var pinOf = PinsOf(table, settings);
        var places = new Rotation(table.Rows, table.People.Mentors, regime).Places(table.People.Mentors, regime);
        foreach (var (j, running) in settings.Running.CountBy(pair => table.People.MentorIndex[pair.MentorId])) places[j] = Math.Max(places[j], running);
        foreach (var j in pinOf.Where(j => j >= 0)) places[j] = Math.Max(0, places[j] - 1);
        return new(table, regime, places, pinOf, stop);
    }

    /// <summary>The best plan by the settings: where they break near ties at random, of the draw that is used.</summary>
    public static Plan Solve(PossiblePairs pairs, MatchSettings settings, CancellationToken stop) => Solve(pairs, settings, draw: 0, stop);

    /// <summary>The best plan of any draw.</summary>
    public static Plan Solve(PossiblePairs pairs, MatchSettings settings, int draw, CancellationToken stop) =>
        Best(settings.NearTies is { } ties ? pairs.With(new Lots(pairs.Table.People, settings.Seed, ties, draw)) : pairs, settings, stop);

    /// <summary>The best plan of the pairs as they stand, with their handicap.</summary>
    public static Plan Best(PossiblePairs pairs, MatchSettings settings, CancellationToken stop)
    {
        var plan = Solve(pairs, settings, beforeCut: null, stop);
        if (!pairs.Regime.Requires(Rule.GroupShare)) return plan;
        var rotation = new Rotation(pairs.Rows, pairs.Table.People.Mentors, pairs.Regime);
        PlanTotals? uncut = null;
        while (Cut(plan, rotation) is { } cut)
        {
            uncut ??= new(plan.Matched, plan.TotalScore);
            plan = Solve(pairs.With(cut), settings, uncut, stop);
        }
        return plan;
    }

    static int[] PinsOf(PairTable table, MatchSettings settings)
    {
        var pinOf = new int[table.Rows];
        Array.Fill(pinOf, -1);
        foreach (var pin in settings.Pins) pinOf[table.People.MenteeIndex[pin.MenteeId]] = table.People.MentorIndex[pin.MentorId];
        return pinOf;
    }

    static Plan Solve(PossiblePairs pairs, MatchSettings settings, PlanTotals? beforeCut, CancellationToken stop)
    {
        var candidates = pairs.Best(settings.CandidatesPerMentee, stop);
        for (var (added, rounds) = (0, 1); ; rounds++)
        {
            var problem = pairs.Problem(candidates);
            var assignment = AssignmentSolver.Solve(problem, settings.Objective, stop);
            var missing = MissingPairs.Priced(pairs, candidates, assignment, settings.CandidatesPerMentee, stop);
            if (missing == 0 && settings.Objective == AssignmentObjective.MatchedFirst)
                missing = MissingPairs.Augmenting(pairs, candidates, assignment, stop);
            added += missing;
            if (missing > 0) continue;

            if (pairs.All(MostChecked, stop) is { } all) problem = pairs.Problem(all);
            if (AssignmentCheck.FirstViolation(problem, assignment) is { } violation)
                throw new InvalidOperationException($"The check refuted the match: {violation}");
            return Plan(pairs, assignment, new(problem.PairCount, added, rounds, beforeCut), stop);
        }
    }

    static Plan Plan(PossiblePairs pairs, Assignment assignment, RunVerdict verdict, CancellationToken stop)
    {
        var mentorOf = assignment.MentorOf.ToArray();
        var scoreOf = new int[mentorOf.Length];
        var countedOf = pairs.Handicap is null ? scoreOf : new int[mentorOf.Length];
        var menteesOf = Array.ConvertAll(new int[pairs.Columns], _ => new List<int>());
        for (var i = 0; i < mentorOf.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            if (pairs.PinOf[i] >= 0) mentorOf[i] = pairs.PinOf[i];
            if (mentorOf[i] < 0) continue;
            var (raw, broken) = pairs.Table.At(i, mentorOf[i]);
            scoreOf[i] = pairs.Regime.Score(raw, broken);
            if (pairs.Handicap is { } handicap) countedOf[i] = handicap.Of(i, mentorOf[i], scoreOf[i]);
            menteesOf[mentorOf[i]].Add(i);
        }
        return new()
        {
            Pairs = pairs,
            MentorOf = mentorOf,
            ScoreOf = scoreOf,
            CountedOf = countedOf,
            MenteesOf = menteesOf,
            MenteePrices = assignment.MenteePrices.ToArray(),
            MentorPrices = assignment.MentorPrices.ToArray(),
            Bonus = assignment.Bonus.ToArray(),
            Matched = mentorOf.Count(j => j >= 0),
            TotalScore = scoreOf.Sum(s => (long)s),
            Verdict = verdict,
            Worth = Array.ConvertAll(pairs.Table.People.Mentees, m => assignment.Objective == AssignmentObjective.Score ? 0 : 2 * (pairs.Rows + 1L) * AssignmentProblem.MaxScore * (m.PriorityClass + 1)),
        };
    }

    /// <summary>Fewer places for the mentors of groups that hold too many; null when none does.</summary>
    static int[]? Cut(Plan plan, Rotation rotation)
    {
        int[]? cut = null;
        foreach (var group in Enumerable.Range(0, plan.MenteesOf.Length).GroupBy(j => rotation.GroupOf[j]))
        {
            var most = rotation.LeftInGroup(group.First());
            if (group.Sum(j => plan.MenteesOf[j].Count) <= most) continue;
            cut ??= (int[])plan.Pairs.Places.Clone();
            foreach (var j in group) cut[j] = 0;
            var pinned = group.Sum(j => plan.MenteesOf[j].Count - plan.Movable(j).Count());
            var mentees = plan.Pairs.Table.People.Mentees;
            foreach (var i in group.SelectMany(plan.Movable).OrderByDescending(i => mentees[i].PriorityClass).ThenByDescending(i => plan.CountedOf[i]).ThenBy(i => i).Take(Math.Max(0, most - pinned)))
                cut[plan.MentorOf[i]]++;
        }
        return cut;
    }
}
