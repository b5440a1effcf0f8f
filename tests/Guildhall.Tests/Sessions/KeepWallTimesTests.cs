using Guildhall.Modules.Sessions;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>A country changes the rules of its clocks after sessions were booked.</summary>
public sealed class KeepWallTimesTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_the_wall_time_tells_both_and_does_it_once()
    {
        var scene = await SessionScene.Given(product);
        var (id, untouched) = (await scene.GivenSession(scene.At(3)), await scene.GivenSession(scene.At(6)));
        await GivenOtherRules(id, hours: 1);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Run()));
        await Run();

        var session = await scene.Session(id);
        (session.StartsAt, session.EndsAt, session.LocalTime.Hour, session.Version).ShouldBe((scene.At(3), scene.At(3).AddMinutes(45), 9, 1));
        (await scene.Changes(id)).ShouldStartWith("0 Booked Mentee");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.busy WHERE session_id = '{id}' AND from_at = '{scene.At(3):O}' AND until_at = '{scene.At(3).AddMinutes(45):O}'")).ShouldBe(2);
        (await scene.MailsTo(scene.Pair.MentorSeller)).ShouldContain("Session with Amara Osei: clocks were changed, ");
        (await scene.Mentee.Get($"/me/sessions/{id}")).Words.ShouldContain("A country changed its clocks: ");
        (await scene.Session(untouched)).Version.ShouldBe(0);
    }

    [Fact]
    public async Task Leaves_what_is_over_and_what_would_book_somebody_twice()
    {
        var scene = await SessionScene.Given(product);
        var (first, second) = (await scene.GivenSession(scene.At(3)), await scene.GivenSession(scene.At(3, 18)));
        await GivenOtherRules(first, hours: 1);
        await product.Database.ExecuteAsync($"UPDATE sessions.busy SET from_at = '{scene.At(3):O}', until_at = '{scene.At(3).AddMinutes(30):O}' WHERE session_id = '{second}'");
        var over = await scene.GivenOver();

        await Run();

        (await scene.Session(first)).Version.ShouldBe(0);
        (await scene.Session(over)).Version.ShouldBe(0);
    }

    /// <summary>The session as it would stand if the zone had had other rules when it was booked.</summary>
    Task GivenOtherRules(Guid id, int hours) => product.Database.ExecuteAsync($"""
        UPDATE sessions.session SET starts_at = starts_at + interval '{hours} hours', ends_at = ends_at + interval '{hours} hours' WHERE id = '{id}';
        UPDATE sessions.busy SET from_at = from_at + interval '{hours} hours', until_at = until_at + interval '{hours} hours' WHERE session_id = '{id}'
        """);

    async Task Run() => await product.Ask<KeepWallTimes, bool>(async keep => { await keep.Run(Stop); return true; });
}
