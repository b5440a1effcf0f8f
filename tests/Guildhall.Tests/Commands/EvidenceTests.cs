using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Guildhall.Commands.Evidence;
using Guildhall.Tests.Platform.Ui;

namespace Guildhall.Tests.Commands;

public sealed class EvidenceTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("guildhall-evidence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Reads_a_panel_and_gives_the_published_effect()
    {
        var panel = File("panel.csv", Sources.Read("tests/Reference/00_own_marketplace_panel/panel.csv"));
        string[] common = ["--data", panel, "--unit", "seller", "--time", "month", "--first-treated", "cohort", "--covariates", "quality", "--categories", "category"];

        var run = Run(["evidence", "att-gt", "--outcome", "log_revenue", "--out", Path("effect.json"), .. common]);
        var money = Run(["evidence", "money", "--amount", "revenue", "--draws", "100", "--out", Path("money.json"), .. common]);

        run.ExitCode.ShouldBe(0, run.Errors);
        var expected = Json(Sources.Read("tests/Reference/00_own_marketplace_panel/expected.json"));
        var published = expected.GetProperty("did").EnumerateArray().Single(did =>
            did.GetProperty("config") is var config && config.GetProperty("antic").GetInt32() == 1 && config.GetProperty("control").GetString() == "nevertreated" && config.GetProperty("x").ValueKind == JsonValueKind.String);
        var simple = Result("effect.json").GetProperty("simple");
        simple.GetProperty("estimate").GetDouble().ShouldBe(published.GetProperty("aggregate").GetProperty("simple").GetProperty("overall_att").GetDouble(), 1e-7);
        simple.GetProperty("standardError").GetDouble().ShouldBe(published.GetProperty("aggregate").GetProperty("simple").GetProperty("overall_se").GetDouble(), 1e-7);
        Result("effect.json").GetProperty("cells").GetArrayLength().ShouldBe(136);
        Result("effect.json").GetProperty("byEventTime").GetProperty("simultaneousCriticalValue").GetDouble().ShouldBeInRange(2, 4);
        run.Output.ShouldStartWith("Average effect 0.175");

        money.ExitCode.ShouldBe(0, money.Errors);
        Result("money.json").GetProperty("shareMore").GetDouble().ShouldBe(expected.GetProperty("ratio_money").GetProperty("pct").GetDouble(), 1e-8);
    }

    [Fact]
    public void Periods_may_be_years_and_come_back_as_years()
    {
        var rows = new[] { (1, 2004), (2, 2004), (3, 0), (4, 0), (5, 0) }
            .SelectMany(unit => Enumerable.Range(2001, 4).Select(year => Cell($"u{unit.Item1},{year},{unit.Item1 * year % 7 + (unit.Item2 == year ? 5 : 0)},{(unit.Item2 == 0 ? "" : unit.Item2)}")));
        var run = Run("evidence", "att-gt", "--data", File("years.csv", $"id,year,y,first\n{string.Join('\n', rows)}\n"), "--unit", "id", "--time", "year", "--outcome", "y", "--first-treated", "first", "--out", Path("years.json"));

        run.ExitCode.ShouldBe(0, run.Errors);
        Result("years.json").GetProperty("cells")[0].GetProperty("cohort").GetInt32().ShouldBe(2004);
        Result("years.json").GetProperty("byPeriod").GetProperty("points")[0].GetProperty("period").GetInt32().ShouldBe(2004);
    }

    [Theory]
    [InlineData("id,t,y,g\na,1,1,0\n", "panel.csv has no column joined. Its header names id, t, y, g.")]
    [InlineData("id,t,y,joined\n", "panel.csv holds no rows.")]
    [InlineData("id,t,y,joined\na,1,x,0\n", "panel.csv, line 2, column y: “x” isn’t a number.")]
    [InlineData("id,t,y,joined\na,1,,0\n", "panel.csv, line 2, column y: nothing isn’t a number.")]
    [InlineData("id,t,y,joined\na,1,1,0\na,1,2,0\n", "panel.csv, line 3, column t: a has this period a second time.")]
    [InlineData("id,t,y,joined\na,1,1,0\na,2,2,0\nb,1,1,2\n", "b has no row for period 2. Every unit needs every period from 1 to 2; who left has 0 from then on.")]
    [InlineData("id,t,y,joined\na,1,1,0\na,2,2,2\n", "panel.csv, line 3, column joined: a joined in another period than its first row says.")]
    [InlineData("id,t,y,joined\na,1,1,0\na,2,1,0\na,3,1,0\n", "constant_outcome: The outcome is the same for every seller in every period.")]
    [InlineData("id,t,y,joined\na,1,1,0\na,2,2,0\na,3,1,0\n", "nobody_treated: Nobody joined in periods 2 to 3.")]
    [InlineData("id,t,y,joined\na,1,1,3\na,2,2,3\na,3,1,3\n", "no_controls: Everybody joined within the data, so nobody is left to compare with.")]
    [InlineData("id,t,y,joined\na,1,1,0\na,2,2,0\n", "too_few_periods: 2 periods leave none to compare with before an anticipation of 1.")]
    [InlineData("id,t,y,joined\na,1,1\n", "panel.csv, line 2: the row has 3 cells where the header has 4.")]
    public void Refuses_what_it_can_not_answer_with_the_place_or_the_reason(string rows, string refusal)
    {
        var run = Run("evidence", "att-gt", "--data", File("panel.csv", rows), "--unit", "id", "--time", "t", "--outcome", "y", "--first-treated", "joined", "--out", Path("result.json"));

        run.ExitCode.ShouldBe(2);
        run.Errors.Trim().ShouldBe(refusal.Replace("panel.csv", Path("panel.csv"), StringComparison.Ordinal));
        Directory.GetFiles(folder, "result*").ShouldBeEmpty();
    }

    public static TheoryData<string, string, string, string, string> Methods => new()
    {
        { "survival --time t --event e --group g --horizon 6", "t,e,g\n2,1,a\n3,0,a\n5,1,a\n8,0,a\n1,1,b\n4,1,b\n9,0,b\n", "groups.0.restrictedMean.estimate", "4.625", "logRank.pValue" },
        { "cox --time t --event e --mentored-from m --covariates q", Lifetimes(), "mentored", "20", "hazardRatio" },
        // The worked example of docs/methods/new-sellers.md.
        { "sooner --time t --event e --mentored-from m --near d --horizon 20 --controls 2", "t,e,m,d\n16,1,10,0\n22,1,12,5\n20,1,,0\n60,0,,1\n8,1,,0\n", "sooner.estimate", "6.5", "points.30.others.share" },
        { "sooner --time t --event e --mentored-from m --cluster c --strata s", "t,e,m,c,s\n160,1,10,x,1\n220,1,12,x,1\n200,1,,,1\n600,0,,,1\n18,1,11,y,1\n", "matched", "3", "sooner.standardError" },
        { "match --treated d --covariates x --outcome y --caliper 1", "d,x,y\n1,1,5\n1,2,6\n1,3,9\n0,1,1\n0,2,3\n0,3,4\n0,9,4\n0,2,2\n", "pairs", "3", "difference.estimate" },
        { "balance --treated d --covariates x,kind", "d,x,kind\n1,1,a\n1,3,b\n0,1,a\n0,3,b\n", "isComparable", "True", "covariates.1.standardisedDifference" },
        { "ab --treated d --outcome y", "d,y\n1,1\n1,1\n1,0\n1,1\n0,0\n0,1\n0,0\n0,0\n", "estimate", "0.5", "shareDifferenceLower" },
        { "cuped --treated d --outcome y --earlier x", "d,y,x\n1,5,1\n1,7,2\n1,6,1.5\n0,1,1\n0,4,2\n0,2,1.4\n", "treated", "3", "varianceExplained" },
        { "sequence --treated d --outcome y --planned 100", "d,y\n1,5\n1,7\n0,1\n0,4\n", "rows", "4", "safeLower" },
        { "lottery --won w --mentored m --outcome y --round r", "w,m,y,r\n1,1,5,1\n1,1,6,1\n1,0,2,1\n0,0,1,1\n0,0,2,1\n0,0,3,1\n1,1,4,2\n0,0,1,2\n", "rows", "8", "offered.estimate" },
        { "shrink --id m --effect e --standard-error s", "m,e,s\na,28,15\nb,8,10\nc,-3,16\nd,7,11\n", "effects.0.observed", "28", "effects.0.chanceAboveAverage" },
        { "mentors --mentor m --outcome y --covariates x", "m,y,x\na,1,0\na,3,1\nb,5,0\nb,8,1\nc,2,1\nc,2.5,0\n", "mentors.1.name", "b", "betweenMentors" },
        { "bh --p p", "p\n0.001\n0.2\n\n0.03\n", "real", "2", "questions.0.adjusted" },
        { "suppress --row r --column c --count n --k 5", "r,c,n\nx,a,50\nx,b,4\nx,c,30\ny,a,22\ny,b,18\ny,c,41\nz,a,17\nz,b,29\nz,c,33\n", "shown.3.3", "244", "hidden.0.lower" },
        { "offpolicy --choice c --chosen d --reward r --chance-then p --chance-now q", "c,d,r,p,q\n1,1,1,0.5,0.8\n1,0,1,0.5,0.2\n2,1,0,0.5,0.1\n2,0,0,0.5,0.9\n", "weighted.estimate", "0.8", "effectiveChoices" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_answers_from_a_file(string line, string rows, string path, string expected, string another)
    {
        var words = line.Split(' ');
        var run = Run(["evidence", .. words, "--data", File("data.csv", rows), "--out", Path("result.json")]);

        run.ExitCode.ShouldBe(0, run.Errors);
        At(Result("result.json"), path).ToString().ShouldBe(expected);
        At(Result("result.json"), another).ValueKind.ShouldBe(JsonValueKind.Number);
        run.Output.Trim().ShouldNotBeEmpty();
    }

    [Fact]
    public void Plans_without_a_file()
    {
        Run("evidence", "power", "--difference", "0.5", "--deviation", "1", "--out", Path("power.json")).Output.Trim().ShouldBe("64 rows an arm find it 80 times in 100.");
        Run("evidence", "power", "--share", "0.5", "--other-share", "0.75", "--power", "0.9", "--out", Path("power.json")).Output.Trim().ShouldBe("77 rows an arm find it 90 times in 100.");
        Run("evidence", "power", "--out", Path("power.json")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void The_guide_names_every_method_and_every_option()
    {
        var guide = Sources.Read("docs/guide/evidence-command.md");

        foreach (var method in EvidenceVerb.Build().Subcommands)
        {
            guide.ShouldContain($"## {method.Name}\n");
            var section = guide.Split($"## {method.Name}\n")[1].Split("\n## ")[0];
            foreach (var option in method.Options.Where(option => option.Name is not ("--data" or "--out"))) section.ShouldContain($"`{option.Name}", customMessage: method.Name);
        }
    }

    static string Lifetimes()
    {
        var rows = Enumerable.Range(0, 60).Select(i => Cell($"{5 + i * 37 % 50},{(i % 4 == 0 ? 0 : 1)},{(i % 3 == 0 ? Cell($"{1 + i % 4}") : "")},{i * 13 % 10}"));
        return $"t,e,m,q\n{string.Join('\n', rows)}\n";
    }

    static string Cell(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static JsonElement At(JsonElement element, string path)
    {
        foreach (var step in path.Split('.')) element = int.TryParse(step, CultureInfo.InvariantCulture, out var at) ? element[at] : element.GetProperty(step);
        return element;
    }

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    JsonElement Result(string name) => Json(System.IO.File.ReadAllText(Path(name)));

    string Path(string name) => System.IO.Path.Combine(folder, name);

    string File(string name, string text)
    {
        System.IO.File.WriteAllText(Path(name), text);
        return Path(name);
    }

    static (int ExitCode, string Output, string Errors) Run(params string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exitCode = new RootCommand { EvidenceVerb.Build() }.Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (exitCode, output.ToString(), errors.ToString());
    }
}
