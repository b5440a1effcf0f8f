using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>
/// Reads how much sooner it happens to new sellers, or how much longer they stay (docs/methods/new-sellers.md): each mentee beside up to five sellers of its kind who were as old and as far, to whom it had not happened and who had no mentor on the day
/// mentoring began. Pure, as <see cref="ReadStudy"/>.
/// </summary>
sealed class ReadWait
{
    const ulong Seed = 1;
    const int Beside = 5, PlaceboDraws = 100;

    readonly NewSellerStudy study;
    readonly ReadingTerms terms;
    readonly WaitTerms asked;
    readonly CancellationToken stop;
    readonly int[] kinds;

    ReadWait(NewSellerStudy study, ReadingTerms terms, WaitTerms asked, CancellationToken stop)
    {
        (this.study, this.terms, this.asked, this.stop) = (study, terms, asked, stop);
        kinds = KindsOf(study.Sellers, terms);
    }

    /// <param name="study">What there is to read.</param>
    /// <param name="terms">How, as it was settled beforehand.</param>
    /// <param name="asked">What they are watched for: one of the terms' own.</param>
    /// <param name="stop">Ends the work early.</param>
    public static FoundWait Of(NewSellerStudy study, ReadingTerms terms, WaitTerms asked, CancellationToken stop = default) => new ReadWait(study, terms, asked, stop).Read();

    bool IsBetterLater => asked.What == Awaited.Quiet;

    double Better(double sooner) => IsBetterLater ? -sooner : sooner;

    /// <summary>How far a seller had come at an age.</summary>
    Standing Stands(int seller, double age) => study.Sellers[seller].Stands?.Invoke(age) ?? default;

    FoundWait Read()
    {
        var found = new FoundWait { What = asked.What, Verdict = VerdictKind.NotReported, WithinDays = asked.WithinDays, WindowEndsOn = study.WindowEndsOn, Mentored = study.Mentored };
        Lifetime[] waits = [.. study.Sellers.Select((seller, i) => seller.Wait with { Stratum = kinds[i] })];
        double[] signedUp = [.. study.Sellers.Select(seller => seller.SignedUp)];
        int[] clusters = [.. study.Sellers.Select(seller => seller.Cluster)];
        Answer<RiskSetMatching> Match(double within, int beside) => RiskSetMatching.Match(waits, signedUp, within, beside, clusters, Stands);

        var answer = Match(asked.WithinDays, Beside);
        found = found with
        {
            // Where nothing could be compared, the refusal says which of them is missing.
            Mentees = answer.Value?.Matched ?? study.Mentored,
            Others = answer.Value?.Others ?? (answer.Refusal!.Reason == RefusalReason.TooFewRows ? Math.Max(0, study.Sellers.Count - study.Mentored) : 0),
            Happened = answer.Value is { } of ? Math.Min(of.HappenedMentored, of.HappenedOthers) : 0,
        };
        var facts = new StudyFacts
        {
            WindowEndsOn = study.WindowEndsOn,
            Today = study.DataThrough,
            Mentees = found.Mentees,
            // Without any mentee nobody knows how many others there would be: mentees are what is missing.
            Controls = study.Mentored == 0 ? StudyFacts.LeastControls : found.Others,
            Events = study.Mentored == 0 ? null : found.Happened,
            ControlsAreComparable = false,
            IsFlatBefore = true,
            OtherChecksPass = false,
        };
        switch (Verdict.Of(facts, ReadStudy.None))
        {
            case Verdict.TooEarly: return found with { Verdict = VerdictKind.TooEarly };
            case Verdict.TooFew few: return found with { Verdict = VerdictKind.TooFew, Needs = new(few.Mentees, few.Controls, few.MonthsBefore, few.MonthsAfter, few.Events) };
        }

        var matched = answer.Required;
        var balance = Compare(matched);
        found = found with
        {
            Balance = balance,
            IsComparable = balance.All(line => Math.Abs(line.Difference) <= Guildhall.Evidence.Balance.LargestDifference),
            Failed = StudyCheck.ControlsComparable,
            ShareAlone = matched.Unmatched / (double)(matched.Unmatched + matched.Matched),
            ShareOfKind = ShareOfKind(),
            EffectiveOthers = matched.EffectiveOthers,
        };
        if (!found.IsComparable || !(matched.Sooner.StandardError > 0)) return found with { IsComparable = false };

        var placebo = RiskSetMatching.Placebo(waits, signedUp, asked.WithinDays, Seed, PlaceboDraws, Beside, Stands, stop).Value;
        // Where some are further than others, the pace of all together would say who they are: there it is each mentee beside its own.
        var pace = asked.What == Awaited.FirstSale ? MentoringHazard.Estimate(waits).Value?.LogHazardRatio : matched.LogPace;
        found = found with
        {
            PlaceboFound = placebo?.Found,
            PlaceboDraws = placebo?.Estimates.Count ?? 0,
            PlaceboPasses = placebo is { Passes: true },
            DaysByHalf = Match(asked.WithinDays / 2.0, Beside).Value is { } half ? Better(half.Sooner.Value) : null,
            DaysBesideOne = Match(asked.WithinDays, 1).Value is { } one ? Better(one.Sooner.Value) : null,
        };
        var days = matched.Sooner with { Value = Better(matched.Sooner.Value) };
        var verdict = Verdict.Of(
            facts with { ControlsAreComparable = true, OtherChecksPass = found.Overlaps && found.PlaceboPasses && found.IsRoomForAll },
            new() { Effect = days, UsefulEffect = (double)asked.UsefulDays, OtherReadings = [pace is { } log ? Better(log.Value) : null, found.DaysByHalf, found.DaysBesideOne] });
        var interval = days.Interval();
        return found with
        {
            Verdict = verdict.Kind,
            Failed = null,
            DaysBetter = new(days.Value, interval.Lower, interval.Upper),
            WaitMentored = matched.WaitMentored.Value,
            WaitOthers = matched.WaitOthers.Value,
            MiddleMentored = matched.MiddleMentored,
            MiddleOthers = matched.MiddleOthers,
            Pace = pace is { } times ? new(Math.Exp(times.Value), Math.Exp(times.Interval().Lower), Math.Exp(times.Interval().Upper)) : null,
            UnseenToExplain = pace is { } ratio ? HiddenBias.EValue(HiddenBias.RiskRatioOfHazards(Math.Exp(ratio.Value))) : null,
            SmallestVisible = SampleSize.SmallestVisible(matched.Sooner.StandardError),
            Line = [.. Days().Select(day => new FoundReach(day, Reach(matched.ReachedMentored(day)), Reach(matched.ReachedOthers(day))))],
        };
    }

    static FoundEffect Reach((double Share, Interval Interval) reached) => new(reached.Share, reached.Interval.Lower, reached.Interval.Upper);

    /// <summary>Some thirty days over the window, its first and its last among them.</summary>
    IEnumerable<int> Days()
    {
        var step = Math.Max(1, asked.WithinDays / 30);
        for (var day = 0; day < asked.WithinDays; day += step) yield return day;
        yield return asked.WithinDays;
    }

    /// <summary>Kinds and stages are exactly alike within each set; what remains to differ is when they came, and how far they had come.</summary>
    List<FoundBalance> Compare(RiskSetMatching matched)
    {
        // A seller may stand on both sides, as one who waits and as a mentee later: a row of its own for each.
        List<(double SignedUp, double Progress, bool IsMentee, double Weight)> rows = [];
        foreach (var (i, controls) in matched.ControlsOf.Index().Where(one => one.Item.Count > 0))
        {
            var began = study.Sellers[i].Wait.MentoredFrom!.Value;
            rows.Add((study.Sellers[i].SignedUp, Stands(i, began).Progress, true, 1));
            rows.AddRange(controls.Select(j => (study.Sellers[j].SignedUp, Stands(j, began).Progress, false, 1.0 / controls.Count)));
        }

        CovariateTable measures = asked.What == Awaited.FirstSale ? new(["Day of signing up"], [[.. rows.Select(row => row.SignedUp)]])
            : new(["Day of signing up", asked.What == Awaited.Milestone ? "Share of the milestone" : "Share of the days that are quiet"], [[.. rows.Select(row => row.SignedUp)], [.. rows.Select(row => row.Progress)]]);
        var balance = Guildhall.Evidence.Balance.Of([.. rows.Select(row => row.IsMentee)], measures, [.. rows.Select(row => row.Weight)]).Value;
        return balance is null ? [] : [.. balance.Covariates.Select(one => new FoundBalance(one.Name, one.MeanTreated, one.MeanControls, double.IsFinite(one.StandardisedDifference) ? one.StandardisedDifference : Math.Sign(one.StandardisedDifference) * ReadStudy.Endless))];
    }

    double ShareOfKind()
    {
        var byKind = study.Sellers.Zip(kinds).GroupBy(one => one.Second).Select(kind => (Mentees: kind.Count(one => one.First.Wait.MentoredFrom is not null), All: kind.Count())).ToList();
        return byKind.Sum(kind => kind.Mentees * (kind.Mentees / (double)kind.All)) / Math.Max(1, byKind.Sum(kind => kind.Mentees));
    }

    /// <summary>Categories and countries as the plan says, of which one that fewer than ten mentees have stands with the others like it.</summary>
    internal static int[] KindsOf(IReadOnlyList<NewSeller> sellers, ReadingTerms terms)
    {
        var categories = Values(sellers, terms.ComparesCategory, seller => seller.Category);
        var countries = Values(sellers, terms.ComparesCountry, seller => seller.Country);
        return [.. sellers.Select(seller => (categories.GetValueOrDefault(seller.Category ?? "") * (countries.Count + 1)) + countries.GetValueOrDefault(seller.Country ?? ""))];
    }

    static Dictionary<string, int> Values(IReadOnlyList<NewSeller> sellers, bool areCompared, Func<NewSeller, string?> value) => !areCompared ? [] :
        sellers.Where(seller => seller.Wait.MentoredFrom < seller.Wait.End).Select(value).OfType<string>().CountBy(name => name).Where(one => one.Value >= StudyCovariates.LeastShown)
            .OrderBy(one => one.Key, StringComparer.Ordinal).Index().ToDictionary(one => one.Item.Key, one => one.Index + 1);
}
