using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>What the two read before they meet: what was agreed, what is open, what moved.</summary>
public sealed class BriefTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string Brief = "[aria-labelledby=brief-h]";

    [Fact]
    public async Task Says_that_nothing_happened_before_the_first_session()
    {
        var scene = await SessionScene.Given(product);
        var ahead = await scene.GivenSession(scene.At(3));

        var brief = Words(await scene.Mentor.Page($"/mentor/sessions/{ahead}"));

        brief.ShouldContain("You have not met yet.");
        brief.ShouldContain("Nothing is open.");
        brief.ShouldNotContain("Next step");
    }

    [Fact]
    public async Task Tells_both_what_was_agreed_and_what_is_open_and_the_mentor_only_the_figures_that_are_shared()
    {
        var scene = await SessionScene.Given(product);
        var pair = scene.Pair;
        var (today, before) = (DateOnly.FromDateTime(scene.Now.UtcDateTime), DateOnly.FromDateTime(scene.Now.UtcDateTime).AddDays(-5));
        await pair.GivenFigures(ImportKind.Days, $"seller_id,day,orders\n{{0}},{before.AddDays(-3):yyyy-MM-dd},40\n{{0}},{today.AddDays(-1):yyyy-MM-dd},12\n");
        var over = await scene.GivenOver(TimeSpan.FromDays(5));
        (await scene.Mentor.Post($"/mentor/sessions/{over}/note", ("From", "home"), ("seenNote", "0"), ("Outcome", "Met"), ("Topics", "pricing"), ("NextStep", "Compare <two> couriers"))).Location.ShouldNotBeNull();
        var mentorSays = Words(await scene.Mentor.Page($"/mentor/sessions/{await scene.GivenSession(scene.At(5))}"));
        (await scene.Mentee.Post($"/me/sessions/{over}/outcome", ("Outcome", "Met"))).Location.ShouldNotBeNull();
        mentorSays.ShouldContain("One of you says that you met on ");
        (await scene.Mentor.Post($"/mentor/mentees/{scene.PairId}/actions", ("Text", "Send the price sheet"), ("Owner", "Mentor"), ("DueOn", $"{today.AddDays(7):yyyy-MM-dd}"))).Location.ShouldNotBeNull();
        var ahead = await scene.GivenSession(scene.At(3));

        var (mentee, mentor) = (Words(await scene.Mentee.Page($"/me/sessions/{ahead}")), Words(await scene.Mentor.Page($"/mentor/sessions/{ahead}")));
        await pair.Share("orders");
        var shared = Words(await scene.Mentor.Page($"/mentor/sessions/{ahead}"));
        await pair.Share("orders", isOn: false);
        var takenBack = Words(await scene.Mentor.Page($"/mentor/sessions/{ahead}"));

        foreach (var brief in new[] { mentee, mentor })
        {
            brief.ShouldContain("You have met once, on ");
            brief.ShouldContain("Compare <two> couriers");
            brief.ShouldContain("Send the price sheet");
        }
        foreach (var brief in new[] { mentee, shared }) brief.ShouldContain("Orders52 40 then");
        foreach (var brief in new[] { mentor, takenBack }) brief.ShouldNotContain("The figures");
        shared.ShouldNotContain("Returns");
        mentee.ShouldContain("Returnsnot known");
    }

    [Fact]
    public async Task Stands_only_before_the_session()
    {
        var scene = await SessionScene.Given(product);

        (await scene.Mentee.Page($"/me/sessions/{await scene.GivenOver()}")).QuerySelector(Brief).ShouldBeNull();
    }

    static string Words(AngleSharp.Dom.IDocument page) => string.Join(' ', page.QuerySelector(Brief).ShouldNotBeNull().TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
