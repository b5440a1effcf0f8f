using System.CommandLine;
using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Commands.Demo;

/// <summary>Fills an empty installation with the demo marketplace, through the product's own imports, or writes it as files.</summary>
static class LoadDemo
{
    public const ulong UsualSeed = 2026;

    internal static Command Build()
    {
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same marketplace", DefaultValueFactory = _ => UsualSeed };
        var asOf = new Option<DateOnly?>("--as-of") { Description = "The day after the last day of figures; today when left out", HelpName = "day" };
        var mentees = new Option<int?>("--mentees") { Description = "Applicants to the cohort; sellers and mentors grow with them", HelpName = "count" };
        var folder = new Option<string?>("--out") { Description = "Write the marketplace as files into this folder, and load nothing", HelpName = "folder" };
        var command = new Command("demo", "Fill an empty installation with an invented marketplace") { seed, asOf, mentees, folder };
        command.SetAction(async (parsed, stop) =>
        {
            var size = parsed.GetValue(mentees) is { } wanted ? DemoSize.WithMentees(wanted) : new DemoSize();
            var marketplace = DemoMarketplace.Generate(parsed.GetValue(seed), parsed.GetValue(asOf) ?? Today(TimeProvider.System), size);
            if (parsed.GetValue(folder) is { } path)
            {
                DemoFiles.Write(marketplace, path);
                Console.WriteLine($"The demo marketplace is in {path}");
                return 0;
            }

            await using var product = await ProductScope.OpenAsync(stop);
            return (await Load(product.Get<IServiceScopeFactory>(), marketplace, Console.WriteLine, stop)).Succeeded(out _, out var refusal) ? 0 : ProductScope.Refused(refusal);
        });
        return command;
    }

    /// <summary>Loads the usual demo marketplace, as of today, where there are no sellers yet.</summary>
    public static async Task<Result<bool>> LoadIfEmpty(IServiceProvider services, Action<string> say, CancellationToken stop)
    {
        await using (var scope = services.CreateAsyncScope())
        {
            if (await scope.ServiceProvider.GetRequiredService<GuildhallDb>().Set<Seller>().AnyAsync(stop)) return false;
        }

        var marketplace = DemoMarketplace.Generate(UsualSeed, Today(services.GetRequiredService<TimeProvider>()), new DemoSize());
        return await Load(services.GetRequiredService<IServiceScopeFactory>(), marketplace, say, stop);
    }

    static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().Date);

    static async Task<Result<bool>> Load(IServiceScopeFactory scopes, DemoMarketplace marketplace, Action<string> say, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("guildhall-demo-").FullName;
        try
        {
            DemoFiles.Write(marketplace, folder);
            if ((await NameMarketplace(scopes, stop)).Refusal is { } unnamed) return unnamed;
            foreach (var (kind, file) in new[] { ("sellers", "sellers.csv"), ("listings", "listings.csv"), ("days", "seller_days.csv.gz"), ("events", "events.ndjson.gz") })
            {
                await using var scope = scopes.CreateAsyncScope();
                var input = new ImportLocalFile.Input(ImportKind.Named(kind)!, Path.Combine(folder, file), null, SkipBadRows: false, IsDryRun: false, DemoMarketplace.Currency);
                if (!(await scope.ServiceProvider.GetRequiredService<ImportLocalFile>().Run(input, null, stop)).Succeeded(out var outcome, out var refusal)) return refusal;
                if (outcome.Refusal is { } refused) return refused;
                say(string.Create(CultureInfo.InvariantCulture, $"Demo marketplace: {outcome.Done!.RowsRead:N0} {kind}"));
            }

            return await OpenProgram(scopes, marketplace, folder, say, stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Result<Marketplace>> NameMarketplace(IServiceScopeFactory scopes, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        if (await db.Set<Marketplace>().SingleOrDefaultAsync(stop) is { } known)
        {
            return known.CurrencyCode == DemoMarketplace.Currency
                ? known
                : Refusal.Conflict("currency", $"The demo marketplace sells in {DemoMarketplace.Currency}, and this installation keeps amounts in {known.CurrencyCode}. Nothing was loaded. Use an empty installation.");
        }

        if (!Marketplace.Found(DemoMarketplace.Name, DemoMarketplace.Currency, "America/New_York").Succeeded(out var marketplace, out var refusal)) return refusal;
        db.Add(marketplace);
        await db.SaveChangesAsync(stop);
        return marketplace;
    }

    static async Task<Result<bool>> OpenProgram(IServiceScopeFactory scopes, DemoMarketplace marketplace, string folder, Action<string> say, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        // Applications have just closed, and the first day is a fortnight ahead: the day on which a manager runs the matching.
        var form = NewProgramForm.Suggested(marketplace.AsOf) with { StartsOn = marketplace.AsOf.AddDays(14), ApplicationsCloseOn = marketplace.AsOf };
        if (!(await services.GetRequiredService<DraftProgram>().Run(form, Actor.Product, stop)).Succeeded(out var program, out var refusal)) return refusal;
        if ((await services.GetRequiredService<ChangeProgram>().Publish(program.Slug, program.RowVersion, stop)).Refusal is { } unpublished) return unpublished;

        var bringIn = services.GetRequiredService<BringInParticipants>();
        foreach (var (side, file) in new[] { (Side.Mentee, "mentees.csv"), (Side.Mentor, "mentors.csv") })
        {
            await using var people = File.OpenRead(Path.Combine(folder, file));
            if (!(await bringIn.FromFile(program.Slug, side, file, people, stop)).Succeeded(out var outcome, out refusal)) return refusal;
            if (outcome.Problems.AsRefusal() is { } unreadable) return unreadable;
            say(string.Create(CultureInfo.InvariantCulture, $"Demo marketplace: {outcome.Added:N0} {side.ToString().ToLowerInvariant()}s in {program.Name}, {program.Cohort}"));
        }

        return true;
    }
}
