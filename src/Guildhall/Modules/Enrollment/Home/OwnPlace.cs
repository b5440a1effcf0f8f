using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>
/// Somebody who takes part changes when they are free, how they work and their languages; a mentor also how many mentees they have, and whether they take new ones.
/// The next matching goes by it; pairs that stand are not touched.
/// </summary>
sealed class OwnPlace(GuildhallDb db, ProgramLookup programs, ReadApplicantScene scenes, Shell shell)
{
    const int MostTries = 3;

    static readonly QuestionKind style = MenteeQuestions.WorkingStyle("How you work"), languages = MenteeQuestions.SpokenLanguages(), free = MenteeQuestions.FreeTimes(MenteeQuestions.FewestTimes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (side, root) in new[] { (Side.Mentee, "/me/hours/{program}"), (Side.Mentor, "/mentor/hours/{program}") })
        {
            var own = routes.MapGroup(root).RequireAccess(AccessTable.TakePart);
            own.MapGet("", (string program, string? did, OwnPlace place, ShopActor shop, CancellationToken stop) => place.Show(program, side, did == "saved", shop, new FormFields(), null, stop));
            own.MapPost("", async (string program, FormFields form, OwnPlace place, ShopActor shop, CancellationToken stop) =>
                await place.Change(program, side, shop, form, stop) is { } refusal ? await place.Show(program, side, false, shop, form, refusal, stop) : Results.LocalRedirect($"{OwnSeat.Path(side, program)}?did=saved"));
        }

        routes.MapPost("/mentor/hours/{program}/open", async (string program, FormFields form, OwnPlace place, ShopActor shop, Shell shell, CancellationToken stop) =>
            await place.Open(program, shop, form.Text("IsOpen") == "true", stop) is { } refusal ? await Page.Refused(shell, refusal, stop) : Results.LocalRedirect(LocalPath.Or(form.Text("to"), OwnSeat.Path(Side.Mentor, program)))).RequireAccess(AccessTable.TakePart);
    }

    async Task<Refusal?> Change(string slug, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (await Find(slug, side, shop, stop) is not var (program, seat) || await scenes.Of(program, shop.SellerId, withPains: false, stop) is not { } scene) return Refusal.NotFound("program");
        db.Entry(seat).Property(p => p.RowVersion).OriginalValue = form.Edition("seen");
        var before = Said(seat);
        var after = Kinds(side).Aggregate(before, (said, kind) => kind.Read(form, scene, said));
        if (form.Refusal is { } unreadable) return unreadable;
        var profile = seat.Profile with
        {
            Style = after.Style == before.Style ? seat.Profile.Style : after.Style,
            Contact = after.Contact == before.Contact ? seat.Profile.Contact : after.Contact,
            WeekHours = WeekParts.Changed(seat.Profile.WeekHours, [.. after.Times ?? []]),
            TimeZone = after.TimeZone,
            Languages = [.. (after.Languages ?? []).Select(tag => seat.Profile.Languages?.FirstOrDefault(known => known.Language == tag) ?? new LanguageSkill(tag, LanguageLevel.Working))],
        };
        var changed = profile is MentorProfile mentor ? seat.Change(mentor with { Capacity = after.Places ?? mentor.Capacity }, null, ProfileOrigin.Stated) : seat.Change((MenteeProfile)profile, null, ProfileOrigin.Stated);
        if (changed.Refusal is { } refusal) return refusal;
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return Refusal.Conflict("changed_meanwhile", "This was changed while you were on this page, by you in another window or by the team. What you ticked stands below. Save again to use it.");
        }
    }

    /// <summary>Says what it is to be, so that a second tap changes nothing.</summary>
    async Task<Refusal?> Open(string slug, ShopActor shop, bool isOpen, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await Find(slug, Side.Mentor, shop, stop) is not var (_, seat)) return Refusal.NotFound("program");
            seat.Change(seat.AsMentor! with { IsOpenToNew = isOpen }, null, seat.Origin);
            try
            {
                await db.SaveChangesAsync(stop);
                return null;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostTries)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    async Task<IResult> Show(string slug, Side side, bool isSaved, ShopActor shop, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await Find(slug, side, shop, stop) is not var (program, seat) || await scenes.Of(program, shop.SellerId, withPains: false, stop) is not { } scene) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var isBehind = refusal?.Kind == RefusalKind.Conflict;
        return Page.Of<OwnPlacePage>(new
        {
            Shell = await shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop),
            Program = $"{program.Name}, {program.Cohort}",
            Here = OwnSeat.Path(side, slug),
            Back = side == Side.Mentee ? "/me/settings" : "/mentor/settings",
            Seen = seat.RowVersion,
            IsMentor = side == Side.Mentor,
            Questions = (IReadOnlyList<Question>)[.. Kinds(side).Select(kind => kind.Show(scene, Said(seat)))],
            IsSaved = isSaved,
            Problem = isBehind ? refusal!.Message : null,
            Form = isBehind ? form : form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static QuestionKind[] Kinds(Side side) => side == Side.Mentee ? [free, languages, style] : [MentorQuestions.Hours, languages, style];

    /// <summary>What stands stored, as the questions of the application put it.</summary>
    static ApplicationAnswers Said(Participant seat) => new()
    {
        Style = Third(seat.Profile.Style),
        Contact = Third(seat.Profile.Contact),
        Times = WeekParts.Of(seat.Profile.WeekHours),
        TimeZone = seat.Profile.TimeZone,
        Languages = seat.Profile.Languages is { } spoken ? [.. spoken.Select(one => one.Language)] : null,
        Places = seat.AsMentor?.Capacity,
    };

    static double? Third(double? share) => share is null ? null : share > 1.0 / 3 ? 1 : share < -1.0 / 3 ? -1 : 0;

    async Task<(ProgramFacts Program, Participant Seat)?> Find(string slug, Side side, ShopActor shop, CancellationToken stop) =>
        await programs.BySlug(slug, stop) is { } program && await db.Set<Participant>().SingleOrDefaultAsync(p => p.ProgramId == program.Id && p.SellerId == shop.SellerId && p.Side == side, stop) is { } seat ? (program, seat) : null;
}
