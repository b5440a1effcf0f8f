using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sessions;
using Guildhall.Platform;
using Guildhall.Tests.Mentorships;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Sessions;

/// <summary>A pair that stands, with weeks that overlap: a mentee in London and a mentor in Chicago, both free all day unless said.</summary>
sealed class SessionScene(RunningProduct product, MentorshipScene scene, Guid pairId)
{
    public const string AllDay = "mon-sun 0-24";

    public RunningProduct Product => product;
    public MentorshipScene Pair => scene;
    public Browser Mentee => scene.Mentee;
    public Browser Mentor => scene.Mentor;
    public Guid PairId => pairId;
    public DateTimeOffset Now => product.Clock.GetUtcNow();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SessionScene> Given(RunningProduct product, string menteeFree = AllDay, string mentorFree = AllDay, string mentee = "Amara Osei", string mentor = "Ruth Calloway")
    {
        var scene = await MentorshipScene.Given(product, mentee, mentor);
        var made = new SessionScene(product, scene, await scene.GivenPair());
        await made.GivenWeek(scene.MenteeSeller, menteeFree, "Europe/London");
        await made.GivenWeek(scene.MentorSeller, mentorFree, "America/Chicago");
        return made;
    }

    public Task GivenWeek(Guid sellerId, string free, string zone) => product.Database.ExecuteAsync($"""
        UPDATE enrollment.participant SET as_mentee = as_mentee || jsonb_build_object('weekHours', '{WeekGrid.Parse(free)}', 'timeZone', '{zone}'),
            as_mentor = as_mentor || jsonb_build_object('weekHours', '{WeekGrid.Parse(free)}', 'timeZone', '{zone}') WHERE seller_id = '{sellerId}'
        """);

    /// <summary>A whole hour some days ahead, when both are up: 15:00 in London, 9:00 in Chicago.</summary>
    public DateTimeOffset At(int daysAhead, int utcHour = 15) => new(Now.UtcDateTime.Date.AddDays(daysAhead).AddHours(utcHour), TimeSpan.Zero);

    public static string InAddress(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture);

    public Task<Answer> Book(DateTimeOffset at, string agenda = "", Browser? by = null) =>
        (by ?? Mentee).Post($"{(by == Mentor ? "/mentor" : "/me")}/sessions/book", ("pair", $"{pairId}"), ("at", InAddress(at)), ("Agenda", agenda));

    /// <returns>The id of the session.</returns>
    public async Task<Guid> GivenSession(DateTimeOffset at, string agenda = "")
    {
        var answer = await Book(at, agenda);
        return Guid.Parse(answer.Location.ShouldNotBeNull(answer.Words)["/me/sessions/".Length..][..36]);
    }

    /// <summary>A session that is over since an hour, as if it had been booked before.</summary>
    public async Task<Guid> GivenOver(TimeSpan? since = null)
    {
        var id = await GivenSession(At(2));
        await product.Database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            UPDATE sessions.session SET starts_at = '{Now - (since ?? TimeSpan.FromHours(1)) - TimeSpan.FromMinutes(45):O}', ends_at = '{Now - (since ?? TimeSpan.FromHours(1)):O}' WHERE id = '{id}';
            DELETE FROM sessions.busy WHERE session_id = '{id}';
            """));
        return id;
    }

    public async Task<Session> Session(Guid id)
    {
        await using var db = product.Database.NewDb();
        return await db.Set<Session>().AsNoTracking().SingleAsync(session => session.Id == id, Stop);
    }

    public Task<string> Changes(Guid id) => product.Database.ScalarAsync<string>($"SELECT string_agg(version || ' ' || deed || ' ' || side, ', ' ORDER BY version) FROM sessions.session_change WHERE session_id = '{id}'");

    public ShopActor AsMentee => new(Guid.Empty, scene.MenteeSeller, "Amara Osei");

    public ShopActor AsMentor => new(Guid.Empty, scene.MentorSeller, "Ruth Calloway");

    public Task<Result<Guid>> BookDirectly(DateTimeOffset at) => product.Ask<BookSession, Result<Guid>>(book => book.Run(new(pairId, at, ""), Side.Mentee, AsMentee, Stop));

    public Task<string> MailsTo(Guid sellerId, string kind = "session") => product.Database.ScalarAsync<string>(
        $"SELECT coalesce(string_agg(m.subject, ' | ' ORDER BY m.id), '') FROM platform.outgoing_mail m JOIN people.account a ON m.\"to\" = a.email WHERE a.seller_id = '{sellerId}' AND m.kind_id = '{kind}'");
}
