using System.Globalization;
using System.Text.Json;
using Guildhall.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Programs;

enum ProgramState { Draft, Open }

/// <summary>A run of mentorship with a goal, a length and rules.</summary>
sealed class Program
{
    public const int NameLimit = 80;

    /// <summary>Addresses under /manage that are pages of their own.</summary>
    public static readonly IReadOnlyCollection<string> TakenSlugs = ["new", "sellers"];

    readonly List<ProgramVersion> versions = [];

    Program() { }

    Program(NewProgramForm form, string name, string cohort, Actor by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (Name, Cohort, StartsOn, ApplicationsCloseOn, FiguresAsOf) = (name, cohort, form.StartsOn, form.ApplicationsCloseOn, form.FiguresAsOf);
        // A name in a script that addresses can't spell is told apart by the id's random end.
        Slug = Slugs.From($"{name} {cohort}") is { Length: > 0 } slug ? slug : Id.ToString("N")[^8..];
        versions.Add(new ProgramVersion(Id, 1, ProgramDesign.FirstNinetyDays, by.AccountId, now));
    }

    public Guid Id { get; private set; }

    /// <summary>The program's part of its addresses, unique in the installation.</summary>
    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Which intake this is, such as "Autumn 2026".</summary>
    public string Cohort { get; private set; } = "";

    public ProgramState State { get; private set; }

    public DateOnly StartsOn { get; private set; }

    public DateOnly ApplicationsCloseOn { get; private set; }

    /// <summary>Set for a program about the past: only what was known on this day is used. Null follows the figures as they come.</summary>
    public DateOnly? FiguresAsOf { get; private set; }

    /// <summary>Visitors see this program on the front page; of all programs at most one. One about the past is a study, not something to apply for.</summary>
    public bool IsOnFrontPage { get; private set; }

    public uint RowVersion { get; private set; }

    public IReadOnlyList<ProgramVersion> Versions => versions;

    public ProgramVersion Current => versions.MaxBy(version => version.Number)!;

    public static Result<Program> Draft(NewProgramForm form, Actor by, DateTimeOffset now)
    {
        var (name, cohort) = (form.Name.Trim(), form.Cohort.Trim());
        if (Problems(form, now) is { } refusal) return refusal;
        var program = new Program(form, name, cohort, by, now);
        return TakenSlugs.Contains(program.Slug)
            ? Refusal.Invalid("slug_taken", $"Choose another name or cohort: the address /manage/{program.Slug}, which these make, is another page already.", "Name")
            : program;
    }

    /// <summary>Corrects what the program is called and when it runs. Its address stays.</summary>
    public Result<Program> Reschedule(NewProgramForm form, DateTimeOffset now)
    {
        var (name, cohort) = (form.Name.Trim(), form.Cohort.Trim());
        if (ScheduleProblems(form, now) is { } refusal) return refusal;
        (Name, Cohort, StartsOn, ApplicationsCloseOn) = (name, cohort, form.StartsOn, form.ApplicationsCloseOn);
        return this;
    }

    // A day that stood there before may be past by now.
    internal Refusal? ScheduleProblems(NewProgramForm form, DateTimeOffset now) => Problems(form with { FiguresAsOf = FiguresAsOf }, form.StartsOn == StartsOn ? null : now);

    /// <summary>Everything that is wrong with what a program is to be called and when it is to run. A day that could not be read is the first of the calendar.</summary>
    internal static Refusal? Problems(NewProgramForm form, DateTimeOffset? now) => Refusal.Together(Problems(form.Name.Trim(), form.Cohort.Trim(), form, now is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null));

    static IEnumerable<Refusal> Problems(string name, string cohort, NewProgramForm form, DateOnly? today)
    {
        if (name.Length == 0 || name.Length > NameLimit) yield return Refusal.Invalid("name", $"Enter a name of up to {NameLimit} letters.", "Name");
        if (cohort.Length == 0 || cohort.Length > NameLimit) yield return Refusal.Invalid("cohort", "Enter a cohort, such as Autumn 2026.", "Cohort");
        var (hasClose, hasStart) = (ProgramDays.Has(form.ApplicationsCloseOn), ProgramDays.Has(form.StartsOn));
        if (!hasStart) yield return Refusal.Invalid("first_day_range", ProgramDays.Outside("a first day"), "StartsOn");
        if (!hasClose) yield return Refusal.Invalid("last_day_range", ProgramDays.Outside("a last day for applications"), "ApplicationsCloseOn");
        if (form.FiguresAsOf is { } asOf && !ProgramDays.Has(asOf)) yield return Refusal.Invalid("figures_range", ProgramDays.Outside("a last day of figures"), "FiguresAsOf");
        if (hasClose && hasStart && form.ApplicationsCloseOn > form.StartsOn) yield return Refusal.Invalid("dates", "Choose a last day for applications on or before the first day of the program.", "ApplicationsCloseOn");
        // The day before today is still today somewhere.
        if (form.FiguresAsOf is null && hasStart && form.StartsOn < today?.AddDays(-1)) yield return Refusal.Invalid("past", "Choose a first day that is not over yet.", "StartsOn");
    }

    /// <summary>Changes the rules. A draft is changed in place; later every change is a version of its own.</summary>
    public Result<ProgramVersion> Redesign(Func<ProgramDesign, ProgramDesign> change, Actor by, DateTimeOffset now)
    {
        var design = change(Current.Design);
        if (Rules(design) is { } refusal) return refusal;
        if (State == ProgramState.Draft) Current.Rewrite(design, by.AccountId, now);
        else versions.Add(new ProgramVersion(Id, Current.Number + 1, design, by.AccountId, now));
        return Current;
    }

    public Result<Program> Publish()
    {
        if (State != ProgramState.Draft) return Refusal.Conflict("published", "This program is already open.");
        State = ProgramState.Open;
        return this;
    }

    public Result<Program> ShowOnFrontPage(bool isShown)
    {
        if (isShown && (State != ProgramState.Open || FiguresAsOf is not null)) return Refusal.Conflict("not_for_visitors", "Only a program that is open, and not about the past, can stand on the front page. Nothing was changed.");
        IsOnFrontPage = isShown;
        return this;
    }

    internal static Refusal? Rules(ProgramDesign design) => Refusal.Together([.. Problems(design), .. design.Mentors.Problems()]);

    static IEnumerable<Refusal> Problems(ProgramDesign design)
    {
        if (Outcome.Primary.FirstOrDefault(outcome => outcome.Id == design.Goal.OutcomeId) is not { } goal)
            yield return Refusal.Invalid("outcome", "Choose a result measured from seller figures. Messages, sessions and sign-ups show activity, not growth, so they can’t be the goal.", "Outcome");
        else if (design.Goal.Target < 1 || design.Goal.Target > goal.HighestTarget)
            yield return Refusal.Invalid("target", string.Create(CultureInfo.InvariantCulture, $"Enter a target between 1 and {goal.HighestTarget:N0}: the goal reads “{string.Format(CultureInfo.InvariantCulture, goal.Target, goal.SuggestedTarget)}”."), "Target");
        if (design.Guardrails.Any(id => Outcome.Guardrails.All(guardrail => guardrail.Id != id))) yield return Refusal.Invalid("guardrails", "Choose guardrails from the list.", "Guardrails");
        if (design.Mentees.MaximumDaysSinceSignUp is < 1 or > 3650) yield return Refusal.Invalid("mentee_age", "Enter between 1 and 3,650 days since sign-up.", "MaximumDaysSinceSignUp");
        var structure = design.Structure;
        if (structure.LengthWeeks is < 1 or > 104) yield return Refusal.Invalid("length", "Enter a length between 1 and 104 weeks.", "LengthWeeks");
        else if (structure.TrialWeeks < 0 || structure.TrialWeeks >= structure.LengthWeeks) yield return Refusal.Invalid("trial", "Enter a trial shorter than the program.", "TrialWeeks");
        if (structure.TouchpointsAWeek is < 0 or > 14) yield return Refusal.Invalid("touchpoints", "Enter between 0 and 14 contacts a week.", "TouchpointsAWeek");
        if (structure.SessionMinutes is < 10 or > 180) yield return Refusal.Invalid("session", "Enter a session of 10 to 180 minutes.", "SessionMinutes");
    }

    public static void Map(EntityTypeBuilder<Program> program)
    {
        program.Property(p => p.Name).HasMaxLength(NameLimit);
        program.Property(p => p.Cohort).HasMaxLength(NameLimit);
        program.Property(p => p.Slug).HasMaxLength((2 * NameLimit) + 1);
        program.HasIndex(p => p.Slug).IsUnique();
        program.HasIndex(p => p.IsOnFrontPage).IsUnique().HasFilter("is_on_front_page");
        program.Property(p => p.RowVersion).IsRowVersion();
        program.HasMany(p => p.Versions).WithOne().HasForeignKey(version => version.ProgramId);
        program.Navigation(p => p.Versions).HasField("versions").AutoInclude();
        program.Ignore(p => p.Current);
    }
}

/// <summary>The rules of a program as they were from one day on. A mentorship keeps the version it started under.</summary>
sealed class ProgramVersion
{
    ProgramVersion() { }

    internal ProgramVersion(Guid programId, int number, ProgramDesign design, Guid changedBy, DateTimeOffset now) =>
        (ProgramId, Number, Design, ChangedBy, ChangedAt) = (programId, number, design, changedBy, now);

    public Guid ProgramId { get; private set; }
    public int Number { get; private set; }
    public ProgramDesign Design { get; private set; } = ProgramDesign.FirstNinetyDays;
    public Guid ChangedBy { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    internal void Rewrite(ProgramDesign design, Guid by, DateTimeOffset now) => (Design, ChangedBy, ChangedAt) = (design, by, now);

    public static void Map(EntityTypeBuilder<ProgramVersion> version)
    {
        version.HasKey(v => new { v.ProgramId, v.Number });
        version.Property(v => v.Design).HasColumnType("jsonb").HasConversion(
            design => JsonSerializer.Serialize(design, JsonColumns.Options),
            json => JsonSerializer.Deserialize<ProgramDesign>(json, JsonColumns.Options)!);
    }
}
