using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Tests.Sellers;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.RealData;

/// <summary>The program of docs/real-run.md: the real marketplace with 63 mentors and 832 new sellers as known on 1 June 2018, by the use cases of its commands.</summary>
static class OlistProgram
{
    public const string Slug = "first-90-days-june-2018";

    public static readonly DateOnly AsOf = new(2018, 6, 1);

    /// <summary>Imports the marketplace and fills the program; skips the calling test, saying why, when the files aren't at hand.</summary>
    public static async Task Open(IServiceProvider services, CancellationToken stop)
    {
        await using (var naming = services.CreateAsyncScope())
        {
            var db = naming.ServiceProvider.GetRequiredService<GuildhallDb>();
            db.Add(Marketplace.Found("Olist", "BRL", "America/Sao_Paulo").Value!);
            await db.SaveChangesAsync(stop);
        }

        foreach (var (kind, file) in (IEnumerable<(ImportKind, string)>)
            [(ImportKind.Sellers, "sellers.csv"), (ImportKind.Listings, "products.csv"), (ImportKind.Listings, "listings.csv"), (ImportKind.Days, "seller_days.csv"), (ImportKind.Events, "orders.csv")])
        {
            await using var importing = services.CreateAsyncScope();
            (await importing.ServiceProvider.GetRequiredService<ImportLocalFile>().Run(new(kind, RealMarketplace.File(file), null, false, false, "BRL"), null, stop)).Value.ShouldNotBeNull().Refusal.ShouldBeNull();
        }

        await using var scope = services.CreateAsyncScope();
        var (sellers, add) = (scope.ServiceProvider.GetRequiredService<SellerLookup>(), scope.ServiceProvider.GetRequiredService<AddFromFinder>());
        var draft = (await scope.ServiceProvider.GetRequiredService<DraftProgram>().Run(new("First 90 Days", "June 2018", new(2018, 6, 4), new(2018, 6, 4)) { FiguresAsOf = AsOf }, Actor.Product, stop)).Value.ShouldNotBeNull();
        (await scope.ServiceProvider.GetRequiredService<ChangeProgram>().Publish(draft.Slug, draft.RowVersion, onFrontPage: null, stop)).Refusal.ShouldBeNull();

        var mentors = await sellers.FindMentors(new(365, 60, 180, 0.25m, 4.2m, 5), AsOf, 0, AddFromFinder.Limit, stop);
        var mentees = await sellers.FindNewSellers(new(2017, 12, 4), AsOf, AsOf, 0, AddFromFinder.Limit, stop);
        (await add.Mentors(Slug, [.. mentors.Sellers.Select(found => found.Seller.Id)], 3, stop)).Value.ShouldBe(63);
        (await add.Mentees(Slug, [.. mentees.Sellers.Select(found => found.Seller.Id)], stop)).Value.Added.ShouldBe(832);
        (await scope.ServiceProvider.GetRequiredService<AssumeProfiles>().Run(new(Slug, 1, "pt", "America/Sao_Paulo"), stop)).Value.ShouldBe(895);
    }
}
