using Guildhall.Modules.Governance;
using Guildhall.Modules.Sessions;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>Somebody is erased who had booked a session.</summary>
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
        (await scene.MailsTo(scene.Pair.MentorSeller)).ShouldEndWith("Session with Somebody who left is cancelled");
        (await scene.Mentor.Get($"/mentor/sessions/{ahead}")).Words.ShouldContain("Session with Somebody who left");
        foreach (var word in new[] { "Zephyrine", "Marigold", "Periwinkle" })
            foreach (var table in new[] { "sessions.session", "sessions.session_change", "platform.outgoing_mail" })
                (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} t WHERE strpos(t::text, '{word}') > 0")).ShouldBe(0, $"{word} in {table}");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.calendar_feed WHERE account_id = '{account}'")).ShouldBe(0);
    }
}
