using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Sellers who would make good mentors, by their figures, beside what the last run says is short.</summary>
/// <param name="ShortagesHref">Where it is worked out which mentors are short; null without a run, and once all of it is known.</param>
/// <param name="WithPolicyPoints">Whether those with open policy points are found too.</param>
/// <param name="TakesApplications">Whether sellers can be invited to apply.</param>
/// <param name="PolicyPointsNotKnown">How many meet every other rule and are left out because their policy points are not known.</param>
/// <param name="Criteria">What the list was found by: what the form asks, or the program's own criteria while that can't be read.</param>
public sealed record FindMentorsView(
    string Cohort, string Program, DateOnly? AsOf, MentorCriteria Criteria, FormFields Form, IReadOnlyList<MentorCandidate> Found, int Total, int Page, IReadOnlyList<ShortageLine> Shortages, string? ShortagesHref, FinderNews? Done, bool IsAllChosen, bool WithPolicyPoints, int PolicyPointsNotKnown, bool TakesApplications, bool AreAllInvited)
{
    public const int PageSize = 50;
}

/// <summary>What became of those who were chosen.</summary>
/// <param name="IsAdded">They are among the mentors now, or were before.</param>
public sealed record FinderNews(string Words, Tone Tone, bool IsAdded = false);

/// <summary>One seller that the finder found.</summary>
/// <param name="IsElsewhere">They stand in an approved pair of another program.</param>
public sealed record MentorCandidate(Guid SellerId, string Name, string? Place, string? Category, string Revenue, string Reviews, string SellingSince, bool IsHere, bool IsElsewhere, InviteStanding Invite);

/// <summary>Finds mentors, invites the chosen ones to apply or takes them into the program.</summary>
sealed class FindMentors(ProgramLookup programs, SellerLookup sellers, EnrollmentLookup enrollment, InviteStandings standings, TimeProvider clock, OtherPrograms others, ReadStudio read, OpenMatches matches, GuildhallDb db)
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static void Map(IEndpointRouteBuilder routes)
    {
        var finder = routes.MapGroup("/manage/{program}/mentors/find").RequireAccess(AccessTable.RunProgram);
        finder.MapGet("", (string program, HttpContext http, FindMentors find, Shell shell, CancellationToken stop) => find.Show(program, FormFields.InAddress(http), null, shell, stop));
        finder.MapPost("", async (string program, [FromForm] Guid[]? seller, HttpContext http, AddFromFinder add, FindMentors find, Shell shell, CancellationToken stop) =>
            (await add.Mentors(program, seller ?? [], null, stop)).Succeeded(out var added, out var refusal)
                ? Results.LocalRedirect(QueryHelpers.AddQueryString($"{http.Request.Path}{http.Request.QueryString}", "added", added.ToString(CultureInfo.InvariantCulture)))
                : await find.Show(program, FormFields.InAddress(http), refusal, shell, stop));
        finder.MapPost("invite", async (string program, FormFields form, HttpContext http, InviteMentors invite, FindMentors find, Shell shell, Actor actor, CancellationToken stop) =>
        {
            // What is no id is no seller's, and is counted as that.
            List<Guid> chosen = [.. form.Values("invite", []).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)];
            if (!(await invite.Run(program, chosen, actor, stop)).Succeeded(out var outcome, out var refusal)) return await find.Show(program, FormFields.InAddress(http), refusal, shell, stop);
            var told = outcome.NotInvited.ToDictionary(left => left.Key.ToString(), left => (string?)left.Value.ToString(CultureInfo.InvariantCulture));
            told["invited"] = outcome.Invited.ToString(CultureInfo.InvariantCulture);
            return Results.LocalRedirect(QueryHelpers.AddQueryString($"/manage/{program}/mentors/find{http.Request.QueryString}", told));
        });
    }

    /// <summary>What became of an invitation of many: how many, and of the others why not.</summary>
    static FinderNews? Told(FormFields address)
    {
        if (Count("invited") is not { } invited) return null;
        var left = string.Join(", ", Enum.GetValues<InviteState>().Select(state => (State: state, Count: Count(state.ToString()) ?? 0)).Where(one => one.Count > 0).Select(one => one.State switch
        {
            InviteState.TakesPart => Counted.Of(one.Count, "takes part already", "take part already"),
            InviteState.Applied => Counted.Of(one.Count, "applied already", "applied already"),
            InviteState.InvitedLately => $"{Counted.Of(one.Count, "was", "were")} invited less than {InviteMentors.DaysBetween} days ago",
            InviteState.NoAddress => $"of {one.Count.ToString("N0", English)} no address is known that is theirs alone",
            InviteState.WantsNone => Counted.Of(one.Count, "wants no such mail", "want no such mail"),
            InviteState.TooMany => $"{Counted.Of(one.Count, "was", "were")} sent the most invitations that one address gets in a day",
            InviteState.NoSeller => Counted.Of(one.Count, "is no seller of this marketplace", "are no sellers of this marketplace"),
            _ => null,
        }).OfType<string>());
        return new($"{(invited == 0 ? "Nobody was" : Counted.Of(invited, "seller was", "sellers were"))} invited by mail.{(left.Length > 0 ? $" Not invited: {left}." : "")}", invited == 0 ? Tone.Attention : Tone.Good);

        int? Count(string name) => int.TryParse(address.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    /// <summary>The search that a page's form or a command's options ask for.</summary>
    public static Result<MentorSearch> Search(MentorCriteria criteria, bool withPolicyPoints) => criteria.Rules() is { } refusal
        ? refusal
        : new MentorSearch(
            criteria.MinimumDaysSelling, criteria.ActiveWithinDays, criteria.RevenueWindowDays, criteria.TopRevenueShare, criteria.MinimumReviewMean, criteria.MinimumReviews, withPolicyPoints);

    async Task<IResult> Show(string slug, FormFields search, Refusal? refused, Shell shell, CancellationToken stop)
    {
        if (!(await Of(slug, search, refused, stop)).Succeeded(out var view, out var refusal)) return await Page.Refused(shell, refusal, stop);
        var status = refused is not null ? Page.StatusOf(refused) : search.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        return Page.Of<FindMentorsPage>(new { Shell = await shell.Staff(stop), View = view }, status);
    }

    async Task<Result<FindMentorsView>> Of(string slug, FormFields form, Refusal? refused, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        var criteria = program.Design.Mentors;
        var withPolicyPoints = form.Text(nameof(MentorSearch.WithPolicyPoints)) == "true";
        if (form.Sent.ContainsKey(nameof(MentorCriteria.MinimumDaysSelling)))
        {
            var asked = MentorCriteria.Read(form);
            form.RefusedElsewhere(Search(asked, withPolicyPoints).Refusal);
            if (form.Refusal is null) criteria = asked;
        }

        form.Refused(refused);
        var page = int.TryParse(form.Text("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 1_000_000) : 1;
        if (!Search(criteria, withPolicyPoints).Succeeded(out var search, out var unusable)) return unusable;
        var (from, last) = await sellers.Span(stop);
        var asOf = program.FiguresAsOf ?? last;
        var found = asOf is { } day
            ? await sellers.FindMentors(search, day, (page - 1) * FindMentorsView.PageSize, FindMentorsView.PageSize, stop)
            : new FoundSellers(0, []);
        var here = await enrollment.Members(program.Id, stop);
        var takesApplications = program.TakesApplications(clock.GetUtcNow());
        var invites = takesApplications ? await standings.Of(program, [.. found.Sellers.Select(one => one.Seller.Id)], stop) : new Dictionary<Guid, InviteStanding>();
        var elsewhere = await others.But(program.Id, stop);
        var money = await Money(stop);
        // Each shortage takes a solve of its own. The studio works them out; this page shows what is known.
        var run = await read.Newest(program.Id, int.MaxValue, 1, stop) is [var newest] ? newest : null;
        var known = run is null ? null : matches.Known(run.Id);

        return new FindMentorsView(
            program.Cohort, $"/manage/{slug}", asOf, criteria, form,
            [.. found.Sellers.Select(one => new MentorCandidate(
                one.Seller.Id, one.Seller.Name, one.Seller.Place, one.MainCategory is { } category ? CategoryNames.Of(category) : null, money(one.RevenueMinorUnits),
                one.ReviewMean is { } mean ? $"{mean.ToString("0.0", English)} of 5, {one.Reviews.ToString("N0", English)} known" : "Not known",
                Since(one, from), here.ContainsKey(one.Seller.Id), elsewhere.Has(one.Seller.Id), invites.GetValueOrDefault(one.Seller.Id, new InviteStanding(InviteState.NoAddress))))],
            found.Total, page, [.. (known?.ThreeMore ?? []).Select(RunWords.Shortage)], run is null || known is { KindsLeft: 0 } ? null : (new StudioQuery(slug, run.Number, Costs: true)).Href + "#shortages",
            int.TryParse(form.Text("added"), NumberStyles.None, CultureInfo.InvariantCulture, out var added)
                ? new(added == 0 ? "All of them were here already." : $"{Counted.Of(added, "mentor is", "mentors are")} in the program now. What they have not said of themselves is not known yet.", Tone.Good, IsAdded: true)
                : Told(form),
            IsAllChosen: form.Text("choose") == "all", withPolicyPoints, found.PolicyPointsNotKnown, takesApplications, AreAllInvited: form.Text("choose") == "invite");
    }

    // Of a seller who joined before the figures begin, the first order that is known may not be the first.
    static string Since(FoundSeller seller, DateOnly? figuresFrom) => seller.FirstOrderOn is not { } first ? "Not known"
        : seller.SignedUpOn >= figuresFrom ? first.ToString("MMM yyyy", English)
        : $"{first.ToString("MMM yyyy", English)} or earlier";

    async Task<Func<long?, string>> Money(CancellationToken stop)
    {
        var marketplace = await db.Set<Marketplace>().SingleOrDefaultAsync(stop);
        return minorUnits => minorUnits is { } known && marketplace is not null ? marketplace.Currency.Format(known) : "Not known";
    }
}
