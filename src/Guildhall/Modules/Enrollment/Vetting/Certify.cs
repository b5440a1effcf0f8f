using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Asks a mentor what they would do in the situations of the coaching method. All answers right is passed; a try can be repeated, three times a day.</summary>
sealed class Certify(GuildhallDb db, ProgramLookup programs, EnrollmentLookup enrollment, OwnClock own, Shell shell, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/mentor/coaching/{program}").RequireAccess(AccessTable.TakePart);
        own.MapGet("", (string program, string? to, Certify page, ShopActor person, CancellationToken stop) => page.Show(program, person, to, new FormFields(), null, stop));
        own.MapPost("", async (string program, FormFields form, Certify page, ShopActor person, CancellationToken stop) => await page.Answer(program, person, form, stop));
    }

    async Task<IResult> Answer(string slug, ShopActor person, FormFields form, CancellationToken stop)
    {
        if (await Mentor(slug, person, stop) is not var (program, participantId)) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var refusal = await Check(program, participantId, await Today(person, stop), form, stop);
        return refusal is null ? Results.LocalRedirect(LocalPath.Or(form.Text("to"), $"/mentor/coaching/{slug}")) : await Show(slug, person, form.Text("to"), refusal.Kind == RefusalKind.Conflict ? new FormFields() : form, refusal, stop);
    }

    async Task<Refusal?> Check(ProgramFacts program, Guid participantId, DateOnly today, FormFields form, CancellationToken stop)
    {
        var (cases, method) = (program.Design.Coaching.Cases, Certification.MarkOf(program.Design.Coaching));
        if (form.Text("Method") != method) return Refusal.Conflict("method_changed", "The situations changed while you were on this page. Nothing was counted. They stand below as they are now.");
        if (Refusal.Together([.. cases.Select((one, at) => Chosen(form, one, at) is null ? Refusal.Invalid("open", $"Choose what you would do: “{one.Situation}”", Field(at)) : null)]) is { } open) return open;

        var wrong = cases.Select((one, at) => Chosen(form, one, at) == one.Right ? null : Refusal.Invalid("wrong", $"The method does something else here: “{one.Situation}” Look at it again.", Field(at))).ToArray();
        DateTimeOffset? passedAt = Array.TrueForAll(wrong, one => one is null) ? clock.GetUtcNow() : null;
        DateOnly? wrongOn = passedAt is null ? today : null;
        // Of many tries at once the row lets as many through as are left.
        var counted = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO enrollment.certification AS c (participant_id, method, tries, passed_at, wrong_on, wrong_that_day) VALUES ({participantId}, {method}, 1, {passedAt}, {wrongOn}::date, CASE WHEN {wrongOn}::date IS NULL THEN 0 ELSE 1 END)
            ON CONFLICT (participant_id, method) DO UPDATE SET tries = c.tries + 1, passed_at = EXCLUDED.passed_at, wrong_on = coalesce(EXCLUDED.wrong_on, c.wrong_on),
                wrong_that_day = CASE WHEN EXCLUDED.wrong_on = c.wrong_on THEN c.wrong_that_day + 1 WHEN EXCLUDED.wrong_on IS NULL THEN c.wrong_that_day ELSE 1 END
            WHERE c.passed_at IS NULL AND NOT (c.wrong_on IS NOT DISTINCT FROM {today} AND c.wrong_that_day >= {Certification.MostWrongADay})
            """, stop);
        if (counted == 0 && await enrollment.CertifiedAt(program, participantId, stop) is null) return Refusal.Conflict("wait", "Three tries were not right today, so this one was not looked at. Read the method, and try again from tomorrow on.");
        return Refusal.Together(wrong);
    }

    async Task<DateOnly> Today(ShopActor person, CancellationToken stop) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), await own.OfShop(person.SellerId, stop)).DateTime);

    async Task<bool> MustWait(Guid participantId, string method, DateOnly today, CancellationToken stop) =>
        await db.Set<Certification>().AnyAsync(c => c.ParticipantId == participantId && c.Method == method && c.PassedAt == null && c.WrongOn == today && c.WrongThatDay >= Certification.MostWrongADay, stop);

    async Task<IResult> Show(string slug, ShopActor person, string? to, FormFields form, Refusal? refusal, CancellationToken stop) => await Mentor(slug, person, stop) is var (program, participantId)
        ? Page.Of<CertifyPage>(new
        {
            Shell = await shell.Personal(Area.Mentor, stop),
            Program = program,
            To = LocalPath.Or(to, ""),
            Mark = Certification.MarkOf(program.Design.Coaching),
            Passed = await enrollment.CertifiedAt(program, participantId, stop),
            MustWait = await MustWait(participantId, Certification.MarkOf(program.Design.Coaching), await Today(person, stop), stop),
            Form = form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
        : await Page.Refused(shell, Refusal.NotFound("program"), stop);

    async Task<(ProgramFacts Program, Guid ParticipantId)?> Mentor(string slug, ShopActor person, CancellationToken stop) =>
        await programs.BySlug(slug, stop) is { Design.Vetting.AsksAboutCoaching: true } program
        && await db.Set<Participant>().Where(p => p.ProgramId == program.Id && p.SellerId == person.SellerId && p.Side == Side.Mentor).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(stop) is { } id
            ? (program, id)
            : null;

    public static string Field(int at) => string.Create(CultureInfo.InvariantCulture, $"case-{at + 1}");

    static string? Chosen(FormFields form, MethodCase one, int at) =>
        int.TryParse(form.Text(Field(at)), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? Certification.Shuffled(one).ElementAtOrDefault(place) : null;
}
