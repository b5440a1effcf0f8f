using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Effects;

/// <summary>The simulated marketplace against its published checks, and what the estimator makes of it where the truth is known.</summary>
public class MarketSimTests
{
    const string Set = "00_own_marketplace_panel";

    /// <summary>Seeds of a scenario run here; all 500 are run by `./guildhall prove coverage`.</summary>
    const int Runs = 50;

    [Fact]
    public void The_generator_gives_the_published_numbers()
    {
        var check = Reference.Json(Set, "panel_generator_check.json");
        var seed = check.GetProperty("seed").GetUInt64();
        foreach (var draw in check.GetProperty("U").EnumerateArray())
        {
            var (stream, i, t) = (draw.GetProperty("stream").GetUInt64(), draw.GetProperty("i").GetInt32(), draw.GetProperty("t").GetInt32());
            MarketSim.Uniform(seed, stream, i, t).ShouldBe(draw.Number("u"));
            MarketSim.Normal(seed, stream, i, t).ShouldBeNear(draw.Number("n"), 1e-15);
        }

        var market = MarketSim.Make(seed, check.GetProperty("N").GetInt32(), MarketSim.Scenario.BadMonthBefore);
        foreach (var row in check.GetProperty("first_rows").EnumerateArray())
        {
            var (i, t) = (row.GetProperty("i").GetInt32(), row.GetProperty("t").GetInt32());
            market.Joined[i].ShouldBe(row.GetProperty("g").GetInt32());
            market.LogRevenue[i * MarketSim.Months + t - 1].ShouldBeNear(row.Number("y"), 1e-12);
            market.Untreated[i * MarketSim.Months + t - 1].ShouldBeNear(row.Number("y0"), 1e-12);
        }
        MarketSim.TrueSimple(0.20).ShouldBeNear(check.Number("truth_simple"), 1e-15);
        for (var e = 0; e < 14; e++)
            Enumerable.Range(5, 8).Where(g => g + e <= MarketSim.Months).Average(g => MarketSim.TrueEffect(0.20, g, g + e)).ShouldBeNear(check.GetProperty("truth_dynamic")[e].GetDouble(), 1e-14);
    }

    [Fact]
    public void The_panel_in_the_file_is_the_generators()
    {
        var market = MarketSim.Make(20251120, 600, MarketSim.Scenario.BadMonthBefore);

        market.Joined.ShouldBe(OwnPanel.Joined());
        var logs = Reference.Table(Set, "panel.csv").Numbers("log_revenue");
        for (var row = 0; row < logs.Length; row++) market.LogRevenue[row].ShouldBeNear(logs[row], 5.1e-7);
    }

    [Theory]
    [InlineData("A_no_dip")]
    [InlineData("B_dip")]
    [InlineData("C_dip_no_effect")]
    public void Every_run_of_the_coverage_study_comes_out_as_published(string scenario)
    {
        var study = CoverageStudy.Run(scenario, Reference.Table(Set, "coverage_runs.csv"), Runs, TestContext.Current.CancellationToken);

        study.Runs.ShouldBe(Runs);
        study.LargestDifference.ShouldBeLessThan(1e-8);
        study.Covered.ShouldBe(study.PublishedCovered);
    }
}
