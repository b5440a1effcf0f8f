using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Mentorships;

/// <summary>Which mentorships need somebody, why, and what the product and the program's team do about it.</summary>
public sealed class PairHealthTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly DateOnly began = new(2027, 1, 4);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(9, "", false, null)]
    [InlineData(9, "3", false, null)]
    [InlineData(10, "", false, Risk.NeverMet)]
    [InlineData(10, "", true, Risk.TrialUndecided)]
    [InlineData(13, "8", false, Risk.TrialUndecided)]
    [InlineData(16, "3", false, null)]
    [InlineData(17, "3", false, Risk.Silent)]
    [InlineData(17, "3", true, null)]
    [InlineData(21, "3", true, Risk.BelowMinimum)]
    [InlineData(21, "0;8;15", false, null)]
    [InlineData(91, "0;8;15;80", false, Risk.NotClosed)]
    public void Needs_somebody_by_fixed_rules(int day, string contactsOnDays, bool hasPlans, Risk? expected)
    {
        var mentorship = Begun();
        if (day > 14) mentorship.EndTrial(began.AddDays(14), default);
        var today = began.AddDays(day);
        var contacts = contactsOnDays.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(one => began.AddDays(int.Parse(one))).ToList();

        var history = ContactHistory.Of(began, today, contacts, 1, hasPlans, _ => false);

        (PairHealth.Of(mentorship, began, today, history)?.Risk).ShouldBe(expected);
    }

    [Fact]
    public void Counts_whole_weeks_and_none_that_was_paused()
    {
        List<DateOnly> contacts = [began, began.AddDays(1), began.AddDays(6), began.AddDays(7), began.AddDays(22)];

        ContactHistory.Of(began, began.AddDays(20), contacts, 1, false, _ => false).Weeks.ShouldBe([3, 1], "the third week is not over");
        ContactHistory.Of(began, began.AddDays(28), contacts, 1, false, _ => false).Weeks.ShouldBe([3, 1, 0, 1]);
        ContactHistory.Of(began, began.AddDays(28), contacts, 1, false, day => day == began.AddDays(20)).Weeks.ShouldBe([3, 1, 1]);
        ContactHistory.Of(began, began.AddDays(28), contacts, 2, false, _ => false).WeeksBelow.ShouldBe(3);
    }

    [Fact]
    public void Needs_nobody_before_the_program_begins_or_after_the_end()
    {
        var mentorship = Begun();
        var none = ContactHistory.Of(began, began.AddDays(-20), [], 1, false, _ => false);

        PairHealth.Of(mentorship, began, began.AddDays(-20), none).ShouldBeNull();
        mentorship.End(PairEnd.MenteeLeft, null, null, default);
        PairHealth.Of(mentorship, began, began.AddDays(40), none).ShouldBeNull();
    }

    [Fact]
    public async Task Lists_who_needs_somebody_sorted_by_harm_and_writes_to_both_in_two_clicks()
    {
        var scene = await Given(mentees: 3);
        var (silent, late, fine) = (await scene.Pair(), await scene.Pair(1), await scene.Pair(2));
        await Since(silent, "2026-11-01");
        await Since(late, "2026-11-01", endsOn: "2026-11-15");
        await product.Database.ExecuteAsync($"UPDATE programs.program SET starts_on = '2026-11-01' WHERE slug = '{scene.Scene.Program.Slug}'");

        var overview = await scene.Scene.Manager.Page($"/manage/{scene.Scene.Program.Slug}");
        var links = overview.QuerySelectorAll("[aria-labelledby=needs-h] li a");
        var pair = await scene.Scene.Manager.Page(links[0].GetAttribute("href")!);
        var contacted = await scene.Scene.Manager.Post($"{scene.Pairs}/{silent}/contact");
        var twice = await scene.Scene.Manager.Post($"{scene.Pairs}/{silent}/contact");
        var sameDay = await NextSteps(scene);
        await product.Database.ExecuteAsync($"UPDATE mentorships.nudge SET sent_on = sent_on - {NudgePairs.DaysToAnswer} WHERE mentorship_id = '{silent}'");
        var later = await NextSteps(scene);

        sameDay[0].ShouldEndWith("Next: give them time, both were reminded today.");
        later[0].ShouldEndWith("Next: contact both.");
        overview.QuerySelector("h1")!.TextContent.ShouldBe("2 of 3 pairs need you");
        overview.QuerySelectorAll("[aria-labelledby=needs-h] li p").Select(one => one.TextContent.Split(". ")[0]).ShouldBe(["No contact in the 20 days since they began, and nothing planned", "6 days past the last day, and nobody closed it"]);
        links.Select(link => link.GetAttribute("href")).ShouldBe([$"{scene.Pairs}/{silent}", $"{scene.Pairs}/{late}"]);
        pair.QuerySelector("[aria-labelledby=risk-h] button")!.TextContent.ShouldBe("Contact both");
        contacted.Location.ShouldBe($"{scene.Pairs}/{silent}?did=contacted");
        twice.Words.ShouldContain("Both were written to today already. Nothing was sent twice.");
        (await Nudges(scene.Mentee), await Nudges(scene.Mentor)).ShouldBe((1, 1));
        overview.QuerySelectorAll("[aria-labelledby=stages-h] .gh-metric").Select(metric => $"{metric.QuerySelector("dt")!.TextContent}: {metric.QuerySelector("dd")!.TextContent}").ShouldContain("In a trial: 3");
    }

    [Fact]
    public async Task Reminds_both_by_itself_once_a_week_whatever_runs_twice()
    {
        var scene = await Given();
        await Since(await scene.Pair(), "2026-11-01");
        await product.Database.ExecuteAsync($"UPDATE programs.program SET starts_on = '2026-11-01' WHERE slug = '{scene.Scene.Program.Slug}'");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Run()));
        var first = (await Nudges(scene.Mentee), await Nudges(scene.Mentor));
        product.Clock.Advance(TimeSpan.FromDays(1));
        await Run();
        var nextDay = await Nudges(scene.Mentee);
        product.Clock.Advance(TimeSpan.FromDays(7));
        await Run();
        // The other tests count days from the day that the clock stood at.
        product.Clock.Advance(TimeSpan.FromDays(-8));

        first.ShouldBe((1, 1));
        nextDay.ShouldBe(1);
        (await Nudges(scene.Mentee)).ShouldBe(2);
    }

    [Fact]
    public async Task Asks_the_database_as_often_for_many_pairs_as_for_two()
    {
        var (few, many) = (await Given(mentees: 2), await Given(mentees: 12));
        foreach (var scene in new[] { few, many }) await scene.Scene.Manager.Page($"/manage/{scene.Scene.Program.Slug}");

        var ofFew = await QueryCount.Of(product.Database, () => few.Scene.Manager.Page($"/manage/{few.Scene.Program.Slug}"));
        var ofMany = await QueryCount.Of(product.Database, () => many.Scene.Manager.Page($"/manage/{many.Scene.Program.Slug}"));

        ofMany.ShouldBe(ofFew);
        ofFew.ShouldBeLessThanOrEqualTo(27);
    }

    static Mentorship Begun()
    {
        var program = new ProgramFacts(Guid.NewGuid(), "p", "P", "C", ProgramState.Running, began, null, 1, ProgramDesign.FirstNinetyDays, began, default, null);
        return Mentorship.Begin(new AcceptedPair(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), default), program, began).Item1;
    }

    async Task<MeetScene> Given(int mentees = 1)
    {
        var scene = await MeetScene.GivenSigned(product, mentees);
        for (var one = 0; one < mentees; one++) await scene.BothAccept(one);
        return scene;
    }

    Task Since(Guid id, string day, string endsOn = "2027-04-04") => product.Database.ExecuteAsync($"UPDATE mentorships.mentorship SET started_at = '{day}', trial_ends_on = '2026-12-24', ends_on = '{endsOn}' WHERE id = '{id}'");

    static async Task<string[]> NextSteps(MeetScene scene) => [.. (await scene.Scene.Manager.Page($"/manage/{scene.Scene.Program.Slug}")).QuerySelectorAll("[aria-labelledby=needs-h] li p").Select(one => one.TextContent.Trim())];

    async Task Run()
    {
        await using var scope = product.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NudgePairs>().Run(Stop);
    }

    Task<long> Nudges(Shop shop) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM platform.outgoing_mail WHERE \"to\" = '{shop.Email}' AND kind_id = 'nudge'");
}
