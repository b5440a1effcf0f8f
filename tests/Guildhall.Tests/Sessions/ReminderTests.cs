using Guildhall.Modules.Sessions;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>Reminders a day and an hour before, each once, however often and on however many nodes somebody looks.</summary>
public sealed class ReminderTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Come_a_day_and_an_hour_before_and_once_each()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));
        await Run(4);
        var before = await Count(scene);

        await StartsIn(id, scene, hours: 23.5);
        await Run(4);
        var day = await Count(scene);
        await StartsIn(id, scene, hours: 0.9);
        await Run(4);
        var hour = await Count(scene);
        await StartsIn(id, scene, hours: -0.1);
        await Run(4);

        (before, day, hour, await Count(scene)).ShouldBe((0, 2, 4, 4));
        (await scene.MailsTo(scene.Pair.MenteeSeller, "session-reminder")).ShouldEndWith("Soon: session with Ruth Calloway");
    }

    [Fact]
    public async Task Come_again_for_a_new_time_and_never_for_a_cancelled_one()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(4));
        await StartsIn(id, scene, hours: 23.5);
        await Run();
        await StartsIn(id, scene, hours: 23.7);
        await Run();
        var moved = await Count(scene);
        await product.Database.ExecuteAsync($"UPDATE sessions.session SET state = 'Cancelled', starts_at = starts_at + interval '1 minute' WHERE id = '{id}'");
        await Run();

        (moved, await Count(scene)).ShouldBe((4, 4));
    }

    [Fact]
    public async Task Are_left_out_where_the_time_was_just_told()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.Now.AddHours(13).UtcDateTime is var soon ? new DateTimeOffset(soon.Date.AddHours(soon.Hour + 1), TimeSpan.Zero) : default);
        await Run();
        var atOnce = await Count(scene);
        await StartsIn(id, scene, hours: 0.5, told: 12.5);
        await Run();

        (atOnce, await Count(scene)).ShouldBe((0, 2));
    }

    Task<long> Count(SessionScene scene) => product.Database.ScalarAsync<long>(
        $"SELECT count(*) FROM platform.outgoing_mail m JOIN people.account a ON m.\"to\" = a.email WHERE a.seller_id IN ('{scene.Pair.MenteeSeller}', '{scene.Pair.MentorSeller}') AND m.kind_id = 'session-reminder'");

    /// <param name="told">How many hours ago its time was told; two days unless said.</param>
    async Task StartsIn(Guid id, SessionScene scene, double hours, double told = 48) => await product.Database.ExecuteAsync($"""
        UPDATE sessions.session SET starts_at = '{scene.Now.AddHours(hours):O}', ends_at = '{scene.Now.AddHours(hours).AddMinutes(45):O}' WHERE id = '{id}';
        UPDATE sessions.session_change SET at = '{scene.Now.AddHours(-told):O}' WHERE session_id = '{id}'
        """);

    async Task Run(int atOnce = 1) => await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => product.Ask<RemindOfSessions, bool>(async remind => { await remind.Run(Stop); return true; })));
}
