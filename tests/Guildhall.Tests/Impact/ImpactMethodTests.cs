using System.Globalization;
using Guildhall.Modules.Impact;
using Guildhall.Tests.Platform.Ui;

namespace Guildhall.Tests.Impact;

/// <summary>The worked example of docs/methods/impact.md, and the rules of who joined when.</summary>
public sealed class ImpactMethodTests
{
    readonly Dictionary<string, string> example = Sources.Read("docs/methods/impact.md").Split("```example\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(line => line.Split(' ')[0], line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)));

    [Fact]
    public void Counts_who_joined_in_a_small_period_with_those_before() => ReadStudy.Together(Whole("joined")).ShouldBe(Whole("counted"));

    [Fact]
    public void Takes_the_simple_figure_apart()
    {
        var (before, compared, expected, actual) = (Number("before"), Number("base"), Number("expected"), Number("actual"));
        var words = new ImpactWords(
            new() { Verdict = Guildhall.Evidence.VerdictKind.SomeEvidence, WindowEndsOn = default, Mentored = 1, Mentees = 1, Controls = 1, Steps = new(actual - before, expected - compared, compared - before, 0, actual - expected) },
            new(StudyOutcome.Sales, 4, true, true, true, 10), "USD");

        string.Join(' ', words.Steps.Select(step => step.Amount)).ShouldBe(example["steps"]);
    }

    [Fact]
    public void Shows_the_words_of_a_link_once()
    {
        var shown = MethodText.Impact.Value;

        shown.ShouldContain("group-time effects");
        shown.ShouldNotContain("effectsgroup-time");
        shown.ShouldNotContain("<a ");
        MethodText.Publishing.Value.ShouldNotContain("<a ");
    }

    [Theory]
    [InlineData("5 5 5 6 6", "5 5 5 5 5")]
    [InlineData("6 6 6 6 6 6 6 6 6 6 7 0 0", "6 6 6 6 6 6 6 6 6 6 6 0 0")]
    [InlineData("0 0", "0 0")]
    public void Moves_nobody_to_a_later_period(string joined, string counted) => ReadStudy.Together(Numbers(joined)).ShouldBe(Numbers(counted));

    [Theory]
    [InlineData("2026-01-20", 5)]
    [InlineData("2026-02-02", 5)]
    [InlineData("2026-03-01", 5)]
    [InlineData("2026-03-02", 6)]
    public void Counts_periods_from_the_first_day_of_the_program(string joined, int period)
    {
        var calendar = new StudyCalendar(new(2026, 2, 2), 4);

        calendar.PeriodOf(DateOnly.Parse(joined, CultureInfo.InvariantCulture)).ShouldBe(period);
        calendar.FirstDay.ShouldBe(new(2025, 10, 13));
        calendar.LastDayOf(4).ShouldBe(new(2026, 2, 1));
        calendar.LastDayOf(calendar.LastPeriod(5)).ShouldBe(new DateOnly(2026, 2, 2).AddDays(4 * 28 - 1));
    }

    double Number(string name) => double.Parse(example[name], CultureInfo.InvariantCulture);

    int[] Whole(string name) => Numbers(example[name]);

    static int[] Numbers(string text) => [.. text.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
