namespace Guildhall.Matching;

/// <summary>
/// A checked input with its scores, ready to be run and asked. The run is computed once and kept; every answer is exact
/// against it. Safe to use from several threads.
/// </summary>
public sealed class PreparedMatch
{
    readonly ProfileColumns people;
    readonly PairTable table;
    readonly PossiblePairs pairs;
    readonly RuleRegime regime;
    readonly PairExplainer explainer;
    readonly Lock solving = new();
    Plan? plan;
    MatchRun? run;

    PreparedMatch(MatchInput input, PossiblePairs pairs)
    {
        (Input, this.pairs, table, regime, people) = (input, pairs, pairs.Table, pairs.Regime, pairs.Table.People);
        explainer = new(table, regime, input.Settings);
    }

    /// <summary>The input.</summary>
    public MatchInput Input { get; }

    internal PairTable Table => table;

    internal static MatchResult<PreparedMatch> Prepare(MatchInput input, CancellationToken stop)
    {
        var refusals = InputChecks.Of(input, stop);
        if (refusals.Count > 0) return new(null, refusals);
        var rules = new RuleRegime(input.Settings.Rules);
        var possible = PlanSolver.Pairs(new(new(input, stop), input.Settings, rules, stop), rules, input.Settings, stop);
        refusals.AddRange(SettingChecks.OfPrepared(possible, input.Settings));
        return refusals.Count > 0 ? new(null, refusals) : new(new(input, possible), []);
    }

    /// <summary>The run: optimal over all pairs, and verified.</summary>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The run; the same object each time.</returns>
    /// <exception cref="InvalidOperationException">The separate checker refuted the result. It never should; no unverified run is returned.</exception>
    public MatchRun Run(CancellationToken stop = default)
    {
        lock (solving) return run ??= new RunReport(Solved(stop), Input.Settings, stop).Write();
    }

    /// <summary>The score of any pair, possible or not, taken apart.</summary>
    /// <param name="menteeId">The mentee.</param>
    /// <param name="mentorId">The mentor.</param>
    /// <returns>The score as it would be without the rules that block it.</returns>
    /// <exception cref="ArgumentException">An id is not in this match.</exception>
    public PairScore Explain(string menteeId, string mentorId) => explainer.Explain(Mentee(menteeId), Mentor(mentorId));

    /// <summary>Whether both people are in this match.</summary>
    /// <param name="menteeId">A mentee.</param>
    /// <param name="mentorId">A mentor.</param>
    /// <returns>True when both are, on those sides.</returns>
    public bool Knows(string menteeId, string mentorId) => people.MenteeIndex.ContainsKey(menteeId) && people.MentorIndex.ContainsKey(mentorId);

    /// <summary>Why a pair was not made: the rules that block it, or what choosing it would cost and who would move.</summary>
    /// <param name="menteeId">The mentee.</param>
    /// <param name="mentorId">The mentor.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The answer; one shortest path over all pairs, not a new solve.</returns>
    /// <exception cref="ArgumentException">An id is not in this match.</exception>
    public WhyNotAnswer WhyNot(string menteeId, string mentorId, CancellationToken stop = default)
    {
        var (i, j) = (Mentee(menteeId), Mentor(mentorId));
        var solved = Solved(stop);
        var answer = new WhyNotAnswer(menteeId, mentorId, solved.MentorOf[i] == j, null, [], null, null);
        if (answer.IsPair) return answer with { Score = explainer.Explain(i, j) };
        if (solved.Pairs.PinOf[i] is >= 0 and var pin) answer = answer with { PinnedTo = people.Mentors[pin].Id };
        var (raw, broken) = table.At(i, j);
        if ((regime.Broken(raw, broken) & regime.Required) is not 0 and var blocks) return answer with { Blocks = [.. RuleRegime.Rules(blocks)] };
        answer = answer with { Score = explainer.Explain(i, j) };
        if (solved.Pairs.Score(i, j) == 0) return answer;
        return answer with { Cost = Change(solved, new Displacement(solved).Choose(i, j, stop)) };
    }

    /// <summary>What would happen without a pair of the run: who loses, and whom the mentor would be offered. A pin is lifted for the answer.</summary>
    /// <param name="menteeId">A mentee with a pair.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The answer; one shortest path over all pairs, not a new solve, but for a pinned pair.</returns>
    /// <exception cref="ArgumentException">The id is not in this match, or the mentee has no pair.</exception>
    public IfRemovedAnswer IfRemoved(string menteeId, CancellationToken stop = default)
    {
        var i = Mentee(menteeId);
        var solved = Solved(stop);
        var j = solved.MentorOf[i];
        if (j < 0) throw new ArgumentException($"{menteeId} has no pair in this run.", nameof(menteeId));
        var change = solved.Pairs.PinOf[i] >= 0
            ? Change(solved, WithoutPin(i, j, stop))
            : Change(solved, new Displacement(solved).Leave(i, stop));
        var offered = change.Moves.FirstOrDefault(m => m.ToMentorId == people.Mentors[j].Id);
        return new(menteeId, people.Mentors[j].Id, change, offered?.MenteeId, offered?.ScoreAfter);
    }

    /// <summary>The next best mentors of a mentee under the required rules, whether full or not; the one they have is left out.</summary>
    /// <param name="menteeId">The mentee.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>Mentors by exact score, ties in canonical order.</returns>
    /// <exception cref="ArgumentException">The id is not in this match.</exception>
    public IReadOnlyList<Alternative> Alternatives(string menteeId, int count, CancellationToken stop = default)
    {
        var i = Mentee(menteeId);
        var solved = Solved(stop);
        var row = new PairTable.Row(table.Columns);
        table.Read(i, regime.Required, row);
        var scores = new int[table.Columns];
        foreach (var (k, j) in row.Mentors.Take(row.Count).Index().Where(pair => pair.Item != solved.MentorOf[i])) scores[j] = regime.PossibleScore(row.Raw[k], row.Broken[j]);
        var own = solved.MentorOf[i] < 0 ? null : explainer.Explain(i, solved.MentorOf[i]);
        return [.. Enumerable.Range(0, scores.Length).Where(j => scores[j] > 0).OrderByDescending(j => scores[j]).ThenBy(j => j).Take(count).Select(j =>
        {
            var score = explainer.Explain(i, j);
            var (factor, rule) = own is null ? default : LosesMost(own, score);
            return new Alternative(people.Mentors[j].Id, solved.FreePlaces(j) > 0, score, factor, rule);
        })];
    }

    /// <summary>What a rule costs: the exact difference if it were dropped, or, for a rule that is off, if it were required.</summary>
    /// <param name="rule">Any rule but <see cref="Rule.Capacity"/> and <see cref="Rule.Barred"/>.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The answer, by a new solve on the scores at hand. Pins stay even where the rule, once required, would block them.</returns>
    /// <exception cref="ArgumentException">The rule always holds.</exception>
    public RuleCostAnswer RuleCost(Rule rule, CancellationToken stop = default)
    {
        if (!RuleSetting.Allows(rule, RuleStrength.Off)) throw new ArgumentException($"{rule} always holds.", nameof(rule));
        var solved = Solved(stop);
        var from = regime[rule].Strength;
        var to = from == RuleStrength.Off ? RuleStrength.Required : RuleStrength.Off;
        var other = Solve(table, regime.With(rule, to), Input.Settings, stop);
        return new(rule, from, to, solved.Matched, other.Matched, solved.TotalScore, other.TotalScore);
    }

    /// <summary>What three more mentors of a kind would bring.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The answer, by a new solve with them added. The copies have the traits, rules and hours of the copied mentor, but no brand, supplier, owner, address, stake, group or history of their own, and no bars. Where nobody of the kind has a place they are typical mentors: see <see cref="ThreeMoreAnswer.Each"/>.</returns>
    public ThreeMoreAnswer ThreeMore(MentorKind kind, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var solved = Solved(stop);
        var more = new MoreMentors(solved, kind);
        var input = Input with { Mentors = [.. Input.Mentors, .. more.Make(3)] };
        var columns = new ProfileColumns(input, stop);
        var other = Solve(new PairTable(columns, input.Settings, regime, stop), regime, input.Settings, stop);
        return new(kind, more.CopyOf, more.Each, solved.Matched, other.Matched, solved.TotalScore, other.TotalScore);
    }

    /// <summary>The run beside simpler ways of matching the same people, by the same rules, places and pins.</summary>
    /// <param name="orders">How many orders of the mentees to draw for <see cref="MatchingWay.FirstCome"/>, 1 or more; the seed and the ids decide which.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>Every way once, the optimum first. Time is pairs times orders.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="orders"/> is below 1.</exception>
    public IReadOnlyList<WayFigures> SimplerWays(int orders, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        var solved = Solved(stop);
        var ways = new SimplerWays(solved.Pairs.Handicap is null ? solved : PlanSolver.Best(solved.PlainPairs, Input.Settings, stop));
        return [ways.Optimum(stop), ways.BestPairFirst(stop), ways.FirstCome(Input.Settings.Seed, orders, stop)];
    }

    internal Plan Solved(CancellationToken stop)
    {
        lock (solving) return plan ??= PlanSolver.Solve(pairs, Input.Settings, stop);
    }

    static Plan Solve(PairTable table, RuleRegime regime, MatchSettings settings, CancellationToken stop) =>
        PlanSolver.Solve(PlanSolver.Pairs(table, regime, settings, stop), settings, stop);

    int Mentee(string id) => people.MenteeIndex.TryGetValue(id, out var i) ? i : throw new ArgumentException($"{id} is no mentee of this match.", nameof(id));

    int Mentor(string id) => people.MentorIndex.TryGetValue(id, out var j) ? j : throw new ArgumentException($"{id} is no mentor of this match.", nameof(id));

    PlanChange Change(Plan before, List<(int Mentee, int To)> moves)
    {
        var (matched, total) = (before.Matched, before.TotalScore);
        var written = new List<MenteeMove>();
        foreach (var (i, to) in moves)
        {
            var from = before.MentorOf[i];
            var after = to < 0 ? 0 : Score(i, to);
            matched += (to < 0 ? 0 : 1) - (from < 0 ? 0 : 1);
            total += after - before.ScoreOf[i];
            written.Add(new(people.Mentees[i].Id, from < 0 ? null : people.Mentors[from].Id, to < 0 ? null : people.Mentors[to].Id, from < 0 ? null : before.ScoreOf[i], to < 0 ? null : after));
        }
        return new(before.Matched, matched, before.TotalScore, total, written);
    }

    int Score(int i, int j)
    {
        var (raw, broken) = table.At(i, j);
        return regime.Score(raw, broken);
    }

    /// <summary>Without its pin and with its pair barred, the mentee is one more to solve for: a new solve, whose other moves may include ties.</summary>
    List<(int Mentee, int To)> WithoutPin(int i, int j, CancellationToken stop)
    {
        var (mentee, mentor) = (people.Mentees[i].Id, people.Mentors[j].Id);
        var settings = Input.Settings with
        {
            Pins = [.. Input.Settings.Pins.Where(p => p.MenteeId != mentee)],
            Bars = [.. Input.Settings.Bars, new(mentee, mentor)],
        };
        var other = Solve(new PairTable(people, settings, regime, stop), regime, settings, stop);
        var before = Solved(stop);
        return [.. Enumerable.Range(0, table.Rows).Where(k => other.MentorOf[k] != before.MentorOf[k]).OrderBy(k => k != i).Select(k => (k, other.MentorOf[k]))];
    }

    static (Factor? Factor, Rule? Rule) LosesMost(PairScore own, PairScore other)
    {
        var points = other.Factors.ToDictionary(f => f.Factor, f => f.Points);
        var most = own.Factors.OrderByDescending(f => f.Points - points[f.Factor]).ThenBy(f => f.Factor).First();
        var lost = most.Points - points[most.Factor];
        var paid = own.Penalties.ToDictionary(p => p.Rule, p => p.Points);
        var worst = other.Penalties.OrderByDescending(p => p.Points - paid.GetValueOrDefault(p.Rule)).ThenBy(p => p.Rule).FirstOrDefault();
        if (worst is not null && worst.Points - paid.GetValueOrDefault(worst.Rule) > Math.Max(0, lost)) return (null, worst.Rule);
        return lost > 0 ? (most.Factor, null) : default;
    }
}
