using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;

namespace Guildhall.Commands;

/// <summary>`guildhall program …`: opens a program, fills it and runs its matching, through the use cases of the pages.</summary>
static class ProgramVerbs
{
    static readonly Argument<string> Slug = new("program") { Description = "The program’s part of its address, such as first-90-days-autumn-2026" };

    internal static Command Build() => new("program", "Open a program, bring people in, run its matching") { Create(), Mentors(), Mentees(), Enroll(), Assume(), RunMatch() };

    static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The program’s name" };
        var cohort = new Option<string>("--cohort") { Description = "Which intake this is", Required = true };
        var starts = new Option<DateOnly>("--starts") { Description = "The first day", HelpName = "day", Required = true };
        var asOf = new Option<DateOnly?>("--as-of") { Description = "For a program about the past: use only what was known on this day", HelpName = "day" };
        return Verb("create", "Open a program from the template First 90 Days", [name, cohort, starts, asOf], async (product, parsed, stop) =>
        {
            var form = new NewProgramForm(parsed.GetRequiredValue(name), parsed.GetRequiredValue(cohort), parsed.GetValue(starts), parsed.GetValue(starts)) { FiguresAsOf = parsed.GetValue(asOf) };
            if (!(await product.Get<DraftProgram>().Run(form, Actor.Product, stop)).Succeeded(out var program, out var refusal)) return refusal;
            if ((await product.Get<ChangeProgram>().Publish(program.Slug, program.RowVersion, onFrontPage: null, stop)).Refusal is { } unpublished) return unpublished;
            return $"{program.Name}, {program.Cohort} is open: {program.Slug}";
        });
    }

    static Command Mentors()
    {
        var days = new Option<int?>("--minimum-days-selling") { Description = "Days since their first order, at least", HelpName = "days" };
        var active = new Option<int?>("--active-within-days") { Description = "An order within this many days", HelpName = "days" };
        var window = new Option<int?>("--revenue-window-days") { Description = "The days over which revenue is compared", HelpName = "days" };
        var top = new Option<int?>("--top-percent") { Description = "Of the active sellers, the share with the most revenue", HelpName = "percent" };
        var mean = new Option<decimal?>("--minimum-review-mean") { Description = "Mean of the known reviews, 1 to 5, at least", HelpName = "mean" };
        var reviews = new Option<int?>("--minimum-reviews") { Description = "How many known reviews the mean rests on, at least", HelpName = "count" };
        var points = new Option<bool>("--with-policy-points") { Description = "Also those with open policy points, or of whom that is not known" };
        var capacity = new Option<int?>("--add") { Description = "Take them in as mentors, each with this many places", HelpName = "places" };
        return Verb("mentors", "Find sellers who would make good mentors; an option left out takes the program’s own value", [Slug, days, active, window, top, mean, reviews, points, capacity], async (product, parsed, stop) =>
        {
            if (await Program(product, parsed, stop) is not { } program) return Refusal.NotFound("program");
            if (await AsOf(product, program, stop) is not { } day) return NoFigures;
            var usual = program.Design.Mentors;
            var criteria = new MentorCriteria(
                parsed.GetValue(days) ?? usual.MinimumDaysSelling, parsed.GetValue(active) ?? usual.ActiveWithinDays, parsed.GetValue(window) ?? usual.RevenueWindowDays,
                parsed.GetValue(top) is { } percent ? percent / 100m : usual.TopRevenueShare, parsed.GetValue(mean) ?? usual.MinimumReviewMean, parsed.GetValue(reviews) ?? usual.MinimumReviews);
            if (!FindMentors.Search(criteria, parsed.GetValue(points)).Succeeded(out var search, out var refusal)) return refusal;
            var found = await product.Get<SellerLookup>().FindMentors(search, day, 0, AddFromFinder.Limit, stop);
            return await Added(found, day, parsed.GetValue(capacity) is { } places ? ids => product.Get<AddFromFinder>().Mentors(program.Slug, ids, places, stop) : null);
        });
    }

    static Command Mentees()
    {
        var from = new Option<DateOnly>("--first-order-from") { Description = "The earliest day of a first order", HelpName = "day", Required = true };
        var to = new Option<DateOnly>("--first-order-to") { Description = "The latest day of a first order", HelpName = "day", Required = true };
        var add = new Option<bool>("--add") { Description = "Take them in as mentees" };
        var command = Verb("mentees", "Find new sellers by the day of their first order", [Slug, from, to, add], async (product, parsed, stop) =>
        {
            if (await Program(product, parsed, stop) is not { } program) return Refusal.NotFound("program");
            if (await AsOf(product, program, stop) is not { } day) return NoFigures;
            var found = await product.Get<SellerLookup>().FindNewSellers(parsed.GetValue(from), parsed.GetValue(to), day, 0, AddFromFinder.Limit, stop);
            var tooLongAgo = 0;
            return (await Added(found, day, parsed.GetValue(add) ? Join : null)).Succeeded(out var told, out var refusal) ? $"{told}{BringInParticipants.Told(tooLongAgo)}" : refusal;

            async Task<Result<int>> Join(IReadOnlyCollection<Guid> ids)
            {
                if (!(await product.Get<AddFromFinder>().Mentees(program.Slug, ids, stop)).Succeeded(out var joined, out var refused)) return refused;
                tooLongAgo = joined.TooLongAgo;
                return joined.Added;
            }
        });
        command.Validators.Add(given =>
        {
            if (Day(given, from) > Day(given, to)) given.AddError($"{from.Name} is after {to.Name}.");
        });
        return command;

        // Null for what can't be read, which is said already.
        static DateOnly? Day(CommandResult given, Option<DateOnly> option) =>
            given.GetResult(option) is { Tokens: [var token] } && DateOnly.TryParse(token.Value, CultureInfo.InvariantCulture, out var day) ? day : null;
    }

    static Command Enroll()
    {
        var side = new Argument<Side>("side") { Description = "Who is in the file: mentee or mentor", HelpName = "mentee|mentor" };
        var file = new Argument<string>("file") { Description = "CSV, or newline-delimited JSON by its ending .ndjson" };
        return Verb("enroll", "Bring people in by file: all of them, or none with the reasons", [Slug, side, file], async (product, parsed, stop) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path)) return Refusal.Invalid("no_file", $"There is no file {path}. Nothing was changed.");
            await using var content = File.OpenRead(path);
            if (!(await product.Get<BringInParticipants>().FromFile(parsed.GetRequiredValue(Slug), parsed.GetValue(side), path, content, stop)).Succeeded(out var outcome, out var refusal)) return refusal;
            return outcome.Problems.AsRefusal() is { } unreadable ? unreadable : Say($"{outcome.Added:N0} added, {outcome.Updated:N0} updated{BringInParticipants.Told(outcome.TooLongAgo)}");
        });
    }

    static Command Assume()
    {
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same profiles", DefaultValueFactory = _ => 1 };
        var language = new Option<string>("--language") { Description = "Everybody’s mother tongue, such as pt", Required = true };
        var zone = new Option<string>("--time-zone") { Description = "The zone of everybody’s hours, such as America/Sao_Paulo", HelpName = "zone", Required = true };
        return Verb("assume", "Give unknown languages, hours, style and contact by a seeded rule, marked as assumed", [Slug, seed, language, zone], async (product, parsed, stop) =>
            (await product.Get<AssumeProfiles>().Run(new(parsed.GetRequiredValue(Slug), parsed.GetValue(seed), parsed.GetRequiredValue(language), parsed.GetRequiredValue(zone)), stop)).Succeeded(out var given, out var refusal)
                ? Say($"{given:N0} {(given == 1 ? "person was given an assumed profile" : "people were given assumed profiles")}")
                : refusal);
    }

    static Command RunMatch()
    {
        var files = new Option<string?>("--files") { Description = "Also write what went in, and every possible pair with its score, into this folder, for match, assign and assign check", HelpName = "folder" };
        return Verb("match", "Run the matching and store the draft, as the studio does", [Slug, files], async (product, parsed, stop) =>
        {
            if (!(await product.Get<RunMatching>().Run(parsed.GetRequiredValue(Slug), Actor.Product, stop)).Succeeded(out var run, out var refusal)) return refusal;
            var match = (await product.Get<OpenMatches>().Open(run.Id, stop))!;
            if (parsed.GetValue(files) is { } folder) RunFiles.Write(folder, match, stop);
            // A page shows what is known after some seconds; a command waits for the rest.
            var insights = match.Insights(stop);
            while (!insights.IsWhole) insights = match.Insights(stop);
            return Told(run, insights);
        });
    }

    static string Told(CompletedRun run, RunInsights insights)
    {
        var (summary, verdict) = (run.Head.Summary, run.Head.Verdict);
        var shortages = string.Concat(insights.ThreeMore.Select(RunWords.Shortage).Select(line => $"\nshort: {line.Kind}. {line.Finding}"));
        return Say($"""
            Run {run.Number}: {summary.Matched:N0} of {Counted.Of(summary.Mentees, "mentee")} matched, {Counted.Of(summary.Mentors, "mentor")} with {Counted.Of(summary.Places, "place")}
            total {summary.TotalScore / 1_000_000m:N6}, average fit {summary.AveragePoints:N1}, lowest {summary.LowestPoints:N1}, {Counted.Of(summary.PairsBelow60, "pair")} below 60
            {summary.PossiblePairs:N0} of {Counted.Of(summary.Pairs, "pair")} possible, {Counted.Of(summary.BlockingPairs, "blocking pair")}, HHI {summary.Hhi:N0}, Gini {summary.Gini:N3}
            checked: {Counted.Of(verdict.CheckedPairs, "pair")} read by the separate checker, {Counted.Of(verdict.AddedPairs, "pair")} added in {Counted.Of(verdict.Rounds, "round")}; {run.SecondsTaken:N2} s{shortages}
            """);
    }

    static Refusal NoFigures { get; } = Refusal.Invalid("no_figures", "There are no figures yet. Import seller-days or events first.");

    static async Task<ProgramFacts?> Program(ProductScope product, ParseResult parsed, CancellationToken stop) => await product.Get<ProgramLookup>().BySlug(parsed.GetRequiredValue(Slug), stop);

    static async Task<DateOnly?> AsOf(ProductScope product, ProgramFacts program, CancellationToken stop) => program.FiguresAsOf ?? await product.Get<SellerLookup>().LastDay(stop);

    static async Task<Result<string>> Added(FoundSellers found, DateOnly asOf, Func<IReadOnlyCollection<Guid>, Task<Result<int>>>? add)
    {
        var finding = Say($"{Counted.Of(found.Total, "seller")} by what was known on {asOf:yyyy-MM-dd}");
        if (found.PolicyPointsNotKnown > 0) finding = Say($"{finding}, {found.PolicyPointsNotKnown:N0} more left out: their policy points are not known");
        if (add is null) return finding;
        return (await add([.. found.Sellers.Select(one => one.Seller.Id)])).Succeeded(out var added, out var refusal) ? Say($"{finding}, {added:N0} added") : refusal;
    }

    static Command Verb(string name, string description, IReadOnlyList<Symbol> symbols, Func<ProductScope, ParseResult, CancellationToken, Task<Result<string>>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Add(argument);
            else command.Add((Option)symbol);
        }

        command.SetAction(async (parsed, stop) =>
        {
            await using var product = await ProductScope.OpenAsync(stop);
            if (!(await run(product, parsed, stop)).Succeeded(out var said, out var refusal)) return ProductScope.Refused(refusal);
            Console.WriteLine(said);
            return 0;
        });
        return command;
    }

    static string Say(FormattableString text) => FormattableString.Invariant(text);
}
