using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>One change of a mentorship, for staff.</summary>
public sealed record PairEvent(string What, string When, string Who);

/// <summary>What one side said at the end, or when they asked for somebody else.</summary>
public sealed record PairWord(string Who, string What, string? Words);

/// <summary>A mentorship as staff see it. What the two keep between themselves is not in it.</summary>
/// <param name="Answers">In the trial: who has said that they want to go on.</param>
/// <param name="Next">The next best mentor for the mentee as things are now; null where there is none, or it is over.</param>
/// <param name="Risk">What needs somebody; null when nothing does.</param>
/// <param name="MenteesOfMentor">How many mentees the mentor has now.</param>
public sealed record PairView(
    Guid Id, PairPerson Mentee, PairPerson Mentor, MentorshipState State, IReadOnlyList<Figure> Facts, IReadOnlyList<PairEvent> Events, IReadOnlyList<PairWord> Said, OtherMentor? Next, int MenteesOfMentor, string? Risk, string Program, string Cohort)
{
    public bool IsOver => State is MentorshipState.Finished or MentorshipState.Ended;
}

/// <summary>The page of a pair for managers: where it stands, what happened, who would be next, and what can be done for the two.</summary>
sealed class PairPages(GuildhallDb db, ProgramLookup programs, EnrollmentLookup enrollment, AccountLookup accounts, PairNames names, OtherMentors others, ReadAgreement agreements, ReadHealth healths, TalkLookup talk, IEnumerable<IAddToPair> modules, MarketplaceZone zones, Shell shell)
{
    const int EventsShown = 50;
    const int WeeksShown = 8;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pair = routes.MapGroup("/manage/{program}/pairs/{id:guid}").RequireAccess(AccessTable.RunProgram);
        pair.MapGet("", (string program, Guid id, string? did, PairPages pages, CancellationToken stop) => pages.Show(program, id, did switch { "seen-to" => "Noted that you saw to it.", "contacted" => "Written to both. Who has no address reads it nowhere: see People.", null => null, _ => "Done. Both were told what concerns them." }, null, stop));
        pair.MapPost("change", async (string program, Guid id, FormFields form, PairPages pages, ChangeMentorship change, ProgramLookup programs, Shell shell, Actor actor, CancellationToken stop) =>
        {
            if (await programs.BySlug(program, stop) is not { } facts || !Enum.TryParse<StaffChange>(form.Text("Change"), out var wanted) || !Enum.IsDefined(wanted)) return await Page.Refused(shell, Refusal.NotFound("pair"), stop);
            return await change.ByStaff(facts.Id, id, actor, wanted, stop) is { } refusal ? await pages.Show(program, id, null, refusal, stop) : Results.LocalRedirect($"/manage/{program}/pairs/{id}?did=changed");
        });
        pair.MapPost("contact", async (string program, Guid id, PairPages pages, NudgePairs nudge, ProgramLookup programs, Shell shell, Actor actor, CancellationToken stop) =>
        {
            if (await programs.BySlug(program, stop) is not { } facts) return await Page.Refused(shell, Refusal.NotFound("pair"), stop);
            return await nudge.ByStaff(facts.Id, id, actor, stop) switch
            {
                null => Results.LocalRedirect($"/manage/{program}/pairs/{id}?did=contacted"),
                { Kind: RefusalKind.NotFound } refusal => await Page.Refused(shell, refusal, stop),
                { } refusal => await pages.Show(program, id, null, refusal, stop),
            };
        });
        pair.MapGet("contact", (string program, Guid id) => Results.LocalRedirect($"/manage/{program}/pairs/{id}"));
        pair.MapGet("change", (string program, Guid id) => Results.LocalRedirect($"/manage/{program}/pairs/{id}"));
    }

    async Task<IResult> Show(string slug, Guid id, string? done, Refusal? refusal, CancellationToken stop)
    {
        if (await Of(slug, id, stop) is not { } view) return await Page.Refused(shell, Refusal.NotFound("pair"), stop);
        List<HomeCard> cards = [];
        foreach (var module in modules) cards.AddRange(await module.CardsOf(id, $"/manage/{slug}/pairs/{id}", stop));
        return Page.Of<PairPage>(
            new { Shell = await shell.Staff(stop), View = view, Cards = (IReadOnlyList<HomeCard>)[.. cards.OrderBy(card => card.Order)], Done = done, Problem = refusal?.Message }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    async Task<PairView?> Of(string slug, Guid id, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program || await db.Set<Mentorship>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.ProgramId == program.Id, stop) is not { } mentorship) return null;
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        var called = await names.Of(members.Values, stop);
        var (mentee, mentor) = (Called(mentorship.MenteeId), Called(mentorship.MentorId));
        var zone = await zones.Of(stop);
        var changes = await db.Set<MentorshipChange>().AsNoTracking().Where(c => c.MentorshipId == id).OrderByDescending(c => c.Number).Take(EventsShown).ToListAsync(stop);
        var staff = await accounts.Names([.. changes.Where(c => c is { From: null, AccountId: not null }).Select(c => c.AccountId!.Value).Distinct()], stop);
        var reviews = await db.Set<MentorshipReview>().AsNoTracking().Where(r => r.MentorshipId == id).OrderBy(r => r.GivenAt).ToListAsync(stop);
        var asked = await db.Set<SwitchRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.MentorshipId == id, stop);
        var health = (await healths.Of(program, [mentorship], stop)).Single();
        var nudged = await db.Set<Nudge>().AsNoTracking().Where(n => n.MentorshipId == id).OrderByDescending(n => n.SentAt).FirstOrDefaultAsync(stop);
        var (isAgreed, proposedFrom) = (await agreements.Stand([id], stop)).GetValueOrDefault(id);
        var contact = (await talk.LastContact([id], stop)).GetValueOrDefault(id);
        var pauses = await db.Set<ThreadSide>().Where(s => s.MentorshipId == id && s.PausedAt != null).OrderBy(s => s.PausedAt).Select(s => new { s.Side, At = s.PausedAt!.Value }).ToListAsync(stop);
        return new PairView(
            id, mentee, mentor, mentorship.State,
            [
                new("State", Words(mentorship.State)),
                new("Since", At(mentorship.StartedAt)),
                new("Trial", mentorship.TrialEndsOn is not { } trial ? "none" : mentorship.State != MentorshipState.Trial ? $"until {ReadMentorship.Day(trial)}" : $"until {ReadMentorship.Day(trial)}. {Answers(mentorship, mentee, mentor)}"),
                new("Last day", mentorship.State == MentorshipState.Paused ? $"{ReadMentorship.Day(mentorship.EndsOn)}, and later by the pause" : ReadMentorship.Day(mentorship.EndsOn)),
                new("How they talk", isAgreed ? "agreed" : proposedFrom is null ? "nothing proposed yet" : $"{(proposedFrom == Side.Mentee ? mentee : mentor).FirstName} proposed, not agreed yet"),
                new("Last contact", health.Contacts.LastContactOn is { } last ? ReadMentorship.Day(last) : "none yet"),
                new("Contacts a week", health.Contacts.Weeks.Count == 0 ? "the first week is not over" : $"{string.Join(", ", health.Contacts.Weeks.TakeLast(WeeksShown))} (the newest last; the program asks {health.Contacts.Minimum.ToString(CultureInfo.InvariantCulture)})"),
                new("Reminded", nudged is null ? "not yet" : $"{At(nudged.SentAt)}{(nudged.AccountId is null ? "" : ", by the team")}"),
                new("Last message", string.Join(", ", new[] { (mentee, contact?.ByMentee), (mentor, contact?.ByMentor) }.Select(one => $"{one.Item1.FirstName}: {(one.Item2 is { } at ? At(at) : "none")}"))),
                .. pauses.Select(pause => new Figure("Messages", $"paused by {(pause.Side == Side.Mentee ? mentee : mentor).FirstName} since {At(pause.At)}")),
                new("Rules", $"version {mentorship.ProgramVersion.ToString(CultureInfo.InvariantCulture)} of the program{(mentorship.ProgramVersion == program.Version ? ", the current one" : "")}"),
            ],
            [.. changes.Select(change => new PairEvent(Happened(change), At(change.At), change.From is { } side ? (side == Side.Mentee ? mentee : mentor).Name : change.AccountId is { } by ? staff.GetValueOrDefault(by, "the program’s team") : change.Number == 1 ? "both" : "the calendar"))],
            [
                .. asked is null ? Array.Empty<PairWord>() : [new PairWord((asked.Side == Side.Mentee ? mentee : mentor).Name, $"Asked for somebody else: “{SwitchRequest.Of(asked.Reason)}”", asked.Words)],
                .. reviews.Select(review => new PairWord((review.Side == Side.Mentee ? mentee : mentor).Name, $"Reached what they came for: {review.Reached.ToString().ToLowerInvariant()}. Would do it again: {(review.Again ? "yes" : "no")}.", review.Words)),
            ],
            mentorship.IsOver ? null : await others.Of(id, 1, stop) is [var next, ..] ? next : null,
            await db.Set<Mentorship>().CountAsync(m => m.MentorId == mentorship.MentorId && m.State != MentorshipState.Finished && m.State != MentorshipState.Ended, stop),
            health.Risk is { } risk ? RiskWords.Of(risk) : null, $"/manage/{slug}", program.Cohort);

        PairPerson Called(Guid participantId) => members.TryGetValue(participantId, out var member) ? called(member) : PairPerson.Gone;
        string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
    }

    static string Answers(Mentorship mentorship, PairPerson mentee, PairPerson mentor) => (mentorship.MenteeKeepsAt, mentorship.MentorKeepsAt) switch
    {
        (null, null) => "Nobody has answered yet.",
        (null, _) => $"{mentor.FirstName} wants to go on.",
        _ => $"{mentee.FirstName} wants to go on.",
    };

    internal static string Words(MentorshipState state) => state switch { MentorshipState.Trial => "Trial", MentorshipState.Active => "Active", MentorshipState.Paused => "Paused", MentorshipState.Finished => "Finished", _ => "Ended" };

    static string Happened(MentorshipChange change) => change switch
    {
        { Number: 1 } => "Began",
        { State: MentorshipState.Active, From: null, AccountId: null } => "The trial ended, and they go on",
        { State: MentorshipState.Paused } => "Paused",
        { State: MentorshipState.Active } => "Goes on",
        { Because: { } because } => PairEndWords.Of(because),
        _ => Words(change.State),
    };
}
