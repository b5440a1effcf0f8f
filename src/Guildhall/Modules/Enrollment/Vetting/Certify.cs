using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Asks a mentor what they would do in the situations of the coaching method. All answers right is passed; a try can be repeated.</summary>
sealed class Certify(GuildhallDb db, ProgramLookup programs, EnrollmentLookup enrollment, Shell shell, TimeProvider clock)
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
        var refusal = await Check(program, participantId, form, stop);
        return refusal is null ? Results.LocalRedirect(LocalPath.Or(form.Text("to"), $"/mentor/coaching/{slug}")) : await Show(slug, person, form.Text("to"), refusal.Kind == RefusalKind.Conflict ? new FormFields() : form, refusal, stop);
    }

    async Task<Refusal?> Check(ProgramFacts program, Guid participantId, FormFields form, CancellationToken stop)
    {
        var (cases, method) = (program.Design.Coaching.Cases, Certification.MarkOf(program.Design.Coaching));
        if (form.Text("Method") != method) return Refusal.Conflict("method_changed", "The situations changed while you were on this page. Nothing was counted. They stand below as they are now.");
        if (Refusal.Together([.. cases.Select((one, at) => Chosen(form, one, at) is null ? Refusal.Invalid("open", $"Choose what you would do: “{one.Situation}”", Field(at)) : null)]) is { } open) return open;

        var wrong = cases.Select((one, at) => Chosen(form, one, at) == one.Right ? null : Refusal.Invalid("wrong", $"The method does something else here: “{one.Situation}” Look at it again.", Field(at))).ToArray();
        DateTimeOffset? passedAt = Array.TrueForAll(wrong, one => one is null) ? clock.GetUtcNow() : null;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO enrollment.certification (participant_id, method, tries, passed_at) VALUES ({participantId}, {method}, 1, {passedAt})
            ON CONFLICT (participant_id, method) DO UPDATE SET tries = certification.tries + 1, passed_at = EXCLUDED.passed_at WHERE certification.passed_at IS NULL
            """, stop);
        return Refusal.Together(wrong);
    }

    async Task<IResult> Show(string slug, ShopActor person, string? to, FormFields form, Refusal? refusal, CancellationToken stop) => await Mentor(slug, person, stop) is var (program, participantId)
        ? Page.Of<CertifyPage>(new
        {
            Shell = await shell.Personal(Area.Mentor, stop),
            Program = program,
            To = LocalPath.Or(to, ""),
            Mark = Certification.MarkOf(program.Design.Coaching),
            Passed = await enrollment.CertifiedAt(program, participantId, stop),
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
