using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>Starts a program from the template "First 90 Days". Nobody sees a draft but staff.</summary>
sealed class DraftProgram(GuildhallDb db, TimeProvider clock)
{
    public async Task<Result<Program>> Run(NewProgramForm form, Actor actor, CancellationToken stop)
    {
        var draft = Program.Draft(form, actor, clock.GetUtcNow());
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

    public const int NameLimit = Program.NameLimit;

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

    static string SeasonOf(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Month switch { 12 or 1 or 2 => "Winter", <= 5 => "Spring", <= 8 => "Summer", _ => "Autumn" }} {day.Year}");
}
