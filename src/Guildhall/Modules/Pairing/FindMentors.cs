using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Guildhall.Modules.Pairing;

/// <summary>Sellers who would make good mentors, by their figures, beside what the last run says is short.</summary>
public sealed record FindMentorsView(
    string Cohort, string Program, DateOnly? AsOf, MentorSearch Search, IReadOnlyList<MentorCandidate> Found, int Total, int Page, IReadOnlyList<ShortageLine> Shortages, string? Done, IReadOnlyList<FieldError> Errors)
{
    public const int PageSize = 50;
}

/// <summary>One seller that the finder found.</summary>
public sealed record MentorCandidate(Guid SellerId, string Name, string? Place, string? Category, string Revenue, string Reviews, string SellingSince, bool IsHere);

/// <summary>Finds mentors and takes the chosen ones into the program.</summary>
sealed class FindMentors(ProgramLookup programs, SellerLookup sellers, EnrollmentLookup enrollment, ReadStudio read, Platform.Database.GuildhallDb db)
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public sealed record SearchForm(int? MinimumDaysSelling, int? ActiveWithinDays, int? RevenueWindowDays, int? TopRevenuePercent, decimal? MinimumReviewMean, int? MinimumReviews, int? Page, int? Added);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var finder = routes.MapGroup("/manage/{program}/mentors/find").RequireAuthorization(Policies.Staff);
        finder.MapGet("", async (string program, [AsParameters] SearchForm form, FindMentors find, Shell shell, CancellationToken stop) =>
            (await find.Of(program, form, null, stop)).Succeeded(out var view, out var refusal) ? Page.Of<FindMentorsPage>(new { Shell = await shell.Staff(stop), View = view }) : await Page.Refused(shell, refusal, stop));
        finder.MapPost("", async (string program, [FromForm] Guid[]? seller, AddFromFinder add, FindMentors find, Shell shell, CancellationToken stop) =>
        {
            var added = await add.Mentors(program, seller ?? [], null, stop);
            if (added.Refusal is null) return Results.LocalRedirect($"/manage/{program}/mentors/find?added={added.Value.ToString(CultureInfo.InvariantCulture)}");
            return (await find.Of(program, new SearchForm(null, null, null, null, null, null, null, null), added.Refusal, stop)).Succeeded(out var view, out var refusal)
                ? Page.Of<FindMentorsPage>(new { Shell = await shell.Staff(stop), View = view }, Page.StatusOf(added.Refusal))
                : await Page.Refused(shell, refusal, stop);
        });
    }

    async Task<Result<FindMentorsView>> Of(string slug, SearchForm form, Refusal? refused, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        var usual = program.Design.Mentors;
        var search = new MentorSearch(
            form.MinimumDaysSelling ?? usual.MinimumDaysSelling, form.ActiveWithinDays ?? usual.ActiveWithinDays, form.RevenueWindowDays ?? usual.RevenueWindowDays,
            form.TopRevenuePercent is { } percent ? percent / 100m : usual.TopRevenueShare, form.MinimumReviewMean ?? usual.MinimumReviewMean, form.MinimumReviews ?? usual.MinimumReviews);
        if (search is not { MinimumDaysSelling: >= 0 and <= 3650, ActiveWithinDays: >= 1 and <= 3650, RevenueWindowDays: >= 1 and <= 3650, TopRevenueShare: > 0 and <= 1, MinimumReviewMean: >= 1 and <= 5, MinimumReviews: >= 0 })
        {
            refused ??= Refusal.Invalid("search", "Enter windows between 1 and 3,650 days, a share from 1% to 100% and a review mean from 1 to 5. The program's own search is shown.");
            search = new MentorSearch(usual.MinimumDaysSelling, usual.ActiveWithinDays, usual.RevenueWindowDays, usual.TopRevenueShare, usual.MinimumReviewMean, usual.MinimumReviews);
        }

        var page = Math.Clamp(form.Page ?? 1, 1, 1_000_000);
        var asOf = program.FiguresAsOf ?? await sellers.LastDay(stop);
        var found = asOf is { } day
            ? await sellers.FindMentors(search, day, (page - 1) * FindMentorsView.PageSize, FindMentorsView.PageSize, stop)
            : new FoundSellers(0, []);
        var here = await enrollment.PersonNames(program.Id, stop);
        var money = await Money(stop);

        return new FindMentorsView(
            program.Cohort, $"/manage/{slug}", asOf, search,
            [.. found.Sellers.Select(one => new MentorCandidate(
                one.Seller.Id, one.Seller.Name, one.Seller.Place, one.MainCategory is { } category ? CategoryNames.Of(category) : null, money(one.RevenueMinorUnits),
                one.ReviewMean is { } mean ? $"{mean.ToString("0.0", English)} of 5, {one.Reviews.ToString("N0", English)} known" : "Not known",
                one.FirstOrderOn?.ToString("MMM yyyy", English) ?? "Not known", here.ContainsKey(one.Seller.Id)))],
            found.Total, page, await Shortages(slug, stop),
            form.Added is { } added ? added == 0 ? "All of them were here already." : $"{Points.Count(added, "mentor is", "mentors are")} in the program now. What they have not said of themselves is not known yet." : null,
            FieldError.From(refused));
    }

    async Task<Func<long, string>> Money(CancellationToken stop)
    {
        var marketplace = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleOrDefaultAsync(db.Set<Marketplace>(), stop);
        return minorUnits => marketplace?.Currency.Format(minorUnits) ?? (minorUnits / 100m).ToString("N2", English);
    }

    async Task<IReadOnlyList<ShortageLine>> Shortages(string slug, CancellationToken stop) =>
        (await read.Open(slug, null, stop)).Succeeded(out var run, out _) && run is not null
            ? [.. run.Match.Insights(stop).ThreeMore.Select(StudioWords.Shortage)]
            : [];
}
