using System.Net;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.People;
using Guildhall.Platform.Access;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Portal;

/// <summary>The help page.</summary>
public sealed class HelpTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Names_the_administrators_to_ask_and_nobody_else()
    {
        using var manager = await product.AnotherManager("Ines Duarte", "ines@example.com");
        using var administrator = await product.Another("Abel Mota", "abel@example.com", Role.Administrator);

        var help = await manager.Get("/help");

        help.Words.ShouldContain("ask an administrator of this installation: Abel Mota, Dana Reyes.");
        help.Page.QuerySelector("main")!.TextContent.ShouldNotContain("Ines Duarte");
    }

    [Fact]
    public async Task Sends_nobody_to_a_page_that_is_not_there()
    {
        var manager = await product.Manager();
        var help = await manager.Page("/help");
        var links = help.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!).ToList();

        foreach (var link in links) (await manager.Get(link)).Status.ShouldBe(HttpStatusCode.OK, link);
        links.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Says_which_conflict_rule_a_program_may_switch_off()
    {
        var exceptions = Enum.GetValues<Rule>().Where(rule => RuleSetting.IsConflictOfInterest(rule) && !MatchingRules.IsSetByCharter(rule)).ToList();

        (await (await product.Manager()).Get("/help")).Words.ShouldContain($"can’t be switched off, except {string.Join(" and ", exceptions.Select(rule => MatchWording.Name(RuleSetting.Defaults.First(setting => setting.Rule == rule))))}.");
    }

    [Fact]
    public async Task Is_one_click_from_a_refusal_for_somebody_who_may_read_it()
    {
        using var manager = await product.AnotherManager("Omar Haddad", "omar@example.com");
        using var visitor = product.Visitor();

        (await manager.Get("/no-access")).Page.QuerySelector("main a[href='/help']").ShouldNotBeNull();
        (await visitor.Get("/no-access")).Text.ShouldNotContain("/help");
    }
}
