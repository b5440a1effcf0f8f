using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>One item of the settings: whether the mentor sees it.</summary>
public sealed record SharingRow(string Id, string Label, string Purpose, bool IsOn);

/// <summary>A line of the history of what was shared.</summary>
public sealed record SharingHistory(string Label, string Given, string? TakenBack);

/// <summary>The settings of somebody who takes part: what their mentor sees, item by item, the zone of their clocks, and their hours in each program.</summary>
static class SettingsRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var area in new[] { Area.Me, Area.Mentor })
        {
            var own = routes.MapGroup(Path(area)).RequireAccess(AccessTable.TakePart);
            own.MapGet("", (string? did, ShopActor shop, ConsentLookup consents, AccountLookup accounts, OwnClock clock, OwnSeats seats, Shell shell, CancellationToken stop) =>
                Show(area, did, shop, new FormFields(), null, consents, accounts, clock, seats, shell, stop));
            own.MapPost("time-zone", async (FormFields form, ShopActor shop, OwnPreferences preferences, ConsentLookup consents, AccountLookup accounts, OwnClock clock, OwnSeats seats, Shell shell, CancellationToken stop) =>
                await preferences.ChooseTimeZone(shop.AccountId, form.Text("TimeZone"), stop) is { } refusal
                    ? await Show(area, null, shop, form, refusal, consents, accounts, clock, seats, shell, stop)
                    : Results.LocalRedirect($"{Path(area)}?did=zone"));
        }

        routes.MapPost("/me/settings/share/{item}", async (string item, FormFields form, ShopActor shop, ChangeConsent change, Shell shell, CancellationToken stop) =>
        {
            if (SharedFigure.Find(item) is not { } figure) return await Page.Refused(shell, Refusal.NotFound("item"), stop);
            // What it is to be, not "the other way": a second tap of a slow page changes nothing.
            if (form.Text("Share") == "true") await change.Give(shop, figure.Purpose, stop);
            else await change.TakeBack(shop, figure.Id, stop);
            return Results.LocalRedirect($"{Path(Area.Me)}?did={(form.Text("Share") == "true" ? "on" : "off")}#{figure.Id}");
        }).RequireAccess(AccessTable.TakePart);
    }

    static string Path(Area area) => area == Area.Me ? "/me/settings" : "/mentor/settings";

    static async Task<IResult> Show(Area area, string? did, ShopActor shop, FormFields form, Refusal? refusal, ConsentLookup consents, AccountLookup accounts, OwnClock clock, OwnSeats seats, Shell shell, CancellationToken stop)
    {
        var zone = await clock.Of(shop, stop);
        IReadOnlyList<SharingRow> rows = [];
        IReadOnlyList<SharingHistory> history = [];
        if (area == Area.Me)
        {
            var given = await consents.Given(shop.SellerId, SharedFigure.Purposes, stop);
            var past = await consents.History(shop.SellerId, stop);
            var names = past.Count == 0 ? new Dictionary<Guid, string>() : await accounts.Names([.. past.SelectMany(row => new[] { row.GivenBy, row.TakenBackBy ?? row.GivenBy }).Distinct()], stop);
            rows = [.. SharedFigure.All.Select(figure => new SharingRow(figure.Id, figure.Label, figure.Purpose.Text, given.Contains(figure.Id)))];
            history = [.. past.Select(row => new SharingHistory(
                SharedFigure.Find(row.Item)?.Label ?? row.Item, $"on since {At(row.GivenAt)}, by {Name(row.GivenBy)}", row.TakenBackAt is { } back ? $"off since {At(back)}, by {Name(row.TakenBackBy ?? row.GivenBy)}" : null))];
            string Name(Guid id) => names.GetValueOrDefault(id) ?? "somebody who left";
        }

        return Page.Of<SettingsPage>(new
        {
            Shell = await shell.Personal(area, stop),
            Area = area,
            Here = Path(area),
            Rows = rows,
            History = history,
            Zone = zone.Id,
            Seats = await seats.Of(shop, area == Area.Me ? Side.Mentee : Side.Mentor, stop),
            Done = did switch { "on" => "Saved. Your mentor sees it from now on.", "off" => "Saved. Your mentor doesn’t see it any more.", "zone" => "Saved. Times are in this zone now.", _ => null },
            Form = form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));

        string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
    }
}
