using System.Globalization;
using System.Text.Json;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Programs;

/// <summary>Where a program stands in its life. Running is never stored: an open program runs from its first day on, by the marketplace's calendar, and nobody has to do anything for it.</summary>
public enum ProgramState
{
    Draft,
    Open,
    Running,

    /// <summary>Winding down, or over: nobody new comes in, and pairs go on until they finish.</summary>
    Closed,

    /// <summary>Out of the lists and the switcher. Nothing of it is deleted.</summary>
    Archived,
}

/// <summary>A run of mentorship with a goal, a length and rules.</summary>
sealed class Program
{
    public const int NameLimit = 80;

    /// <summary>Addresses under /manage that are pages of their own.</summary>
    public static readonly IReadOnlyCollection<string> TakenSlugs = ["charter", "new", "playbooks", "sellers"];

    readonly List<ProgramVersion> versions = [];

    Program() { }

    Program(NewProgramForm form, string name, string cohort, ProgramDesign design, Actor by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (Name, Cohort, StartsOn, ApplicationsCloseOn, FiguresAsOf) = (name, cohort, form.StartsOn, form.ApplicationsCloseOn, form.FiguresAsOf);
        // A name in a script that addresses can't spell is told apart by the id's random end.
        Slug = Slugs.From($"{name} {cohort}") is { Length: > 0 } slug ? slug : Id.ToString("N")[^8..];
        versions.Add(new ProgramVersion(Id, 1, design, by.AccountId, now));
    }

    public Guid Id { get; private set; }

    /// <summary>The program's part of its addresses, unique in the installation.</summary>
    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Which intake this is, such as "Autumn 2026".</summary>
    public string Cohort { get; private set; } = "";

    /// <summary>Draft, open or closed. What people see is <see cref="StateOn"/>.</summary>
    public ProgramState State { get; private set; }

    /// <summary>Since when it is out of the lists; null while it is in them.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    public DateOnly StartsOn { get; private set; }

    public DateOnly ApplicationsCloseOn { get; private set; }

    /// <summary>Set for a program about the past: only what was known on this day is used. Null follows the figures as they come.</summary>
    public DateOnly? FiguresAsOf { get; private set; }

    /// <summary>Visitors see this program on the front page; of all programs at most one. One about the past is a study, not something to apply for.</summary>
    public bool IsOnFrontPage { get; private set; }

    /// <summary>When the whole cohort meets for the first time; null until that is planned. Not among the rules: another time makes no new version of them.</summary>
    public WelcomeSession? Welcome { get; private set; }

    public uint RowVersion { get; private set; }

    public IReadOnlyList<ProgramVersion> Versions => versions;

    public ProgramVersion Current => versions.MaxBy(version => version.Number)!;

    /// <summary>The one place that says where a program stands on a day.</summary>
    public static ProgramState StateOf(ProgramState stored, bool isArchived, DateOnly startsOn, DateOnly today) =>
        isArchived ? ProgramState.Archived : stored == ProgramState.Open && startsOn <= today ? ProgramState.Running : stored;

    /// <param name="today">The day it is in the marketplace's zone.</param>
    public ProgramState StateOn(DateOnly today) => StateOf(State, ArchivedAt is not null, StartsOn, today);

    /// <param name="design">The rules it starts with: the template's, or those of the program it is a copy of.</param>
    public static Result<Program> Draft(NewProgramForm form, Actor by, DateTimeOffset now, ProgramDesign? design = null)
    {
        var (name, cohort) = (form.Name.Trim(), form.Cohort.Trim());
        if (Problems(form, now) is { } refusal) return refusal;
        var program = new Program(form, name, cohort, design ?? ProgramDesign.FirstNinetyDays, by, now);
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
    internal Refusal? ScheduleProblems(NewProgramForm form, DateTimeOffset now) => IsAway ?? Refusal.Together([
        .. Problems(form.Name.Trim(), form.Cohort.Trim(), form with { FiguresAsOf = FiguresAsOf }, form.StartsOn == StartsOn ? null : DateOnly.FromDateTime(now.UtcDateTime)),
        ProgramDays.Has(form.StartsOn) && Current.Design.Goal.By < form.StartsOn ? Refusal.Invalid("goal_before", string.Create(CultureInfo.InvariantCulture, $"Choose a first day on or before {Current.Design.Goal.By:d MMM yyyy}, the day of the goal, or change that first."), "StartsOn") : null]);

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
        if ((IsAway ?? Rules(design)) is { } refusal) return refusal;
        // Saved as it was: no version that differs in nothing.
        if (ProgramVersion.Write(design) == ProgramVersion.Write(Current.Design)) return Current;
        if (State == ProgramState.Draft) Current.Rewrite(design, by.AccountId, now);
        else versions.Add(new ProgramVersion(Id, Current.Number + 1, design, by.AccountId, now));
        return Current;
    }

    public Result<Program> Publish()
    {
        if (IsAway is { } refusal) return refusal;
        if (State != ProgramState.Draft) return Refusal.Conflict("published", State == ProgramState.Open ? "This program is already open." : "This program is closed. Open it again from its state page.");
        State = ProgramState.Open;
        return this;
    }

    /// <summary>Winds it down: nobody new comes in, and pairs go on until they finish.</summary>
    public Result<Program> Close()
    {
        if (IsAway is { } refusal) return refusal;
        if (State != ProgramState.Open) return Refusal.Conflict("not_open", "Only a program that is open or running can be closed. Nothing was changed.");
        (State, IsOnFrontPage) = (ProgramState.Closed, false);
        return this;
    }

    public Result<Program> Reopen()
    {
        if (IsAway is { } refusal) return refusal;
        if (State != ProgramState.Closed) return Refusal.Conflict("not_closed", "Only a program that is closed can be opened again. Nothing was changed.");
        State = ProgramState.Open;
        return this;
    }

    /// <summary>Takes it out of the lists, with everything kept.</summary>
    public Result<Program> Archive(DateTimeOffset now)
    {
        if (ArchivedAt is not null) return Refusal.Conflict("archived_already", "This program is in the archive already.");
        if (State == ProgramState.Open) return Refusal.Conflict("still_open", "Close this program before you put it in the archive. Nothing was changed.");
        ArchivedAt = now;
        return this;
    }

    public Result<Program> Restore()
    {
        if (ArchivedAt is null) return Refusal.Conflict("not_archived", "This program is not in the archive. Nothing was changed.");
        ArchivedAt = null;
        return this;
    }

    public Result<Program> Plan(WelcomeSession? welcome, DateTimeOffset now)
    {
        if ((IsAway ?? (welcome is null || welcome == Welcome ? null : Refusal.Together(welcome.Problems(now)))) is { } refusal) return refusal;
        Welcome = welcome;
        return this;
    }

    Refusal? IsAway => ArchivedAt is null ? null : Refusal.Conflict("archived", "This program is in the archive, where nothing of it changes. Bring it back from its state page, then make your change.");

    public Result<Program> ShowOnFrontPage(bool isShown)
    {
        if (isShown && (State != ProgramState.Open || FiguresAsOf is not null)) return Refusal.Conflict("not_for_visitors", "Only a program that is open, and not about the past, can stand on the front page. Nothing was changed.");
        IsOnFrontPage = isShown;
        return this;
    }

    internal Refusal? Rules(ProgramDesign design) => Refusal.Together(design.Problems(StartsOn));

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
        program.Property(p => p.Welcome).HasColumnType("jsonb").HasConversion(
            welcome => welcome == null ? null : JsonSerializer.Serialize(welcome, JsonColumns.Options),
            json => json == null ? null : JsonSerializer.Deserialize<WelcomeSession>(json, JsonColumns.Options));
        program.NotPersonal(p => p.Name, p => p.Cohort, p => p.Slug, p => p.Welcome);
        program.Ignore(p => p.Current);
    }
}
