using System.Globalization;

namespace Guildhall.Matching;

/// <summary>Confirms or refutes a claimed assignment from the problem alone. Shares no code with <see cref="AssignmentSolver"/>.</summary>
public static class AssignmentCheck
{
    // Prices and bonuses beyond this would overflow a sum of three; a solver's own stay below 2^55 (AssignmentSolver).
    const long Ceiling = 1L << 60;

    /// <summary>
    /// The first thing wrong with a claim, or null when all of it holds: the pairs exist and fit the capacities; the numbers
    /// matched and the total are right; the prices and bonuses are a certificate of the greatest sum of scores and bonuses (see
    /// <see cref="Assignment"/>); and for <see cref="AssignmentObjective.MatchedFirst"/> the numbers matched by class are the
    /// lexicographically greatest, shown by an augmenting search that finds nobody more to match. Also refused: a bonus greater
    /// than the prices need, and a price above the smallest at a mentor without places; neither would hurt the proof, but the
    /// first is read as the worth of a match and the second as the worth of a first place.
    /// </summary>
    /// <param name="problem">The problem that the claim is about.</param>
    /// <param name="claim">The claim; any numbers, of any lengths.</param>
    /// <returns>One sentence that names mentee and mentor by their indices, or null. Time linear in the number of pairs.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string? FirstViolation(AssignmentProblem problem, Assignment claim)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(claim);
        return FirstViolation(problem, new Names(null), claim);
    }

    /// <summary>The same over an instance, in sentences that name mentee and mentor by their ids.</summary>
    /// <param name="instance">The problem that the claim is about, with its ids.</param>
    /// <param name="claim">The claim; any numbers, of any lengths.</param>
    /// <returns>One sentence, or null. Time linear in the number of pairs.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string? FirstViolation(AssignmentInstance instance, Assignment claim)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(claim);
        return FirstViolation(instance.Problem, new Names(instance), claim);
    }

    static string? FirstViolation(AssignmentProblem problem, Names names, Assignment claim)
    {
        if (Shape(problem, claim) is { } shape)
            return shape;

        var load = new int[problem.MentorCount];
        var chosenScores = new int[problem.MenteeCount];
        return Pairs(problem, names, claim, load, chosenScores)
            ?? Totals(problem, claim, chosenScores)
            ?? Bonuses(problem, claim)
            ?? Prices(problem, names, claim, load)
            ?? SmallestBonuses(problem, claim)
            ?? DualSum(problem, claim, chosenScores)
            ?? (claim.Objective == AssignmentObjective.MatchedFirst ? Counts(problem, names, claim, load) : null);
    }

    static string? Shape(AssignmentProblem problem, Assignment claim)
    {
        if (claim.Objective is not (AssignmentObjective.MatchedFirst or AssignmentObjective.Score))
            return "The objective is unknown.";
        if (claim.MentorOf.Length != problem.MenteeCount || claim.MenteePrices.Length != problem.MenteeCount)
            return "The claim is not about the same number of mentees.";
        if (claim.MentorPrices.Length != problem.MentorCount)
            return "The claim is not about the same number of mentors.";
        if (claim.Bonus.Length != AssignmentProblem.PriorityClasses || claim.MatchedByPriority.Length != AssignmentProblem.PriorityClasses)
            return "The claim does not have eight priority classes.";
        return null;
    }

    static string? Pairs(AssignmentProblem problem, Names names, Assignment claim, int[] load, int[] chosenScores)
    {
        for (var i = 0; i < problem.MenteeCount; i++)
        {
            var j = claim.MentorOf[i];
            if (j == -1)
                continue;
            var (start, end) = (problem.RowStarts[i], problem.RowStarts[i + 1]);
            var found = problem.Mentors[start..end].BinarySearch(j);
            if (found < 0)
                return Text($"The {names.Mentee(i)} is matched with {names.Mentor(j)}, but there is no such pair.");
            if (load[j] == problem.Capacities[j])
                return Text($"The {names.Mentor(j)} has {problem.Capacities[j]} places and more mentees than that.");
            load[j]++;
            chosenScores[i] = problem.Scores[start + found];
        }
        return null;
    }

    static string? Totals(AssignmentProblem problem, Assignment claim, int[] chosenScores)
    {
        var total = 0L;
        var matched = 0;
        Span<int> byPriority = stackalloc int[AssignmentProblem.PriorityClasses];
        byPriority.Clear();
        for (var i = 0; i < problem.MenteeCount; i++)
        {
            if (claim.MentorOf[i] < 0)
                continue;
            total += chosenScores[i];
            matched++;
            byPriority[problem.Priorities[i]]++;
        }
        if (total != claim.TotalScore)
            return Text($"The total score is claimed as {claim.TotalScore} millionths, and the pairs add up to {total}.");
        if (matched != claim.Matched)
            return Text($"{claim.Matched} mentees are claimed as matched, and {matched} are.");
        for (var k = 0; k < byPriority.Length; k++)
            if (byPriority[k] != claim.MatchedByPriority[k])
                return Text($"{claim.MatchedByPriority[k]} mentees of priority {k} are claimed as matched, and {byPriority[k]} are.");
        return null;
    }

    static string? Bonuses(AssignmentProblem problem, Assignment claim)
    {
        var previous = 0L;
        for (var k = 0; k < AssignmentProblem.PriorityClasses; k++)
        {
            var bonus = claim.Bonus[k];
            if (bonus < 0 || bonus > Ceiling)
                return Text($"The bonus of priority {k} is {bonus}, outside 0 … 2^60.");
            if (bonus < previous)
                return Text($"The bonus of priority {k} is below that of priority {k - 1}.");
            if (bonus != 0 && claim.Objective == AssignmentObjective.Score)
                return Text($"The bonus of priority {k} is {bonus}, and the objective by score has none.");
            previous = bonus;
        }
        return null;
    }

    static string? Prices(AssignmentProblem problem, Names names, Assignment claim, int[] load)
    {
        ReadOnlySpan<int> starts = problem.RowStarts, mentors = problem.Mentors, scores = problem.Scores;
        ReadOnlySpan<long> menteePrices = claim.MenteePrices, mentorPrices = claim.MentorPrices;
        for (var j = 0; j < problem.MentorCount; j++)
        {
            if (mentorPrices[j] < 0 || mentorPrices[j] > Ceiling)
                return Text($"The price of {names.Mentor(j)} is {mentorPrices[j]}, outside 0 … 2^60.");
            if (load[j] < problem.Capacities[j] && mentorPrices[j] != 0)
                return Text($"The {names.Mentor(j)} has room left and a price of {mentorPrices[j]}.");
        }

        // What a mentor without places must cost at least.
        var needed = new long[problem.MentorCount];
        for (var i = 0; i < problem.MenteeCount; i++)
        {
            var (price, chosen) = (menteePrices[i], claim.MentorOf[i]);
            if (price < 0 || price > Ceiling)
                return Text($"The price of {names.Mentee(i)} is {price}, outside 0 … 2^60.");
            if (chosen < 0 && price != 0)
                return Text($"The {names.Mentee(i)} is unmatched and has a price of {price}.");
            var bonus = claim.Bonus[problem.Priorities[i]];
            for (var e = starts[i]; e < starts[i + 1]; e++)
            {
                var j = mentors[e];
                var shortfall = scores[e] + bonus - price - mentorPrices[j];
                if (shortfall > 0)
                    return Text($"The prices of {names.Mentee(i)} and {names.Mentor(j)} are {shortfall} below what their pair brings.");
                if (j == chosen && shortfall < 0)
                    return Text($"The {names.Mentee(i)} is matched with {names.Mentor(j)}, and their prices are {-shortfall} above what the pair brings.");
                if (problem.Capacities[j] == 0)
                    needed[j] = Math.Max(needed[j], scores[e] + bonus - price);
            }
        }
        for (var j = 0; j < problem.MentorCount; j++)
            if (problem.Capacities[j] == 0 && mentorPrices[j] != needed[j])
                return Text($"The {names.Mentor(j)} has no places, and its price is {mentorPrices[j]} where {needed[j]} is the smallest that covers its pairs.");
        return null;
    }

    // With the smallest bonus, a class whose bonus is above that of the class below has a matched mentee whom nothing is left to.
    static string? SmallestBonuses(AssignmentProblem problem, Assignment claim)
    {
        Span<bool> isBound = stackalloc bool[AssignmentProblem.PriorityClasses];
        isBound.Clear();
        for (var i = 0; i < problem.MenteeCount; i++)
            if (claim.MentorOf[i] >= 0 && claim.MenteePrices[i] == 0)
                isBound[problem.Priorities[i]] = true;
        for (var k = 0; k < isBound.Length; k++)
            if (claim.Bonus[k] > (k == 0 ? 0 : claim.Bonus[k - 1]) && !isBound[k])
                return Text($"The bonus of priority {k} is greater than the prices need.");
        return null;
    }

    // Implied by the above; kept because it is one number that a reader can compute again.
    static string? DualSum(AssignmentProblem problem, Assignment claim, int[] chosenScores)
    {
        Int128 prices = 0, worth = 0;
        for (var i = 0; i < problem.MenteeCount; i++)
        {
            prices += claim.MenteePrices[i];
            if (claim.MentorOf[i] >= 0)
                worth += chosenScores[i] + claim.Bonus[problem.Priorities[i]];
        }
        for (var j = 0; j < problem.MentorCount; j++)
            prices += (Int128)problem.Capacities[j] * claim.MentorPrices[j];
        return prices == worth ? null : Text($"The prices add up to {prices}, and the chosen pairs bring {worth}.");
    }

    // For each class k from the top: could one more mentee of class k or above be matched, at a free place or at one held by a
    // lower class? Berge's theorem: if no alternating path says so, their number is the greatest. What is reached without
    // success at one class needs no second visit at the next: everybody there is of a higher class still.
    static string? Counts(AssignmentProblem problem, Names names, Assignment claim, int[] load)
    {
        ReadOnlySpan<int> starts = problem.RowStarts, mentors = problem.Mentors;
        var memberStarts = new int[problem.MentorCount + 1];
        for (var j = 0; j < load.Length; j++)
            memberStarts[j + 1] = memberStarts[j] + load[j];
        var members = new int[memberStarts[^1]];
        var filled = new int[load.Length];
        for (var i = 0; i < problem.MenteeCount; i++)
            if (claim.MentorOf[i] is >= 0 and var j)
                members[memberStarts[j] + filled[j]++] = i;

        var isReached = new bool[load.Length];
        var queue = new Queue<int>();
        for (var k = AssignmentProblem.PriorityClasses - 1; k >= 0; k--)
        {
            for (var i = 0; i < problem.MenteeCount; i++)
                if (claim.MentorOf[i] < 0 && problem.Priorities[i] == k)
                    queue.Enqueue(i);
            while (queue.TryDequeue(out var i))
            {
                for (var e = starts[i]; e < starts[i + 1]; e++)
                {
                    var j = mentors[e];
                    if (isReached[j])
                        continue;
                    isReached[j] = true;
                    if (load[j] < problem.Capacities[j])
                        return Text($"One more mentee of priority {k} or above could be matched: a chain of moves ends at a free place of {names.Mentor(j)}.");
                    for (var at = memberStarts[j]; at < memberStarts[j + 1]; at++)
                    {
                        if (problem.Priorities[members[at]] < k)
                            return Text($"One more mentee of priority {k} or above could be matched in place of {names.Mentee(members[at])}, of a lower priority.");
                        queue.Enqueue(members[at]);
                    }
                }
            }
        }
        return null;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    readonly struct Names(AssignmentInstance? instance)
    {
        public string Mentee(int i) => instance is null ? Text($"mentee {i}") : $"mentee {instance.MenteeIds[i]}";

        // A claim may name a mentor that isn't there.
        public string Mentor(int j) =>
            instance is null || j < 0 || j >= instance.MentorIds.Length ? Text($"mentor {j}") : $"mentor {instance.MentorIds[j]}";
    }
}
