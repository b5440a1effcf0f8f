using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>One participant as a manager sees them.</summary>
sealed class ParticipantScreen(ProgramLookup programs, ParticipantList list, EnrollmentLookup enrollment, ReadBaseline baseline, AuditTrail trail, Shell shell, IHttpContextAccessor requests)
{
    public async Task<IResult> Show(string slug, Guid id, string? done, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program || await list.One(program, id, stop) is not { } person) return await Page.Refused(shell, Refusal.NotFound("participant"), stop);
        var http = requests.HttpContext!;
        await trail.Saw(Actor.From(http), AuditSubject.Seller(person.SellerId, program.Id), stop, "name", "answers", "figures");
        return Page.Of<ParticipantPage>(new
        {
            Shell = await shell.Staff(stop),
            program.Cohort,
            Program = $"/manage/{slug}",
            Person = person,
            With = await list.With(program, id, stop),
            Coaching = await Coaching(program, person, stop),
            Baseline = await baseline.Of(id, stop),
            MoveTo = await MoveTo(program, http.User.WithinReach(), stop),
            Form = form.Refused(refusal),
            Done = done,
            IsBehind = form.Sent.Count > 0 && refusal is { Kind: RefusalKind.Conflict },
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    async Task<string?> Coaching(ProgramFacts program, ParticipantForm person, CancellationToken stop) => person.Side == Side.Mentor && program.Design.Vetting.AsksAboutCoaching
        ? await enrollment.CertifiedAt(program, person.Id, stop) is { } at ? $"Answered the situations of the coaching method on {at.ToString("d MMM yyyy", CultureInfo.CurrentCulture)}." : "Has not answered the situations of the coaching method yet."
        : null;

    /// <summary>The newest programs that somebody can move to.</summary>
    async Task<IReadOnlyList<Choice>> MoveTo(ProgramFacts program, IReadOnlyCollection<string>? within, CancellationToken stop) =>
        [.. (await programs.Open(stop)).Where(one => one.Slug != program.Slug && within?.Contains(one.Slug) != false).Take(100).Select(one => new Choice(one.Slug, $"{one.Name}, {one.Cohort}"))];
}
