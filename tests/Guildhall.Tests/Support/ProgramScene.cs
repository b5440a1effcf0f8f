using System.Text;
using Guildhall.Modules.Sellers;

namespace Guildhall.Tests.Support;

/// <summary>A program of its own for one test, made and filled as a manager does it.</summary>
sealed class ProgramScene(RunningProduct product, Browser manager, string slug, string prefix)
{
    static int programs;

    public RunningProduct Product => product;
    public Browser Manager => manager;
    public string Slug => slug;
    public string People => $"/manage/{slug}/people";
    public string Studio => $"/manage/{slug}/matching";

    /// <summary>A seller id of this scene.</summary>
    public string Id(string name) => $"{prefix}-{name}";

    public static async Task<ProgramScene> GivenProgram(RunningProduct product)
    {
        var (manager, number) = (await product.Manager(), Interlocked.Increment(ref programs));
        var drafted = await manager.Post("/manage/new", ("Name", "First 90 Days"), ("Cohort", $"Cohort {number}"), ("StartsOn", "2027-01-04"), ("ApplicationsCloseOn", "2026-12-31"));
        drafted.Location.ShouldBe($"/manage/first-90-days-cohort-{number}/setup/goal");
        return new ProgramScene(product, manager, $"first-90-days-cohort-{number}", $"s{number}");
    }

    /// <summary>A further program, for the same sellers.</summary>
    public async Task<ProgramScene> GivenAnotherProgram() => new(product, manager, (await GivenProgram(product)).Slug, prefix);

    public async Task GivenSellers(params string[] names)
    {
        await using var db = product.Database.NewDb();
        db.AddRange(names.Select(name => new Seller { ExternalId = Id(name), Name = $"Shop {name}" }));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public Task<Answer> BringIn(string side, string text, string fileName = "people.csv") => BringIn(side, new UTF8Encoding(false).GetBytes(text), fileName);

    public Task<Answer> BringIn(string side, byte[] bytes, string fileName = "people.csv") => manager.Upload(People, fileName, bytes, ("Side", side));

    /// <summary>Everybody in every program, as one value.</summary>
    public Task<string> Everybody() => product.Database.ScalarAsync<string>("SELECT coalesce(md5(string_agg(to_jsonb(p)::text, E'\\n' ORDER BY p.id)), 'nobody') FROM enrollment.participant p");
}
