using Guildhall.Modules.Pairing;
using Guildhall.Modules.Sessions;
using Guildhall.Platform.Database;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Sessions;

/// <summary>What is booked of a pair that ends is cancelled, once, and nobody is blamed for it.</summary>
public sealed class PairEndedTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Cancels_what_is_ahead_and_nothing_that_was()
    {
        var scene = await SessionScene.Given(product);
        var (over, ahead) = (await scene.GivenOver(), await scene.GivenSession(scene.At(5)));

        for (var time = 0; time < 2; time++) await Ended(scene);

        (await product.Database.ScalarAsync<string>($"SELECT string_agg(state, ' ' ORDER BY starts_at) FROM sessions.session WHERE id IN ('{over}', '{ahead}')")).ShouldBe("Booked Cancelled");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.busy WHERE session_id = '{ahead}'")).ShouldBe(0);
        (await scene.MailsTo(scene.Pair.MentorSeller)).ShouldContain("Session with Amara Osei is cancelled: ");
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.outgoing_mail WHERE kind_id = 'session' AND body::text LIKE '%your time together is over%'")).ShouldBe(2);
        var page = (await scene.Mentor.Get($"/mentor/sessions/{ahead}")).Words;
        page.ShouldContain("Cancelled, because your time together is over");
    }

    async Task Ended(SessionScene scene)
    {
        await using var scope = product.Services.CreateAsyncScope();
        // As the worker of events does it: in one transaction with the note that it was handled.
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await scope.ServiceProvider.GetRequiredService<WhenPairEnded>().Handle(
            new PairEnded(scene.PairId, Guid.NewGuid(), Guid.NewGuid(), scene.Pair.MenteeSeller, Guid.NewGuid(), scene.Pair.MentorSeller, PairEnding.Switched, WasActive: true, scene.Now), TestContext.Current.CancellationToken);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }
}
