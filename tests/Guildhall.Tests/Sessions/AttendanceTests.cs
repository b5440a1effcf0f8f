using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sessions;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>What came of a session: said by both, never presumed.</summary>
public sealed class AttendanceTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly DateTimeOffset end = new(2027, 3, 9, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, -1, AttendanceState.Booked)]
    [InlineData(null, null, 1, AttendanceState.Unconfirmed)]
    [InlineData(null, null, 8 * 24, AttendanceState.NobodyConfirmed)]
    [InlineData(Outcome.Met, null, 1, AttendanceState.SaidByMentee)]
    [InlineData(null, Outcome.MenteeMissing, 1, AttendanceState.SaidByMentor)]
    [InlineData(null, Outcome.Met, 8 * 24, AttendanceState.SaidByMentor)]
    [InlineData(Outcome.Met, Outcome.Met, 1, AttendanceState.Held)]
    [InlineData(Outcome.MenteeMissing, Outcome.MenteeMissing, 1, AttendanceState.MenteeMissed)]
    [InlineData(Outcome.MentorMissing, Outcome.MentorMissing, 1, AttendanceState.MentorMissed)]
    [InlineData(Outcome.Met, Outcome.MenteeMissing, 1, AttendanceState.Disputed)]
    [InlineData(Outcome.MentorMissing, Outcome.MenteeMissing, 8 * 24, AttendanceState.Disputed)]
    public void Follows_from_what_was_said_and_from_the_clock(Outcome? mentee, Outcome? mentor, int hoursAfter, AttendanceState state)
    {
        var attendance = Attendance.Of(isCancelled: false, end, mentee, mentor, end.AddHours(hoursAfter));

        attendance.State.ShouldBe(state);
        attendance.CanBeSaid.ShouldBe(hoursAfter is > 0 and < 7 * 24);
        Attendance.Of(isCancelled: true, end, mentee, mentor, end.AddHours(hoursAfter)).ShouldSatisfyAllConditions(cancelled => cancelled.State.ShouldBe(AttendanceState.Cancelled), cancelled => cancelled.CanBeSaid.ShouldBeFalse());
    }

    [Fact]
    public async Task That_the_two_tell_differently_stands_on_the_managers_list_and_the_pairs_page()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenOver(TimeSpan.FromDays(2));
        await scene.Mentee.Post($"/me/sessions/{id}/outcome", ("Outcome", "MentorMissing"));
        var program = scene.Pair.Program;
        var one = await program.Manager.Page($"/manage/{program.Slug}");
        await scene.Mentor.Post($"/mentor/sessions/{id}/outcome", ("Outcome", "Met"));

        var overview = await program.Manager.Page($"/manage/{program.Slug}");
        var pair = await program.Manager.Page($"/manage/{program.Slug}/pairs/{scene.PairId}");
        await scene.Mentee.Post($"/me/sessions/{id}/outcome", ("Outcome", "Met"));
        var agreed = await program.Manager.Page($"/manage/{program.Slug}");

        one.QuerySelectorAll("[aria-labelledby=needs-h] li").ShouldBeEmpty();
        overview.QuerySelector("[aria-labelledby=needs-h] li p")!.TextContent.ShouldBe("They say different things about whether they met, 2 days ago. Next: read what each says, and ask both.");
        overview.QuerySelector("[aria-labelledby=needs-h] li a")!.GetAttribute("href").ShouldBe($"/manage/{program.Slug}/pairs/{scene.PairId}");
        pair.QuerySelector("[aria-labelledby=disputed-h] li")!.TextContent.ShouldContain("The mentee says: the mentor did not come. The mentor says: they met.");
        agreed.QuerySelectorAll("[aria-labelledby=needs-h] li").ShouldBeEmpty("the two agree again");
    }

    [Fact]
    public async Task Is_asked_for_on_the_start_page_as_often_as_its_first_line_says()
    {
        var scene = await SessionScene.Given(product);
        await scene.GivenOver(TimeSpan.FromHours(4));
        await scene.GivenOver();

        var (mentee, mentor) = (await scene.Mentee.Page("/me"), await scene.Mentor.Page("/mentor"));

        (mentee.QuerySelectorAll("[id^=say-]").Length, mentor.QuerySelectorAll("h2[id^=log-]").Length).ShouldBe((2, 2));
        foreach (var page in new[] { mentee, mentor }) page.QuerySelector("header.gh-head p")!.TextContent.ShouldBe("2 things need you.");
    }

    [Fact]
    public async Task Is_asked_of_both_and_shown_as_the_word_of_whoever_said_it()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenOver();

        var asked = (await scene.Mentee.Get("/me")).Words;
        (await scene.Mentee.Post($"/me/sessions/{id}/outcome", ("Outcome", "Met"), ("From", "home"))).Location.ShouldBe("/me");
        var mentors = (await scene.Mentor.Get($"/mentor/sessions/{id}")).Words;
        var mentees = (await scene.Mentee.Get($"/me/sessions/{id}")).Words;
        await scene.Mentor.Post($"/mentor/sessions/{id}/outcome", ("Outcome", "Met"));
        var both = (await scene.Mentor.Get($"/mentor/sessions/{id}")).Words;

        asked.ShouldContain("Did you meet Ruth?");
        (await scene.Mentee.Get("/me")).Words.ShouldNotContain("Did you meet");
        mentors.ShouldContain("Amara says: you met. You have not said anything.");
        mentees.ShouldContain("You say: you met. Ruth has not said anything.");
        both.ShouldContain("You met. Both of you say so.");
    }

    [Fact]
    public async Task Shows_both_words_when_they_differ_and_takes_a_correction_for_a_week()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenOver();
        await scene.Mentee.Post($"/me/sessions/{id}/outcome", ("Outcome", "MentorMissing"));
        await scene.Mentor.Post($"/mentor/sessions/{id}/outcome", ("Outcome", "Met"));

        (await scene.Mentee.Get($"/me/sessions/{id}")).Words.ShouldContain("You say: Ruth did not come. Ruth says: you met. Each of you can correct it");
        (await scene.Mentor.Get($"/mentor/sessions/{id}")).Words.ShouldContain("You say: you met. Amara says: you did not come.");
        await scene.Mentee.Post($"/me/sessions/{id}/outcome", ("Outcome", "Met"));
        (await scene.Mentee.Get($"/me/sessions/{id}")).Words.ShouldContain("You met. Both of you say so.");
        await product.Database.ExecuteAsync($"UPDATE sessions.session SET ends_at = ends_at - interval '7 days' WHERE id = '{id}'");

        var late = await scene.Mentee.Post($"/me/sessions/{id}/outcome", ("Outcome", "MentorMissing"));
        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("The 7 days in which the two of you can say it are over.");
        late.Words.ShouldContain("You met. Both of you say so.");
    }

    [Fact]
    public async Task Is_not_taken_before_the_end_nor_of_a_cancelled_session_nor_from_others()
    {
        var scene = await SessionScene.Given(product);
        var ahead = await scene.GivenSession(scene.At(3));
        var stranger = await SessionScene.Given(product, mentee: "Bo Lind", mentor: "Sol Vega");

        (await scene.Mentee.Post($"/me/sessions/{ahead}/outcome", ("Outcome", "Met"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await scene.Mentee.Post($"/me/sessions/{ahead}/cancel", ("seen", "0"))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await scene.Mentee.Post($"/me/sessions/{ahead}/outcome", ("Outcome", "Met"))).Status.ShouldBe(HttpStatusCode.Conflict);
        var over = await scene.GivenOver();
        (await stranger.Mentee.Post($"/me/sessions/{over}/outcome", ("Outcome", "Met"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Mentee.Post($"/mentor/sessions/{over}/outcome", ("Outcome", "Met"))).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var outcome in new[] { "", "5", "Unconfirmed" }) (await scene.Mentee.Post($"/me/sessions/{over}/outcome", ("Outcome", outcome))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, outcome);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM sessions.statement WHERE session_id = ANY (ARRAY['" + ahead + "', '" + over + "']::uuid[])")).ShouldBe(0);
    }

    [Fact]
    public void Names_who_did_not_come_from_where_each_stands()
    {
        SessionWords.Of(Outcome.MenteeMissing, Side.Mentee, "Ruth").ShouldBe("you did not come");
        SessionWords.Of(Outcome.MenteeMissing, Side.Mentor, "Amara").ShouldBe("Amara did not come");
    }
}
