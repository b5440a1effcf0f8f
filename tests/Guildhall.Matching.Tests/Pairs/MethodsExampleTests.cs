using System.Globalization;
using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class MethodsExampleTests
{
    [Fact]
    public void The_page_on_matching_shows_what_its_example_gives()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "methods", "matching.md"));
        var shown = page[(page.IndexOf("```text", StringComparison.Ordinal) + 8)..page.LastIndexOf("```", StringComparison.Ordinal)];

        shown.ShouldBe(string.Concat(Example().Select(line => line + "\n")));
    }

    static IEnumerable<string> Example()
    {
        var stop = TestContext.Current.CancellationToken;
        T In<T>(T person, string leaf, string hours) where T : Participant =>
            person with { Categories = [new(leaf, 1)], TimeZone = "UTC", WeekHours = WeekGrid.Parse(hours) };
        var settings = Defaults with
        {
            Weights = new Dictionary<Factor, int> { [Factor.Category] = 60, [Factor.Hours] = 40 },
            Rules = [new(Rule.SharedHours, RuleStrength.Required, 2)],
        };
        var match = Matcher.Prepare(new(
            [In(Mentee("Ana"), "home/kitchen/tableware", "mon 9-13"), In(Mentee("Bea"), "home/kitchen/knives", "mon 9-11")],
            [In(Mentor("Ruth"), "home/kitchen/tableware", "mon 9-13"), In(Mentor("Leo"), "home/garden", "mon 9-13")],
            settings), stop).Required;

        var run = match.Run(stop);
        foreach (var pair in run.Pairs)
            yield return Text($"{pair.MenteeId} with {pair.MentorId}: {pair.Score.Points:0.0} = {string.Join(" + ", pair.Score.Factors.Select(f => Text($"{f.Factor} {f.Points:0.0}")))}");
        yield return Text($"{run.Summary.Matched} matched, {run.Summary.TotalScore / 10_000m:0.0} points together, {run.Summary.AveragePoints:0.0} on average");

        var cost = match.WhyNot("Bea", "Ruth", stop).Cost!;
        var moves = cost.Moves.Select(m => $"{m.MenteeId} from {m.FromMentorId} to {m.ToMentorId}");
        yield return Text($"Bea with Ruth instead: {cost.TotalChange / 10_000m:0.0} points; {string.Join(", ", moves)}");

        var stricter = Matcher.Prepare(match.Input with { Settings = settings with { Rules = [new(Rule.SharedHours, RuleStrength.Required, 3)] } }, stop).Required;
        var summary = stricter.Run(stop).Summary;
        yield return Text($"{MatchWording.Name(Rule.SharedHours, stricter.Input.Settings)} instead: {summary.Matched} matched, {summary.TotalScore / 10_000m:0.0} points");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Guildhall.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
