namespace Guildhall.Matching;

/// <summary>
/// The exact many-to-one assignment of mentees to mentors: the greatest total score, or the most matched by priority class and
/// then the greatest total score, each with the prices that prove it.
/// </summary>
public static class AssignmentSolver
{
    /// <summary>Solves a problem to the exact optimum.</summary>
    /// <param name="problem">Mentees, mentors and pairs. Any problem that can be constructed has a solution, if only an empty one.</param>
    /// <param name="objective">What to make as great as possible.</param>
    /// <param name="stop">Looked at every hundred thousand pairs visited, so the call ends well within 100 ms of the request.</param>
    /// <returns>
    /// An optimum and its certificate. Among equal optima the one returned depends on the order of mentees and mentors in the
    /// problem and on nothing else, neither machine nor thread; <see cref="AssignmentInstance"/> fixes that order by a seed.
    /// </returns>
    /// <remarks>
    /// Bounds: bonuses and prices stay below 9 × (min(n, m) + 1) × 10⁶ millionths, which for any arrays .NET can index is below
    /// 2^55; no sum overflows 64 bits, so no problem has to be refused.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="problem"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objective"/> is not a member of the enumeration.</exception>
    /// <exception cref="OperationCanceledException">The call was stopped; nothing is left behind.</exception>
    public static Assignment Solve(AssignmentProblem problem, AssignmentObjective objective, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (objective is not (AssignmentObjective.MatchedFirst or AssignmentObjective.Score))
            throw new ArgumentOutOfRangeException(nameof(objective));

        var places = UsablePlaces(problem);
        var finish = Finish(problem, places, new long[AssignmentProblem.PriorityClasses], stop);
        if (objective == AssignmentObjective.MatchedFirst && !finish.HasGreatestCounts())
        {
            // The optimum by score is a poor start for it: inserting the rest at a bonus took 5.5 s on E at 100,000.
            finish = Finish(problem, places, FirstBonuses(problem), stop);
            finish.MatchMost();
        }
        return Result(problem, objective, finish);
    }

    static ExactFinish Finish(AssignmentProblem problem, int[] places, long[] bonus, CancellationToken stop)
    {
        var start = new AuctionStart(problem, places, bonus, stop);
        start.Run();
        var finish = new ExactFinish(problem, places, stop);
        finish.Adopt(start.Bonus, start.Price, start.PairOf);
        finish.Run();
        return finish;
    }

    // Even steps between the classes that have mentees, as great as the auction can carry: most often enough.
    static long[] FirstBonuses(AssignmentProblem problem)
    {
        var bonus = new long[AssignmentProblem.PriorityClasses];
        var classes = 0;
        for (byte k = 0; k < bonus.Length; k++)
            bonus[k] = problem.Priorities.Contains(k) ? ++classes : classes;
        for (var k = 0; k < bonus.Length; k++)
            bonus[k] *= AuctionStart.MaxBonus / classes;
        return bonus;
    }

    // A mentor never needs more places than pairs, whatever its capacity says, and one more to be seen to have room.
    static int[] UsablePlaces(AssignmentProblem problem)
    {
        var places = new int[problem.MentorCount];
        foreach (var j in problem.Mentors)
            places[j]++;
        for (var j = 0; j < places.Length; j++)
            places[j] = Math.Min(places[j] + 1, problem.Capacities[j]);
        return places;
    }

    static Assignment Result(AssignmentProblem problem, AssignmentObjective objective, ExactFinish finish)
    {
        var mentorOf = new int[problem.MenteeCount];
        var menteePrices = new long[problem.MenteeCount];
        var matchedByPriority = new int[AssignmentProblem.PriorityClasses];
        var (matched, total) = (0, 0L);
        for (var i = 0; i < mentorOf.Length; i++)
        {
            var pair = finish.PairOf[i];
            mentorOf[i] = pair < 0 ? -1 : problem.Mentors[pair];
            if (pair < 0)
                continue;
            menteePrices[i] = finish.Net(i);
            matchedByPriority[problem.Priorities[i]]++;
            matched++;
            total += problem.Scores[pair];
        }
        var mentorPrices = (long[])finish.Price.Clone();
        PriceMentorsWithoutPlaces(problem, menteePrices, mentorPrices, finish.Bonus);
        return new Assignment(
            objective, mentorOf, menteePrices, mentorPrices, finish.Bonus.ToArray(), matchedByPriority, matched, total);
    }

    static void PriceMentorsWithoutPlaces(AssignmentProblem problem, long[] menteePrices, long[] mentorPrices, ReadOnlySpan<long> bonus)
    {
        for (var j = 0; j < mentorPrices.Length; j++)
            if (mentorPrices[j] >= ExactFinish.NoPlaces)
                mentorPrices[j] = 0;
        var capacities = problem.Capacities;
        if (!capacities.Contains(0))
            return;
        ReadOnlySpan<int> starts = problem.RowStarts, mentors = problem.Mentors, scores = problem.Scores;
        for (var i = 0; i < menteePrices.Length; i++)
            for (var e = starts[i]; e < starts[i + 1]; e++)
                if (capacities[mentors[e]] == 0)
                    mentorPrices[mentors[e]] = Math.Max(mentorPrices[mentors[e]], scores[e] + bonus[problem.Priorities[i]] - menteePrices[i]);
    }
}
