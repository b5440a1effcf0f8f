namespace Guildhall.Matching;

/// <summary>
/// Recalibration as a match: every pair but the running ones counts with its score less the cost of a switch, and as many as possible are matched, which is everybody, since all
/// could stay. What the optimum moves is proposed.
/// </summary>
static class RecalibrationSolver
{
    /// <summary>Rules on taking somebody new. A mentee who switches is not new to the program, and a running pair took its turn long ago.</summary>
    static readonly Rule[] OnNewPairs = [Rule.OneActiveMentor, Rule.GroupShare, Rule.MenteesInRow, Rule.MinimumScore];

    public static MatchResult<Recalibration> Solve(MatchInput input, IReadOnlyList<Pin> running, double switchingCost, CancellationToken stop)
    {
        input = input with
        {
            Settings = input.Settings with
            {
                Rules = [.. input.Settings.Rules.Where(rule => !OnNewPairs.Contains(rule.Rule))],
                Pins = [.. input.Settings.Pins.Where(running.Contains)],
                Objective = AssignmentObjective.MatchedFirst,
                NearTies = null,
            },
        };
        List<MatchRefusal> refusals = [.. InputChecks.Of(input, stop), .. Checks(input, running, switchingCost)];
        if (refusals.Count > 0) return new(null, refusals);

        input = input with { Settings = input.Settings with { Running = running } };
        var regime = new RuleRegime(input.Settings.Rules);
        var pairs = PlanSolver.Pairs(new(new(input, stop), input.Settings, regime, stop), regime, input.Settings, stop);
        var mentorOf = new int[pairs.Rows];
        foreach (var pair in running) mentorOf[pairs.Table.People.MenteeIndex[pair.MenteeId]] = pairs.Table.People.MentorIndex[pair.MentorId];
        var plan = PlanSolver.Best(pairs.With(new SwitchingCost(mentorOf, switchingCost)), input.Settings, stop);

        var explainer = new PairExplainer(pairs.Table, regime, input.Settings);
        return new(new(switchingCost, [.. Running(plan, mentorOf, explainer)], [.. Changes(plan, mentorOf, explainer)], plan.Verdict), []);
    }

    static IEnumerable<MatchRefusal> Checks(MatchInput input, IReadOnlyList<Pin> running, double switchingCost)
    {
        if (!(switchingCost is >= 0 and <= 100))
            yield return new(RefusalCode.SettingOutOfRange, InputChecks.Text($"A switch is set to cost {switchingCost} points. It may cost 0 to 100."), []);
        var mentees = input.Mentees.Select(mentee => mentee.Id).ToHashSet();
        var capacities = input.Mentors.DistinctBy(mentor => mentor.Id).ToDictionary(mentor => mentor.Id, mentor => mentor.Capacity);
        foreach (var pair in running)
            if (!mentees.Contains(pair.MenteeId) || !capacities.ContainsKey(pair.MentorId))
                yield return new(RefusalCode.RunningPairNotPossible, $"{pair.MenteeId} works with {pair.MentorId}, but not both are in this run.", [pair.MenteeId, pair.MentorId]);
        var counts = running.CountBy(pair => pair.MenteeId).ToDictionary();
        foreach (var id in mentees.Where(id => counts.GetValueOrDefault(id) != 1).Order(StringComparer.Ordinal))
            yield return new(RefusalCode.RunningPairNotPossible, InputChecks.Text($"{id} has {counts.GetValueOrDefault(id)} running pairs. Every mentee of a recalibration has one."), [id]);
        foreach (var (id, count) in running.CountBy(pair => pair.MentorId).OrderBy(mentor => mentor.Key, StringComparer.Ordinal))
            if (capacities.TryGetValue(id, out var capacity) && count > capacity)
                yield return new(RefusalCode.RunningOverCapacity, InputChecks.Text($"{id} has {capacity} places and {count} mentees who work with them. Give them the places back, or end a pair first."), [id]);
    }

    static IEnumerable<RunningPair> Running(Plan plan, int[] mentorOf, PairExplainer explainer)
    {
        var people = plan.Pairs.Table.People;
        // Whether there is a place, or whether they met before, is no question for two who work together.
        var noQuestion = RuleRegime.Bit(Rule.Capacity) | RuleRegime.Bit(Rule.OpenToNew) | RuleRegime.Bit(Rule.EndedBefore);
        return Enumerable.Range(0, mentorOf.Length).OrderBy(i => people.Mentees[i].Id, StringComparer.Ordinal).Select(i => new RunningPair(
            people.Mentees[i].Id, people.Mentors[mentorOf[i]].Id, explainer.Explain(i, mentorOf[i]),
            [.. RuleRegime.Rules(plan.Pairs.Table.Breaks.BrokenWhileRunning(i, mentorOf[i]) & ~noQuestion)]));
    }

    static IEnumerable<ProposedChange> Changes(Plan plan, int[] mentorOf, PairExplainer explainer)
    {
        var people = plan.Pairs.Table.People;
        return Together(plan, mentorOf).Select(moves => new ProposedChange(
            [.. moves.Select(i => new ProposedMove(
                people.Mentees[i].Id, people.Mentors[mentorOf[i]].Id, people.Mentors[plan.MentorOf[i]].Id, explainer.Explain(i, mentorOf[i]), explainer.Explain(i, plan.MentorOf[i])))
                .OrderByDescending(move => move.After.Millionths - move.Before.Millionths).ThenBy(move => move.MenteeId, StringComparer.Ordinal)]))
            .OrderByDescending(change => change.Gain).ThenBy(change => change.Moves[0].MenteeId, StringComparer.Ordinal);
    }

    /// <summary>Moves by what they need: where more come to a mentor than had room, those who come and those who leave belong together.</summary>
    static IEnumerable<IEnumerable<int>> Together(Plan plan, int[] mentorOf)
    {
        var moves = Enumerable.Range(0, mentorOf.Length).Where(i => plan.MentorOf[i] != mentorOf[i]).ToArray();
        var (free, coming) = (new int[plan.Pairs.Columns], new int[plan.Pairs.Columns]);
        for (var j = 0; j < free.Length; j++) free[j] = plan.PlacesOf(j);
        foreach (var j in mentorOf) free[j]--;
        foreach (var i in moves) coming[plan.MentorOf[i]]++;

        var leader = Enumerable.Range(0, mentorOf.Length).ToArray();
        int Leader(int i) => leader[i] == i ? i : leader[i] = Leader(leader[i]);
        foreach (var atOne in moves.SelectMany(i => new[] { (Mentor: mentorOf[i], Mentee: i), (Mentor: plan.MentorOf[i], Mentee: i) }).Where(end => coming[end.Mentor] > free[end.Mentor]).GroupBy(end => end.Mentor, end => end.Mentee))
            foreach (var i in atOne) leader[Leader(i)] = Leader(atOne.First());
        return moves.GroupBy(Leader);
    }

    /// <summary>A pair that doesn't run yet counts with its score less the cost, and a millionth, so that a change which gains nothing is no change.</summary>
    sealed class SwitchingCost(int[] mentorOf, double points) : IHandicap
    {
        readonly int cost = (int)Math.Round(points * (AssignmentProblem.MaxScore / 100)) + 1;

        public int Of(int i, int j, int score) => j == mentorOf[i] ? Math.Max(2, score) : Math.Max(1, score - cost);
    }
}
