using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Governance;

/// <summary>For how many months something is kept, where an administrator decided so.</summary>
sealed class RetentionPeriod
{
    RetentionPeriod() { }

    public RetentionPeriod(string id) => Id = id;

    /// <summary>Of the <see cref="KeptKind"/>.</summary>
    public string Id { get; private set; } = "";
    public int Months { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    public Guid ChangedBy { get; set; }

    public static void Map(EntityTypeBuilder<RetentionPeriod> period)
    {
        period.Property(p => p.Id).HasMaxLength(40).ValueGeneratedNever();
        period.NotPersonal(p => p.Id);
    }
}

/// <summary>How long what is kept for a while is kept: the administrators’ page, and what is removed when the time is over.</summary>
sealed class Retention(GuildhallDb db, IEnumerable<IKeepForAWhile> keepers, AuditTrail trail, TimeProvider clock)
{
    public const string Path = "/settings/retention";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var settings = routes.MapGroup(Path).RequireAccess(AccessTable.Administer);
        settings.MapGet("", (string? did, Retention retention, Shell shell, CancellationToken stop) => Show(did == "saved", new FormFields(), retention, shell, stop));
        settings.MapPost("", async (FormFields form, Retention retention, Shell shell, Actor actor, CancellationToken stop) =>
            await retention.Change(form, actor, stop) ? Results.LocalRedirect($"{Path}?did=saved") : await Show(false, form, retention, shell, stop));
    }

    static async Task<IResult> Show(bool wasSaved, FormFields form, Retention retention, Shell shell, CancellationToken stop) => Page.Of<RetentionPage>(
        new { Shell = await shell.Staff(stop), Kept = await retention.Months(stop), WasSaved = wasSaved, Form = form }, form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    /// <summary>What is kept for a while, and for how many months.</summary>
    public async Task<IReadOnlyList<(KeptKind Kind, int Months)>> Months(CancellationToken stop)
    {
        var chosen = await db.Set<RetentionPeriod>().AsNoTracking().ToDictionaryAsync(period => period.Id, period => period.Months, stop);
        return [.. keepers.Select(keeper => (keeper.Kind, chosen.GetValueOrDefault(keeper.Kind.Id, keeper.Kind.UsualMonths)))];
    }

    /// <returns>False where a field could not be taken, which the form says. Then nothing is changed.</returns>
    async Task<bool> Change(FormFields form, Actor by, CancellationToken stop)
    {
        var stored = await db.Set<RetentionPeriod>().ToDictionaryAsync(period => period.Id, stop);
        foreach (var kind in keepers.Select(keeper => keeper.Kind))
        {
            var months = form.Whole(kind.Id, "the months");
            if (form.Error(kind.Id) is null && months is < KeptKind.FewestMonths or > KeptKind.MostMonths) form.Refuse(kind.Id, $"Enter {KeptKind.FewestMonths} to {KeptKind.MostMonths} months.");
            if (form.Errors.Count > 0 || months == (stored.GetValueOrDefault(kind.Id)?.Months ?? kind.UsualMonths)) continue;
            if (!stored.TryGetValue(kind.Id, out var period)) db.Add(period = new RetentionPeriod(kind.Id));
            (period.Months, period.ChangedAt, period.ChangedBy) = (months, clock.GetUtcNow(), by.AccountId);
            trail.Add(by, AuditVerb.Changed, AuditSubject.The(AuditKind.Retention), kind.Id, string.Create(CultureInfo.InvariantCulture, $"months-{months}"));
        }

        if (form.Errors.Count > 0)
        {
            db.ChangeTracker.Clear();
            return false;
        }

        await db.SaveChangesAsync(stop);
        return true;
    }

    /// <summary>Removes what was kept long enough. Safe to run twice, and on two nodes.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var all = 0;
        var now = clock.GetUtcNow();
        foreach (var (kind, months) in await Months(stop))
        {
            var removed = await keepers.Single(keeper => keeper.Kind.Id == kind.Id).Remove(now.AddMonths(-months), stop);
            all += removed;
            if (removed == 0) continue;
            trail.Add(Actor.Product, AuditVerb.Removed, AuditSubject.The(AuditKind.Retention), kind.Id, removed.ToString(CultureInfo.InvariantCulture));
            await db.SaveChangesAsync(stop);
        }

        return all;
    }
}
