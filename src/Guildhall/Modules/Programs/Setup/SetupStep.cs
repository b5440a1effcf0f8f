using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>What every page of a program's set-up shows around its one question.</summary>
/// <param name="Seen">The edition of the program that the form was filled from, so that the second of two people is told.</param>
/// <param name="FrontPage">What visitors see; null for a program about the past, which is not for them.</param>
/// <param name="Form">What was typed and refused, if anything was.</param>
/// <param name="CurrencyCode">The marketplace's currency, in which amounts are typed; null before the marketplace has a name.</param>
/// <param name="TimeZone">The marketplace's zone.</param>
/// <param name="MayStart">Whether who looks at it may start programs, be it as a copy.</param>
/// <param name="Suggested">The outcome that the address asks for in place of the goal, as the planning page links it.</param>
public sealed record SetupStep(
    ShellContext Shell, string Slug, string Name, ProgramState State, string Seen, int Version, ProgramDesign Design, NewProgramForm Schedule, FrontPagePlace? FrontPage, FormFields Form,
    string? CurrencyCode = null, string? TimeZone = null, WelcomeSession? Welcome = null, bool MayStart = false, Outcome? Suggested = null)
{
    /// <summary>The pages of a draft, one after the other. Further pages are reached from the last.</summary>
    public static readonly IReadOnlyList<string> Order = ["name", "goal", "who", "stages", "matching", "rewards", "publish"];

    public bool IsDraft => State == ProgramState.Draft;

    public string Href(string step) => $"/manage/{Slug}/setup/{step}";

    /// <summary>A draft is filled in step by step; what is open, and what is no step, is changed one thing at a time, from the summary.</summary>
    public string Save(string step) => IsDraft && At(step) >= 0 ? "Continue" : "Save";

    public string BackHref(string step) => IsDraft && At(step) >= 0 ? step == Order[0] ? "/manage" : Href(Order[At(step) - 1]) : step == Order[^1] ? $"/manage/{Slug}" : Href(Order[^1]);

    /// <summary>Where a page without a form leads on to.</summary>
    public string NextHrefOf(string step) => NextHref(Slug, step, IsDraft);

    public Link Later => IsDraft ? new("Finish later", "/manage") : new("Back to the program", $"/manage/{Slug}");

    /// <summary>The program's last day: its weeks, counted from the first.</summary>
    public DateOnly LastDay => Schedule.StartsOn.AddDays((7 * Design.Structure.LengthWeeks) - 1);

    public static string Position(string step) => $"Step {At(step) + 1} of {Order.Count}";

    public static bool IsStep(string page) => At(page) >= 0;

    /// <summary>Where a saved step leads: of a draft to the next one, else to the summary, and from that to the program.</summary>
    public static string NextHref(string slug, string step, bool isDraft) => step == Order[^1] ? $"/manage/{slug}" : $"/manage/{slug}/setup/{(isDraft && At(step) >= 0 ? Order[At(step) + 1] : Order[^1])}";

    static int At(string step) => Order.ToList().IndexOf(step);
}

/// <summary>The program on the front page that anybody may see.</summary>
/// <param name="IsHere">It is this one.</param>
/// <param name="Other">The name of the one that is shown instead; null when none is.</param>
public sealed record FrontPagePlace(bool IsHere, string? Other);

/// <summary>Reads what the pages of a set-up show, also those that other modules give.</summary>
public sealed class ReadSetup(GuildhallDb db, Shell shell, IHttpContextAccessor requests, IAuthorizationService authorization, TimeProvider clock)
{
    /// <returns>Null where there is no such program.</returns>
    public async Task<SetupStep?> Of(string slug, FormFields form, CancellationToken stop)
    {
        var program = await db.Set<Program>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, stop);
        if (program is null) return null;
        var shown = program.IsOnFrontPage ? null : await db.Set<Program>().Where(p => p.IsOnFrontPage).Select(p => $"{p.Name}, {p.Cohort}").SingleOrDefaultAsync(stop);
        var marketplace = await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop);
        return new SetupStep(
            await shell.Public(stop), slug, program.Name, program.StateOn(ProgramDays.Today(marketplace?.TimeZone, clock.GetUtcNow())),
            form.Value("seen") ?? program.RowVersion.ToString(CultureInfo.InvariantCulture), program.Current.Number, program.Current.Design,
            new NewProgramForm(program.Name, program.Cohort, program.StartsOn, program.ApplicationsCloseOn),
            program.FiguresAsOf is null ? new FrontPagePlace(program.IsOnFrontPage, shown) : null, form, marketplace?.CurrencyCode, marketplace?.TimeZone, program.Welcome,
            requests.HttpContext is { } http && await authorization.MayAsync(http.User, AccessTable.ManageMarketplace),
            requests.HttpContext?.Request.Query["outcome"].ToString() is { Length: > 0 } id ? Outcome.Primary.FirstOrDefault(outcome => outcome.Id == id) : null);
    }
}
