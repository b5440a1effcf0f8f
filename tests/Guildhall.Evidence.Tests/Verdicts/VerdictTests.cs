namespace Guildhall.Evidence.Tests.Verdicts;

public class VerdictTests
{
    static readonly StudyFacts study = new()
    {
        WindowEndsOn = new(2026, 6, 30),
        Today = new(2026, 7, 1),
        Mentees = 120,
        Controls = 300,
        Events = null,
        MonthsBefore = 12,
        MonthsAfter = 6,
        ControlsAreComparable = true,
        IsFlatBefore = true,
        OtherChecksPass = true,
    };

    static readonly EffectFacts effect = new() { Effect = new(0.17, 0.03), UsefulEffect = 0.05, AgainstNotYetTreated = 0.16, FromAMonthEarlier = 0.2, TrendAdjusted = 0.01, InMoney = 90 };

    public static TheoryData<string, VerdictKind, StudyFacts, EffectFacts> Cases => new()
    {
        { "all is well", VerdictKind.StrongEvidence, study, effect },
        { "exactly enough for strong", VerdictKind.StrongEvidence, study with { Mentees = 100, Controls = 100 }, effect },
        { "99 mentees", VerdictKind.SomeEvidence, study with { Mentees = 99 }, effect },
        { "99 controls", VerdictKind.SomeEvidence, study with { Controls = 99 }, effect },
        { "another check fails", VerdictKind.SomeEvidence, study with { OtherChecksPass = false }, effect },
        { "not-yet-treated disagrees", VerdictKind.SomeEvidence, study, effect with { AgainstNotYetTreated = -0.01 } },
        { "a month earlier disagrees", VerdictKind.SomeEvidence, study, effect with { FromAMonthEarlier = 0 } },
        { "the trend disagrees", VerdictKind.SomeEvidence, study, effect with { TrendAdjusted = -0.1 } },
        { "money disagrees", VerdictKind.SomeEvidence, study, effect with { InMoney = -5 } },
        { "a line couldn't be estimated", VerdictKind.SomeEvidence, study, effect with { TrendAdjusted = null } },
        { "by lot, with nothing but money beside it", VerdictKind.StrongEvidence, study with { MonthsBefore = null }, effect with { AgainstNotYetTreated = null, OtherReadings = [5] } },
        { "by lot, and money disagrees", VerdictKind.SomeEvidence, study, effect with { OtherReadings = [-5] } },
        { "the window isn't over", VerdictKind.TooEarly, study with { Today = new(2026, 6, 30) }, effect },
        { "29 mentees", VerdictKind.TooFew, study with { Mentees = 29 }, effect },
        { "30 mentees", VerdictKind.SomeEvidence, study with { Mentees = 30 }, effect },
        { "59 controls", VerdictKind.TooFew, study with { Controls = 59 }, effect },
        { "9 events", VerdictKind.TooFew, study with { Events = 9 }, effect },
        { "10 events", VerdictKind.StrongEvidence, study with { Events = 10 }, effect },
        { "2 months before", VerdictKind.TooFew, study with { MonthsBefore = 2 }, effect },
        { "1 month after", VerdictKind.TooFew, study with { MonthsAfter = 1 }, effect },
        { "new sellers have no before", VerdictKind.StrongEvidence, study with { MonthsBefore = null, MonthsAfter = null }, effect },
        { "not comparable", VerdictKind.NotReported, study with { ControlsAreComparable = false }, effect },
        { "not flat", VerdictKind.NotReported, study with { IsFlatBefore = false }, effect },
        { "below 0", VerdictKind.GotWorse, study, effect with { Effect = new(-0.2, 0.05) } },
        { "below 0 and small: worse comes first", VerdictKind.GotWorse, study, effect with { Effect = new(-0.02, 0.001) } },
        { "surely small", VerdictKind.TooSmallToMatter, study, effect with { Effect = new(0.01, 0.01) } },
        { "surely small and above 0: small comes first", VerdictKind.TooSmallToMatter, study, effect with { Effect = new(0.02, 0.005) } },
        { "reaches the useful effect", VerdictKind.StrongEvidence, study, effect with { Effect = new(0.03, 0.0103) } },
        { "wide around 0", VerdictKind.NoClearChange, study, effect with { Effect = new(0.05, 0.04) } },
        { "ends at 0", VerdictKind.NoClearChange, study, effect with { Effect = new(0, 0.2) } },
        { "too early comes before too few", VerdictKind.TooEarly, study with { Today = new(2026, 1, 1), Mentees = 1 }, effect },
        { "too few comes before not reported", VerdictKind.TooFew, study with { Mentees = 1, ControlsAreComparable = false }, effect },
        { "not reported comes before worse", VerdictKind.NotReported, study with { IsFlatBefore = false }, effect with { Effect = new(-1, 0.1) } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_first_rule_that_holds_decides(string why, VerdictKind expected, StudyFacts facts, EffectFacts found) =>
        Verdict.Of(facts, found).Kind.ShouldBe(expected, why);

    [Fact]
    public void A_verdict_that_forbids_it_has_no_estimate()
    {
        var tooEarly = Verdict.Of(study with { Today = new(2026, 1, 1) }, effect).ShouldBeOfType<Verdict.TooEarly>();
        tooEarly.WindowEndsOn.ShouldBe(new DateOnly(2026, 6, 30));
        Verdict.Of(study with { Mentees = 12, Controls = 50, Events = 3, MonthsBefore = 1, MonthsAfter = 0 }, effect)
            .ShouldBe(new Verdict.TooFew(18, 10, 7, 2, 2));
        Verdict.Of(study with { ControlsAreComparable = false, IsFlatBefore = false }, effect).ShouldBe(new Verdict.NotReported(StudyCheck.ControlsComparable));
        Verdict.Of(study with { IsFlatBefore = false }, effect).ShouldBe(new Verdict.NotReported(StudyCheck.FlatBefore));

        foreach (var type in new[] { typeof(Verdict), typeof(Verdict.TooEarly), typeof(Verdict.TooFew), typeof(Verdict.NotReported) })
            type.GetProperties().ShouldAllBe(property => property.PropertyType != typeof(Estimate) && property.PropertyType != typeof(Interval) && property.PropertyType != typeof(double));
        // Nobody else can make a verdict that carries one.
        typeof(Verdict.Reported).GetConstructors().ShouldBeEmpty();
    }

    [Fact]
    public void A_number_that_was_not_estimated_never_reaches_the_rules_and_never_gets_past_them()
    {
        var nothing = effect with { Effect = new(double.NaN, double.NaN) };

        Verdict.Of(study with { Mentees = 3 }, nothing).Kind.ShouldBe(VerdictKind.TooFew);
        Should.Throw<ArgumentException>(() => Verdict.Of(study, nothing));
        Should.Throw<ArgumentException>(() => Verdict.Of(study, effect with { UsefulEffect = 0 }));
    }

    [Fact]
    public void The_words_are_the_eight_of_the_product()
    {
        Verdict[] verdicts = [.. Cases.Select(row => Verdict.Of(row.Data.Item3, row.Data.Item4)).DistinctBy(verdict => verdict.Kind).OrderBy(verdict => verdict.Kind)];

        verdicts.Select(verdict => verdict.Words).ShouldBe(
            ["Too early", "Too few", "Not reported", "Got worse", "Too small to matter", "Strong evidence", "Some evidence", "No clear change"]);
        ((Verdict.Reported)Verdict.Of(study, effect)).Interval.Lower.ShouldBe(0.17 - 1.959963984540054 * 0.03, 1e-12);
    }
}
