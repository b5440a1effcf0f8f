using Guildhall.Modules.Governance;
using Guildhall.Modules.Sessions;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>Somebody is erased who had booked a session, and what two wrote is kept for a while.</summary>
public sealed class ForgetSessionsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_the_other_one_their_time_back_and_leaves_no_word_of_them()
    {
        var scene = await SessionScene.Given(product, mentee: "Zephyrine Quill");
        var ahead = await scene.GivenSession(scene.At(3), "Marigold");
        var before = await scene.GivenSession(scene.At(4));
        await scene.Mentee.Post($"/me/sessions/{before}/cancel", ("seen", "0"), ("Words", "Periwinkle"));
        await scene.Mentee.Post("/me/sessions/feed");
        var account = await product.Database.ScalarAsync<Guid>($"SELECT id FROM people.account WHERE seller_id = '{scene.Pair.MenteeSeller}'");
        await product.Ask<AskErasure, Refusal?>(ask => ask.Ask(new Actor(account, "x"), Stop));
        var request = await product.Database.ScalarAsync<Guid>($"SELECT id FROM governance.erasure_request WHERE account_id = '{account}'");

        (await product.Ask<CarryOutErasure, Refusal?>(carryOut => carryOut.Run(request, Actor.Product, Stop))).ShouldBeNull();

        (await scene.Session(ahead)).ShouldSatisfyAllConditions(session => session.State.ShouldBe(SessionState.Cancelled), session => session.Agenda.ShouldBe(""), session => session.Version.ShouldBe(1));
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.busy WHERE session_id = '{ahead}'")).ShouldBe(0);
        (await scene.MailsTo(scene.Pair.MentorSeller)).ShouldContain("Session with Somebody who left is cancelled: ");
        (await scene.Mentor.Get($"/mentor/sessions/{ahead}")).Words.ShouldContain("Session with Somebody who left");
        foreach (var word in new[] { "Zephyrine", "Marigold", "Periwinkle" })
            foreach (var table in new[] { "sessions.session", "sessions.session_change", "platform.outgoing_mail" })
                (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} t WHERE strpos(t::text, '{word}') > 0")).ShouldBe(0, $"{word} in {table}");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.calendar_feed WHERE account_id = '{account}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Keeps_what_two_wrote_for_as_long_as_is_said_and_that_they_met_for_good()
    {
        var scene = await SessionScene.Given(product);
        var (old, young) = (await scene.GivenSession(scene.At(3), "Old topics"), await scene.GivenSession(scene.At(4), "Young topics"));
        await scene.Mentee.Post($"/me/sessions/{old}/cancel", ("seen", "0"), ("Words", "Old words"));
        await product.Database.ExecuteAsync($"UPDATE sessions.session SET ends_at = ends_at - interval '3 years' WHERE id = '{old}'");

        var removed = await product.Ask<IEnumerable<IKeepForAWhile>, int>(all => all.OfType<KeepSessionWords>().Single().Remove(scene.Now.AddYears(-2), Stop));

        removed.ShouldBe(1);
        ((await scene.Session(old)).Agenda, (await scene.Session(young)).Agenda).ShouldBe(("", "Young topics"));
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM sessions.session_change WHERE words LIKE 'Old%'")).ShouldBe(0);
    }
}
