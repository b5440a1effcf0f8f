using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Portal;

/// <summary>What the marketplace page asks.</summary>
public sealed record MarketplaceForm
{
    public string Name { get; init; } = "";

    public string CurrencyCode { get; init; } = "USD";

    public string TimeZone { get; init; } = "America/New_York";

    public string Start { get; init; } = "demo";

    /// <summary>The edition that the page showed, 0 before there is one; null, from the command, takes whichever there is.</summary>
    public uint? Seen { get; init; }

    /// <summary>Nobody has named the marketplace yet.</summary>
    public bool IsFirst { get; init; }

    public bool CanStartWithDemo { get; init; }
}

/// <summary>
/// Fills an empty installation with the demo marketplace, or says why not. The host, which has the generator, registers it. It goes on when the page
/// that asked is closed, and ends with the host.
/// </summary>
public delegate Task<Refusal?> StartWithDemo();

/// <summary>Says which marketplace this installation serves, and what it starts with.</summary>
sealed class NameMarketplace(GuildhallDb db)
{
    public async Task<Result<Marketplace>> Run(MarketplaceForm form, CancellationToken stop)
    {
        var known = await db.Set<Marketplace>().SingleOrDefaultAsync(stop);
        var named = known is null ? Marketplace.Found(form.Name, form.CurrencyCode, form.TimeZone) : known.Change(form.Name, form.TimeZone);
        if (!named.Succeeded(out var marketplace, out var refusal)) return refusal;
        if (known is null) db.Add(marketplace);
        else if (form.Seen is { } seen) db.Entry(known).Property(m => m.RowVersion).OriginalValue = seen;
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            return Refusal.Conflict("named_meanwhile", "Somebody else named the marketplace while you were on this page. Their answers are kept and yours are not saved. Look at this page again, then make your change.");
        }

        return marketplace;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/settings/marketplace").RequireAccess(AccessTable.Administer);
        page.MapGet("", async (string? did, Shell shell, GuildhallDb db, ProgramLookup programs, CancellationToken stop) =>
            await Show(shell, await Filled(null, db, programs, stop), null, stop, wasSaved: did == "saved"));
        page.MapPost("", async (FormFields sent, NameMarketplace name, Shell shell, GuildhallDb db, ProgramLookup programs, StartWithDemo demo, CancellationToken stop) =>
        {
            var form = new MarketplaceForm
            {
                Name = sent.Text("Name"),
                CurrencyCode = sent.Text("CurrencyCode"),
                TimeZone = sent.Text("TimeZone"),
                Start = sent.Text("Start"),
                Seen = sent.Sent.ContainsKey("Seen") ? sent.Edition("Seen") : null,
            };
            var before = await Filled(form, db, programs, stop);
            // The demo's amounts are in US dollars, as its choice says.
            if (before.CanStartWithDemo && form.Start == "demo") form = form with { CurrencyCode = "USD" };
            if (!(await name.Run(form, stop)).Succeeded(out _, out var refusal)) return await Show(shell, before, refusal, stop);
            if (before.CanStartWithDemo && form.Start == "demo" && await demo() is { } unloaded) return await Show(shell, await Filled(null, db, programs, stop), unloaded, stop);
            return Results.LocalRedirect(!before.IsFirst ? "/settings/marketplace?did=saved" : before.CanStartWithDemo && form.Start == "empty" ? "/settings/import" : "/manage");
        });
    }

    static async Task<MarketplaceForm> Filled(MarketplaceForm? form, GuildhallDb db, ProgramLookup programs, CancellationToken stop)
    {
        var known = await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop);
        form ??= known is null ? new MarketplaceForm { Seen = 0 } : new MarketplaceForm { Name = known.Name, TimeZone = known.TimeZone, Seen = known.RowVersion };
        return form with { CurrencyCode = known?.CurrencyCode ?? form.CurrencyCode, IsFirst = known is null, CanStartWithDemo = known is null && !await programs.Any(stop) };
    }

    static async Task<IResult> Show(Shell shell, MarketplaceForm form, Refusal? refusal, CancellationToken stop, bool wasSaved = false) => Page.Of<MarketplacePage>(
        new { Shell = form.IsFirst ? await shell.Public(stop) : await shell.Staff(stop), Form = form, Errors = FieldError.From(refusal), WasSaved = wasSaved },
        refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
}
