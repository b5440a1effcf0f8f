using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>An interest as its owner sees it.</summary>
public sealed record OwnDisclosure(Guid Id, string Kind, string What, DateTimeOffset DeclaredAt, DateTimeOffset ExpiresAt, bool HasExpired);

/// <summary>What somebody signed, as their page says it.</summary>
public sealed record OwnSignature(int Number, DateTimeOffset SignedAt);

/// <summary>The charter as its signers see it, with the interests they declared: one page on each side of a program.</summary>
sealed class MyCharter(GuildhallDb db, CharterLookup charter, SignCharter sign, IEnumerable<IHearOfInterests> listeners, Shell shell, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, area) in new[] { ("/me/charter", Area.Me), ("/mentor/charter", Area.Mentor) })
        {
            var own = routes.MapGroup(path).RequireAccess(AccessTable.TakePart);
            own.MapGet("", (string? did, MyCharter page, ShopActor person, CancellationToken stop) => page.Show(area, path, person, did, new FormFields(), null, stop));
            own.MapPost("", async (FormFields form, MyCharter page, ShopActor person, CancellationToken stop) => await page.Sign(area, path, person, form, stop));
            own.MapPost("declare", (FormFields form, MyCharter page, ShopActor person, CancellationToken stop) => page.Declare(area, path, person, form, stop));
            own.MapPost("disclosures/{id:guid}/withdraw", (Guid id, MyCharter page, ShopActor person, CancellationToken stop) => page.Withdraw(id, path, person, stop));
        }
    }

    async Task<IResult> Show(Area area, string path, ShopActor person, string? did, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        var (current, signature, now) = (await charter.Current(stop), await sign.Of(person.AccountId, stop), clock.GetUtcNow());
        var disclosures = await db.Set<Disclosure>().AsNoTracking().Where(d => d.SellerId == person.SellerId && d.WithdrawnAt == null).OrderByDescending(d => d.Id).Take(100).ToListAsync(stop);
        return Page.Of<MyCharterPage>(new
        {
            Shell = await shell.Personal(area, stop),
            Here = path,
            Charter = current,
            Signed = signature is null ? null : new OwnSignature(signature.CharterNumber, signature.SignedAt),
            Disclosures = (IReadOnlyList<OwnDisclosure>)[.. disclosures.Select(d => new OwnDisclosure(d.Id, Disclosure.KindName(d.Kind), d.What, d.DeclaredAt, d.ExpiresAt, d.ExpiresAt <= now))],
            Done = did switch { "signed" => "Signed. It stands below with its date.", "declared" => "Declared. It holds for a year.", "withdrawn" => "Taken back.", _ => null },
            Form = form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    async Task<IResult> Sign(Area area, string path, ShopActor person, FormFields form, CancellationToken stop)
    {
        if (form.Text("Agrees") != "true") return await Show(area, path, person, null, form, Refusal.Invalid("agree", "Tick that you keep to the charter. Nothing was signed.", "Agrees"), stop);
        return await sign.Run(person, (int)Math.Min(form.Edition("Number"), int.MaxValue), stop) is { } refusal
            ? await Show(area, path, person, null, new FormFields(), refusal, stop)
            : Results.LocalRedirect($"{path}?did=signed");
    }

    async Task<IResult> Declare(Area area, string path, ShopActor person, FormFields form, CancellationToken stop)
    {
        var isKind = Enum.TryParse<InterestKind>(form.Text("Kind"), out var kind) && Enum.IsDefined(kind);
        if (Refusal.Together(isKind ? null : Refusal.Invalid("kind", "Choose what kind of interest it is.", "Kind"), Disclosure.Problem(form.Text("What"))) is { } refusal)
            return await Show(area, path, person, null, form, refusal, stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.Add(Disclosure.Declare(person.SellerId, new DeclaredInterest(kind, form.Text("What")), clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
        foreach (var listener in listeners) await listener.Changed(person.SellerId, stop);
        await transaction.CommitAsync(stop);
        return Results.LocalRedirect($"{path}?did=declared");
    }

    async Task<IResult> Withdraw(Guid id, string path, ShopActor person, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var withdrawn = await db.Set<Disclosure>().Where(d => d.Id == id && d.SellerId == person.SellerId && d.WithdrawnAt == null).ExecuteUpdateAsync(d => d.SetProperty(x => x.WithdrawnAt, now), stop);
        if (withdrawn == 0) return await Page.Refused(shell, Refusal.NotFound("disclosure"), stop);
        foreach (var listener in listeners) await listener.Changed(person.SellerId, stop);
        await transaction.CommitAsync(stop);
        return Results.LocalRedirect($"{path}?did=withdrawn");
    }
}
