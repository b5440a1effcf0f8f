namespace Guildhall.Matching;

/// <summary>Takes a pair's score apart into points that sum exactly, and finds the one caution.</summary>
sealed class PairExplainer(PairTable table, RuleRegime regime, MatchSettings settings)
{
    const int MillionthsInTenth = AssignmentProblem.MaxScore / 1000;

    readonly FactFinder facts = new(table.People);

    public PairScore Explain(int i, int j)
    {
        var (raw, broken) = table.At(i, j);
        var tenths = Tenths(i, j, raw);
        var factors = table.Weights.Select((weight, k) => Factor(i, j, weight.Factor, weight.Weight, tenths[k]));
        var left = tenths.Sum();
        var penalties = new List<RulePenalty>();
        foreach (var rule in RuleRegime.Rules(broken & regime.Preferred))
        {
            var lost = Math.Min(left, regime[rule].PenaltyPoints * 10);
            left -= lost;
            penalties.Add(new(rule, lost / 10m));
        }
        return new()
        {
            Millionths = regime.Score(raw, broken),
            Points = left / 10m,
            Factors = [.. factors.OrderByDescending(f => f.Points).ThenBy(f => f.Factor)],
            Penalties = penalties,
            Caution = Caution(i, j, broken),
        };
    }

    FactorScore Factor(int i, int j, Factor factor, int weight, int tenths)
    {
        var known = table.Values.Known(factor, i, j);
        return new(factor, table.Values.Value(factor, i, j) / (double)FactorValues.One, weight, tenths / 10m, known >= 0, facts.Of(factor, i, j, known >= 0));
    }

    /// <summary>Each factor's part of the rounded score in tenths: rounded down, then the tenths still missing go to the largest remainders, ties in the order of factors.</summary>
    int[] Tenths(int i, int j, int raw)
    {
        var parts = table.Weights.Select(w => w.Weight * table.Values.Value(w.Factor, i, j)).ToArray();
        var tenths = Array.ConvertAll(parts, part => part / MillionthsInTenth);
        var missing = (raw + MillionthsInTenth / 2) / MillionthsInTenth - tenths.Sum();
        foreach (var k in Enumerable.Range(0, parts.Length).OrderByDescending(k => parts[k] % MillionthsInTenth).Take(missing)) tenths[k]++;
        return tenths;
    }

    PairCaution? Caution(int i, int j, uint broken)
    {
        var people = table.People;
        if (table.Breaks.WaiverOf(i, j) is { } waiver)
        {
            var lastDay = settings.ProgramStart.AddDays(7 * settings.ProgramWeeks - 1);
            return new(waiver.Until < lastDay ? CautionKind.WaiverEndsEarly : CautionKind.Waived, waiver.Rule, Until: waiver.Until);
        }
        if ((broken & regime.Preferred) is not 0 and var preferred) return new(CautionKind.PreferredRuleBroken, RuleRegime.Rules(preferred).First());
        if ((table.Breaks.NotKnown(i, j) & regime.Required) is not 0 and var unknown) return new(CautionKind.RuleNotKnown, RuleRegime.Rules(unknown).First());
        if (people.Hours.AreKnown(i, j))
        {
            var (fewest, most) = (people.Hours.Fewest(i, j), people.Hours.Most(i, j));
            if (fewest <= 2) return new(CautionKind.FewSharedHours, Fact: facts.Of(Matching.Factor.Hours, i, j, isKnown: true));
            if (most - fewest >= 1) return new(CautionKind.ClockChange, Fact: facts.Of(Matching.Factor.Hours, i, j, isKnown: true));
        }
        if (table.Values.Known(Matching.Factor.Category, i, j) == 0)
            return new(CautionKind.OtherCategory, Fact: facts.Of(Matching.Factor.Category, i, j, isKnown: true));
        return people.Mentors[j] is { Asked: >= 5 and var asked, Answered: { } answered } && 2 * answered < asked
            ? new(CautionKind.FewAnswers, Fact: facts.Of(Matching.Factor.Responsiveness, i, j, isKnown: true))
            : null;
    }
}
