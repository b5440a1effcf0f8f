using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Platform;

/// <summary>One address is not flooded, however often or however fast somebody asks.</summary>
public sealed class MailLimitTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static readonly MailKind invitation = new("invitation", "Invitations", IsTransactional: true) { MostADay = 3 };

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_three_of_a_hundred_through_that_are_asked_for_at_once()
    {
        await using var scene = await MailScene.Given(database);

        var refusals = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Invite(scene, n % 2 == 0 ? "dana@example.com" : " Dana@Example.COM")));

        refusals.Count(refusal => refusal is null).ShouldBe(3);
        (await scene.States()).ShouldBe("Waiting 3");
        refusals.OfType<Refusal>().First(refusal => refusal.Message.StartsWith("dana", StringComparison.Ordinal)).ShouldBe(
            Refusal.Conflict("mail_limit", "dana@example.com was sent 3 mails of this kind within a day, which is the most. Nothing was sent or changed. Try again tomorrow."));
    }

    [Fact]
    public async Task Counts_a_day_an_address_and_a_kind()
    {
        await using var scene = await MailScene.Given(database);
        for (var n = 0; n < 3; n++) (await Invite(scene, "dana@example.com")).ShouldBeNull();
        await scene.Add("dana@example.com");

        (await Invite(scene, "dana@example.com")).ShouldNotBeNull();
        (await Invite(scene, "robin@example.com")).ShouldBeNull();
        scene.Clock.Advance(TimeSpan.FromHours(24.1));
        (await Invite(scene, "dana@example.com")).ShouldBeNull();
    }

    [Fact]
    public async Task Counts_what_the_same_use_case_has_not_saved_yet()
    {
        await using var scene = await MailScene.Given(database);
        await using var scope = scene.Services.CreateAsyncScope();
        var (db, limit, outbox) = (scope.ServiceProvider.GetRequiredService<GuildhallDb>(), scope.ServiceProvider.GetRequiredService<MailLimit>(), scope.ServiceProvider.GetRequiredService<Outbox>());
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);

        var added = 0;
        while (await limit.Reached(invitation, "dana@example.com", Stop) is null && added++ < 10) outbox.Add(MailScene.To("dana@example.com", invitation));

        added.ShouldBe(3);
    }

    [Fact]
    public async Task Is_asked_inside_a_transaction_or_not_at_all()
    {
        await using var scene = await MailScene.Given(database);
        await using var scope = scene.Services.CreateAsyncScope();

        await Should.ThrowAsync<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<MailLimit>().Reached(invitation, "dana@example.com", Stop));
    }

    static async Task<Refusal?> Invite(MailScene scene, string to)
    {
        await using var scope = scene.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        if (await scope.ServiceProvider.GetRequiredService<MailLimit>().Reached(invitation, to, Stop) is { } refusal) return refusal;
        scope.ServiceProvider.GetRequiredService<Outbox>().Add(MailScene.To(to, invitation));
        await db.SaveChangesAsync(Stop);
        await transaction.CommitAsync(Stop);
        return null;
    }
}
