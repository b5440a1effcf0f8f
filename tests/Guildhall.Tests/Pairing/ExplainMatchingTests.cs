using Guildhall.Matching;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>Anybody reads before they apply how pairs are made.</summary>
public sealed class ExplainMatchingTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Says_the_rules_and_weights_of_the_open_program_as_they_stand_and_nothing_about_people()
    {
        var scene = new PairingScene(await product.GivenOpenProgram());
        await scene.Steer(settings => settings with
        {
            Weights = new Dictionary<Factor, int> { [Factor.Skills] = 70, [Factor.Hours] = 30 },
            Rules = [.. settings.Rules.Where(rule => rule.Rule is not (Rule.SharedHours or Rule.SameRegion)), new RuleSetting(Rule.SharedHours, RuleStrength.Required, 3), new RuleSetting(Rule.SameRegion, RuleStrength.Preferred, null, 7)],
            NearTies = new NearTies(2),
        });
        await product.Database.ExecuteAsync($"UPDATE programs.program SET is_on_front_page = slug = '{scene.Program.Slug}'");
        using var visitor = product.Visitor();

        var page = await visitor.Page("/matching");
        var words = (await visitor.Get($"/matching/{scene.Program.Slug}")).Words;

        page.QuerySelectorAll("tbody tr").Select(row => $"{row.QuerySelector("th")!.TextContent} {row.QuerySelector(".r")!.TextContent}").ShouldBe([$"{MatchWording.Name(Factor.Skills)} 70", $"{MatchWording.Name(Factor.Hours)} 30"]);
        words.ShouldContain(MatchWording.Name(new RuleSetting(Rule.SharedHours, RuleStrength.Required, 3)));
        words.ShouldContain($"{MatchWording.Name(new RuleSetting(Rule.SameRegion, RuleStrength.Preferred))}: 7 points less");
        words.ShouldContain("Where ways are less than 2 points a pair apart, the lot decides");
        (await visitor.Get("/")).Text.ShouldContain("href=\"/matching\"");
    }

    [Fact]
    public async Task Has_words_for_every_factor()
    {
        var scene = new PairingScene(await product.GivenOpenProgram());
        var (first, others) = (Enum.GetValues<Factor>()[0], Enum.GetValues<Factor>()[1..]);
        await scene.Steer(settings => settings with { Weights = others.ToDictionary(factor => factor, _ => 5).Append(KeyValuePair.Create(first, 100 - (5 * others.Length))).ToDictionary() });
        using var visitor = product.Visitor();

        (await visitor.Page($"/matching/{scene.Program.Slug}")).QuerySelectorAll("tbody tr").Length.ShouldBe(others.Length + 1);
    }
}

/// <summary>Before a program is open.</summary>
public sealed class ExplainNothingTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Says_that_no_program_is_open_and_no_rule_of_a_draft()
    {
        var draft = await ProgramScene.GivenProgram(product);
        using var visitor = product.Visitor();

        var answer = await visitor.Get("/matching");

        answer.Words.ShouldContain("No program is open to visitors at the moment.");
        answer.Page.QuerySelector("table").ShouldBeNull();
        (await visitor.Get($"/matching/{draft.Slug}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }
}
