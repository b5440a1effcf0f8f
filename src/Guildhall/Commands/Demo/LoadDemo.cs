using System.CommandLine;
using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Portal;
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

    /// <summary>What a start with the demo does: an installation that somebody named and left empty is theirs, and stays empty.</summary>
    /// <returns>False when nothing was loaded.</returns>
    public static async Task<Result<bool>> LoadIfUnclaimed(IServiceProvider services, Action<string> say, CancellationToken stop)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        var marketplace = await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop);
        if (marketplace is null || marketplace.Name == DemoMarketplace.Name || await db.Set<Seller>().AnyAsync(stop)) return await LoadIfEmpty(services, say, stop);

        say($"{marketplace.Name} has no sellers yet, and the demo marketplace was not loaded into it. To fill it with invented sellers: guildhall demo");
        return false;
    }

    /// <summary>Loads the usual demo marketplace, as of today, where there are no sellers yet; goes on with a load that was interrupted, as of its own day.</summary>
    /// <returns>False when there is nothing to load: the installation has sellers or programs of its own, or the demo is complete.</returns>
    public static async Task<Result<bool>> LoadIfEmpty(IServiceProvider services, Action<string> say, CancellationToken stop)
    {
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        var hasSellers = await db.Set<Seller>().AnyAsync(stop);
        // The earlier program is loaded whole or not at all, before this one.
        var programs = await db.Set<Modules.Programs.Program>().Where(program => program.Name != DemoEarlierCohort.Program).OrderBy(program => program.Id).Select(program => new { program.Id, program.Slug }).Take(2).ToListAsync(stop);
        // Mentors are loaded last.
        if (hasSellers && programs is not ([] or [_])) return false;
        if (programs is [var opened] && (await scope.ServiceProvider.GetRequiredService<EnrollmentLookup>().Count(opened.Id, stop)).Mentors > 0) return false;

        var lastDay = await scope.ServiceProvider.GetRequiredService<SellerLookup>().LastDay(stop);
        var marketplace = DemoMarketplace.Generate(UsualSeed, lastDay?.AddDays(1) ?? Today(services.GetRequiredService<TimeProvider>()), new DemoSize());
        if (hasSellers)
        {
            var ids = marketplace.Sellers.Select(seller => seller.Id).ToList();
            if (await db.Set<Seller>().AnyAsync(seller => !ids.Contains(seller.ExternalId), stop)) return false;
            if (programs is [var begun] && begun.Slug != Slugs.From($"{Program(marketplace).Name} {Program(marketplace).Cohort}")) return false;
        }

        return await Load(scopes, marketplace, say, stop);
    }

    const int DaysToApply = 7;

    static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().Date);

    internal static async Task<Result<bool>> Load(IServiceScopeFactory scopes, DemoMarketplace marketplace, Action<string> say, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("guildhall-demo-").FullName;
        try
        {
            DemoFiles.Write(marketplace, folder);
            if ((await NameMarketplace(scopes, stop)).Refusal is { } unnamed) return unnamed;
            foreach (var (kind, file) in new[] { ("sellers", "sellers.csv"), ("listings", "listings.csv"), ("days", "seller_days.csv.gz"), ("events", "events.ndjson.gz") })
            {
                if (!(await Import(scopes, ImportKind.Named(kind)!, Path.Combine(folder, file), stop)).Succeeded(out var done, out var refusal)) return refusal;
                say(string.Create(CultureInfo.InvariantCulture, $"Demo marketplace: {done.RowsRead:N0} {kind}"));
            }

            await TellOfEarlier(scopes, marketplace, say, stop);
            return await OpenProgram(scopes, marketplace, folder, say, stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Result<Modules.Sellers.Import>> Import(IServiceScopeFactory scopes, ImportKind kind, string path, CancellationToken stop)
    {
        var input = new ImportLocalFile.Input(kind, path, null, SkipBadRows: false, IsDryRun: false, DemoMarketplace.Currency);
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!(await scope.ServiceProvider.GetRequiredService<ImportLocalFile>().Run(input, null, stop)).Succeeded(out var outcome, out var refusal)) return refusal;
            if (outcome.Done is { } done) return done;
            if (outcome.Refusal is not { Code: "import_running" }) return outcome.Refusal!;
            // The background worker has taken up what an interrupted load left behind.
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
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

        return await scope.ServiceProvider.GetRequiredService<NameMarketplace>().Run(new() { Name = DemoMarketplace.Name, CurrencyCode = DemoMarketplace.Currency, TimeZone = "America/New_York" }, stop);
    }

    // Applications are open for some days yet, so that a visitor can send one, and the first day is a fortnight ahead: time to run the matching.
    static NewProgramForm Program(DemoMarketplace marketplace) =>
        NewProgramForm.Suggested(marketplace.AsOf) with
        {
            StartsOn = marketplace.AsOf.AddDays(14),
            ApplicationsCloseOn = marketplace.AsOf.AddDays(DaysToApply),
            FiguresAsOf = marketplace.AsOf.AddDays(14) < Today(TimeProvider.System) ? marketplace.AsOf : null,
        };

    static async Task TellOfEarlier(IServiceScopeFactory scopes, DemoMarketplace marketplace, Action<string> say, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await Create<DemoEarlierProgram>(scope.ServiceProvider).Run(marketplace, stop) is > 0 and var mentorships)
            say(string.Create(CultureInfo.InvariantCulture, $"Demo marketplace: {mentorships:N0} mentorships in {DemoEarlierCohort.Program}, which is over"));
    }

    static T Create<T>(IServiceProvider services) => ActivatorUtilities.CreateInstance<T>(services, ActivatorUtilities.CreateInstance<DemoAccounts>(services));

    static async Task<Result<bool>> OpenProgram(IServiceScopeFactory scopes, DemoMarketplace marketplace, string folder, Action<string> say, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var form = Program(marketplace);
        var program = await services.GetRequiredService<GuildhallDb>().Set<Modules.Programs.Program>().SingleOrDefaultAsync(known => known.Name == form.Name && known.Cohort == form.Cohort, stop);
        if (program is null && !(await services.GetRequiredService<DraftProgram>().Run(form, Actor.Product, stop)).Succeeded(out program, out var refused)) return refused;
        if (program.State == ProgramState.Draft && (await services.GetRequiredService<ChangeProgram>().Publish(program.Slug, program.RowVersion, onFrontPage: null, stop)).Refusal is { } unpublished) return unpublished;

        var bringIn = services.GetRequiredService<BringInParticipants>();
        foreach (var (side, file) in new[] { (Side.Mentee, "mentees.csv"), (Side.Mentor, "mentors.csv") })
        {
            await using var people = File.OpenRead(Path.Combine(folder, file));
            if (!(await bringIn.FromFile(program.Slug, side, file, people, stop)).Succeeded(out var outcome, out var refusal)) return refusal;
            if (outcome.Problems.AsRefusal() is { } unreadable) return unreadable;
            say(string.Create(CultureInfo.InvariantCulture, $"Demo marketplace: {outcome.Added + outcome.Updated:N0} {side.ToString().ToLowerInvariant()}s in {program.Name}, {program.Cohort}"));
            // Before the mentors, whose presence says that the load is complete.
            if (side != Side.Mentee || await services.GetRequiredService<ProgramLookup>().BySlug(program.Slug, stop) is not { } facts) continue;
            if (await Create<DemoApplications>(services).Run(facts, marketplace, stop) is > 0 and var applications)
                say(string.Create(CultureInfo.InvariantCulture, $"Demo marketplace: {applications:N0} applications"));
            await ActivatorUtilities.CreateInstance<DemoPlans>(services).Run(facts.Id, stop);
            if (facts.FiguresAsOf is null && await ActivatorUtilities.CreateInstance<DemoTrials>(services).Run(facts, stop) is > 0 and var trials)
                say(string.Create(CultureInfo.InvariantCulture, $"Demo marketplace: {trials:N0} free trials"));
        }

        return true;
    }
}
