using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>Starts a program from the template "First 90 Days", or with the rules of another program. Nobody sees a draft but staff.</summary>
sealed class DraftProgram(GuildhallDb db, TimeProvider clock)
{
    public async Task<Result<Program>> Run(NewProgramForm form, Actor actor, CancellationToken stop)
    {
        var design = await Design(form, stop);
        if (form.CopyOf is not null && design is null) return Refusal.Invalid("no_template", "Choose what the program starts from: the program you chose is not there any more. Nothing was created.", "CopyOf");
        var draft = Program.Draft(form, actor, clock.GetUtcNow(), design);
        if (!draft.Succeeded(out var program, out var refusal)) return refusal;

        db.Add(program);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return Refusal.Conflict("name_taken", $"There is already a program called {program.Name}, {program.Cohort}. Nothing was created. Choose another cohort.");
        }

        return program;
    }

    /// <summary>Copies a program, such as one that was a pilot, into a draft of its own with the rules it has now. People, matching rules and the welcome session stay where they are.</summary>
    public async Task<Result<Program>> Copy(string slug, Actor actor, CancellationToken stop)
    {
        if (await db.Set<Program>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, stop) is not { } original) return Refusal.NotFound("program");
        var days = NewProgramForm.Suggested(DateOnly.FromDateTime(clock.GetUtcNow().Date));
        for (var number = 1; number < 100; number++)
        {
            var name = NewProgramForm.CopyName(original.Name, number);
            if (await db.Set<Program>().AnyAsync(p => p.Name == name && p.Cohort == original.Cohort, stop)) continue;
            return await Run(days with { Name = name, Cohort = original.Cohort, CopyOf = slug }, actor, stop);
        }

        return Refusal.Conflict("too_many_copies", "There are 99 copies of this program already. Nothing was created. Rename some, or start from the page New program.");
    }

    /// <summary>The rules to start with, without the day of their goal, which belonged to other weeks; null for the template, and where there is no such program.</summary>
    async Task<ProgramDesign?> Design(NewProgramForm form, CancellationToken stop)
    {
        if (form.CopyOf is not { } slug || await db.Set<Program>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, stop) is not { } original) return null;
        var design = original.Current.Design;
        return design with { Goal = design.Goal with { By = null } };
    }

    /// <summary>What is wrong with a program that can't be drafted yet, because a day of it could not be read.</summary>
    public Refusal? Problems(NewProgramForm form) => Program.Problems(form, clock.GetUtcNow());

    /// <summary>What the form shows first: a season that no program of the template has yet.</summary>
    public async Task<NewProgramForm> Suggestion(CancellationToken stop)
    {
        var form = NewProgramForm.Suggested(DateOnly.FromDateTime(clock.GetUtcNow().Date));
        for (var seasons = 0; seasons < 8 && await db.Set<Program>().AnyAsync(program => program.Name == form.Name && program.Cohort == form.Cohort, stop); seasons++) form = form.NextSeason();
        return form;
    }
}

/// <summary>What a program is drafted from.</summary>
public sealed record NewProgramForm(string Name, string Cohort, DateOnly StartsOn, DateOnly ApplicationsCloseOn)
{
    /// <summary>For a program about the past: the last day whose figures may be used. The page doesn't ask it.</summary>
    public DateOnly? FiguresAsOf { get; init; }

    /// <summary>The part of the address of the program whose rules it starts with; null starts from the template.</summary>
    public string? CopyOf { get; init; }

    public const int NameLimit = Program.NameLimit;

    /// <summary>What a copy is called first: "Copy of …", the second "Copy 2 of …", cut where it would be too long.</summary>
    internal static string CopyName(string name, int number)
    {
        var copy = number == 1 ? $"Copy of {name}" : string.Create(CultureInfo.InvariantCulture, $"Copy {number} of {name}");
        if (copy.Length <= NameLimit) return copy;
        // Not through the middle of a character that takes two places.
        return copy[..(char.IsHighSurrogate(copy[NameLimit - 1]) ? NameLimit - 1 : NameLimit)].TrimEnd();
    }

    /// <summary>What the form shows first: the next month's first Monday, with applications open until the Thursday before.</summary>
    public static NewProgramForm Suggested(DateOnly today) => StartingIn(new DateOnly(today.Year, today.Month, 1).AddMonths(1));

    /// <summary>The same a season later, for when that is there already.</summary>
    public NewProgramForm NextSeason() => StartingIn(new DateOnly(StartsOn.Year, StartsOn.Month, 1).AddMonths(3));

    static NewProgramForm StartingIn(DateOnly month)
    {
        var start = month;
        while (start.DayOfWeek != DayOfWeek.Monday) start = start.AddDays(1);
        return new NewProgramForm("First 90 Days", SeasonOf(start), start, start.AddDays(-4));
    }

    internal static string SeasonOf(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Month switch { 12 or 1 or 2 => "Winter", <= 5 => "Spring", <= 8 => "Summer", _ => "Autumn" }} {day.Year}");
}
