using System.Globalization;
using System.Runtime.CompilerServices;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests;

/// <summary>The worked examples of docs/methods, read from the pages.</summary>
public class MethodPageTests
{
    [Fact]
    public void Group_time_effects()
    {
        var example = Example("group-time-effects");

        var effect = GroupTimeEffects.Estimate(OutcomePanel.Of(2, Rows(example["outcomes"]), Whole(example["joined"])).Required, new() { Anticipation = 0 }).Required.Simple().Required.Effect;

        effect.Value.ShouldBeNear(Number(example["effect"]), 1e-12);
        effect.StandardError.ShouldBeNear(Number(example["error"]), 1e-6);
    }

    [Fact]
    public void Money()
    {
        var example = Example("money-ratio");

        var ratio = RatioInRatios.Estimate(MoneyPanel.Of(3, Rows(example["amounts"]), Whole(example["joined"])).Required, seed: 1, draws: 100).Required;

        ratio.Actual.ShouldBe(Number(example["actual"]));
        ratio.Counterfactual.ShouldBeNear(Number(example["counterfactual"]), 1e-12);
        ratio.ShareMore.ShouldBeNear(Number(example["share"]), 1e-12);
    }

    [Fact]
    public void Average()
    {
        var example = Example("average-ratio");

        var average = AverageInRatios.Estimate(MoneyPanel.Of(3, Rows(example["sums"]), Whole(example["joined"])).Required, MoneyPanel.Of(3, Rows(example["counts"]), Whole(example["joined"])).Required, seed: 1, draws: 100).Required;

        average.Actual.ShouldBe(Number(example["actual"]));
        average.Expected.ShouldBeNear(Number(example["expected"]), 1e-12);
        average.Change.ShouldBeNear(Number(example["change"]), 1e-12);
    }

    [Fact]
    public void Waiting_times()
    {
        var lines = Lines("waiting-times");
        var lifetimes = lines.Single(line => line.Name == "lifetimes").Value.Split(", ").Select(seller => seller.Split(' ')).Select(seller => new Lifetime(Number(seller[0]), seller[1] == "happened")).ToList();

        var curve = SurvivalCurve.Of(lifetimes).Required;

        foreach (var share in lines.Where(line => line.Name == "share").Select(line => line.Value.Split(' '))) curve.At(Number(share[0])).Value.ShouldBeNear(Number(share[1]), 1e-6);
        curve.Quantile(0.5).ShouldBe(Number(lines.Single(line => line.Name == "median").Value));
        var mean = lines.Single(line => line.Name == "mean").Value.Split(' ');
        curve.MeanUpTo(Number(mean[0])).Required.Mean.Value.ShouldBeNear(Number(mean[1]), 1e-6);
    }

    [Fact]
    public void First_sale()
    {
        var lines = Lines("new-sellers");
        List<string[]> sellers = [.. lines.Where(line => line.Name == "seller").Select(line => line.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        List<Lifetime> waits = [.. sellers.Select(seller => new Lifetime(Number(seller[1]), seller[2] == "sold") { MentoredFrom = seller[3] == "never" ? null : Number(seller[3]) })];
        double Of(string name) => Number(lines.Single(line => line.Name == name).Value);

        var found = RiskSetMatching.Match(waits, [.. sellers.Select(seller => Number(seller[0]))], Of("horizon"), controls: 2).Required;

        found.WaitMentored.Value.ShouldBeNear(Of("mentored"), 1e-12);
        found.WaitOthers.Value.ShouldBeNear(Of("others"), 1e-12);
        found.Sooner.Value.ShouldBeNear(Of("sooner"), 1e-12);
    }

    [Fact]
    public void Learning()
    {
        var example = Example("learning");

        var learned = TraitAssociations.Estimate(Numbers(example["gains"]), new(["trait"], [Numbers(example["traits"])]), Whole(example["mentors"])).Required;

        MidpointGrowth.Gain(Number(example["before"]), Number(example["after"]), Numbers(example["similar"])).ShouldBeNear(Number(example["gain"]), 1e-12);
        learned.Ridge.Single().ShouldBeNear(Number(example["ridge"]), 5e-6);
        learned.Traits.Single().Association.Value.ShouldBeNear(Number(example["told"]), 5e-6);
        learned.Traits.Single().Interval.Lower.ShouldBeNear(Numbers(example["between"])[0], 5e-6);
        learned.Traits.Single().Interval.Upper.ShouldBeNear(Numbers(example["between"])[1], 5e-6);
    }

    [Fact]
    public void Mentor_shrinkage()
    {
        var example = Example("mentor-shrinkage");
        var (effects, errors) = (Numbers(example["effects"]), Numbers(example["errors"]));

        var shrunk = Shrinkage.Of([.. effects.Zip(errors, (effect, error) => new Estimate(effect, error))]).Required;

        shrunk.Average.Value.ShouldBeNear(Number(example["average"]), 5e-3);
        string.Join(", ", shrunk.Effects.Select(effect => effect.Shrunk.Value.ToString("0.00", CultureInfo.InvariantCulture))).ShouldBe(example["shrunk"]);
        string.Join(", ", shrunk.Effects.Select(effect => effect.ChanceAboveAverage.ToString("0.00", CultureInfo.InvariantCulture))).ShouldBe(example["above"]);
    }

    [Fact]
    public void Cell_suppression()
    {
        var example = Example("cell-suppression");
        var rows = example["table"].Split(", ").Select(row => row.Split(' ').Select(cell => long.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var table = new long[rows.Length, rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < rows[0].Length; j++) table[i, j] = rows[i][j];

        var pattern = CellSuppression.Protect(table, (int)Number(example["k"])).Required;

        string.Join(", ", rows.Select((row, i) => string.Join(' ', row.Select((_, j) => pattern.Shown(i, j)?.ToString(CultureInfo.InvariantCulture) ?? "-")))).ShouldBe(example["shown"]);
        var range = Array.ConvertAll(example["range"].Split(' '), cell => long.Parse(cell, CultureInfo.InvariantCulture));
        pattern.Ranges.Single(cell => cell.Row == range[0] && cell.Column == range[1]).ShouldBe(new ProtectedCell((int)range[0], (int)range[1], HiddenCell.Small, range[2], range[3]));
    }

    [Fact]
    public void Confidence_sequence()
    {
        var example = Example("confidence-sequence");

        var reading = ConfidenceSequence.Read(Array.ConvertAll(Whole(example["treated"]), arm => arm == 1), Numbers(example["outcome"]), (int)Number(example["planned"])).Required;

        reading.Difference.ShouldBeNear(Number(example["reading"]), 1e-12);
        reading.SafeHalfWidth.ShouldBeNear(Number(example["safe"]), 1e-5);
        reading.PlannedHalfWidth.ShouldBeNear(Number(example["ordinary"]), 1e-5);
    }

    [Fact]
    public void Planning()
    {
        var example = Example("planning");
        var (before, after) = (Numbers(example["before"]), Numbers(example["after"]));
        var sums = new BeforeAfterSums(before.Length, before.Sum(), after.Sum(), before.Sum(b => b * b), after.Sum(a => a * a), before.Zip(after, (b, a) => b * a).Sum());
        var reached = Numbers(example["reached"]);
        var (mentees, others, useful) = (Number(example["mentees"]), Number(example["others"]), Number(example["useful"]));

        foreach (var (name, comparison) in new[] { ("sales", PlannedComparison.OfRatios(sums).Required), ("orders", PlannedComparison.OfDifferences(sums).Required), ("share", PlannedComparison.OfShares((long)reached[1], (long)reached[0]).Required) })
        {
            var expected = Numbers(example[name]);
            comparison.Deviation.ShouldBeNear(expected[0], 1e-6, name);
            comparison.SmallestShare(mentees, others)!.Value.ShouldBeNear(expected[1], 1e-6, name);
            comparison.MenteesFor(useful, others)!.Value.ShouldBeNear(expected[2], 1e-4, name);
        }
    }

    static Dictionary<string, string> Example(string page) => Lines(page).ToDictionary(line => line.Name, line => line.Value);

    [Fact]
    public void Lots()
    {
        var example = Lines("lottery", "estimate").ToDictionary(line => line.Name, line => line.Value);
        List<(bool Won, double Outcome, int Stratum)> rows = [.. Arm("winners", won: true), .. Arm("losers", won: false)];

        var found = StratifiedDifference.Estimate([.. rows.Select(row => row.Won)], [.. rows.Select(row => row.Outcome)], [.. rows.Select(row => row.Stratum)]).Required;

        found.Difference.Value.ShouldBeNear(Number(example["difference"]), 1e-12);
        found.Difference.StandardError.ShouldBeNear(Number(example["error"]), 1e-6);
        found.DegreesOfFreedom.ShouldBeNear(Number(example["degrees"]), 1e-6);

        IEnumerable<(bool, double, int)> Arm(string name, bool won) => example[name].Split(", ").SelectMany((stratum, at) => stratum.Split(' ').Select(value => (won, Number(value), at)));
    }

    static List<(string Name, string Value)> Lines(string page, string block = "example", [CallerFilePath] string here = "") =>
        [.. File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "methods", $"{page}.md")).Split($"```{block}\n")[1].Split("```")[0]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line.Split(' ', 2)[0], line.Split(' ', 2)[1].Trim()))];

    static double[] Rows(string rows) => [.. rows.Split(", ").SelectMany(row => row.Split(' ')).Select(Number)];

    static double[] Numbers(string list) => [.. list.Split(", ").Select(Number)];

    static int[] Whole(string list) => Array.ConvertAll(Numbers(list), number => (int)number);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
