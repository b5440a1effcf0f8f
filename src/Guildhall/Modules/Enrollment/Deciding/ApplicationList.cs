using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>One row of the applications to a program.</summary>
/// <param name="DaysWaiting">Since it was sent.</param>
/// <param name="Check">What the rules say against it; null for nothing.</param>
/// <param name="Tier">A mentee's level of help: given, or proposed while it is to be decided.</param>
public sealed record ApplicationRow(Guid Id, string Person, string Shop, Side Side, ApplicationState State, int DaysWaiting, string? Check, TierName? Tier, int Reviews);

/// <summary>A page of them, the longest wait first.</summary>
public sealed record ApplicationPageRows(IReadOnlyList<ApplicationRow> Rows, int Total, IReadOnlyDictionary<ApplicationState, int> Counts, int Page)
{
    public const int Size = 50;
}

/// <summary>Lists the applications to a program in a fixed number of queries: counts, rows, and of their shops names, facts, figures and reviews.</summary>
sealed class ApplicationList(GuildhallDb db, SellerLookup sellers, TimeProvider clock)
{
    public async Task<ApplicationPageRows> Of(ProgramFacts program, ApplicationState state, Side? side, int page, CancellationToken stop)
    {
        var sent = db.Set<Application>().AsNoTracking().Where(a => a.ProgramId == program.Id && a.State != ApplicationState.Draft && (side == null || a.Side == side));
        var counts = await sent.GroupBy(a => a.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        var total = counts.GetValueOrDefault(state);
        page = Math.Clamp(page, 1, Math.Max(1, (total + ApplicationPageRows.Size - 1) / ApplicationPageRows.Size));
        var rows = await sent.Where(a => a.State == state).OrderBy(a => a.SentAt).ThenBy(a => a.Id).Skip((page - 1) * ApplicationPageRows.Size).Take(ApplicationPageRows.Size).ToListAsync(stop);

        List<Guid> ids = [.. rows.Select(row => row.SellerId)];
        var cards = await sellers.Cards(ids, stop);
        var facts = await sellers.Facts(ids, stop);
        var asOf = state == ApplicationState.Sent ? await sellers.LastDay(stop) : null;
        var figures = asOf is { } day ? await sellers.Figures(ids, day, stop) : new Dictionary<Guid, SellerFigures>();
        List<Guid> applications = [.. rows.Select(row => row.Id)];
        var reviews = await db.Set<VettingReview>().Where(review => applications.Contains(review.ApplicationId)).GroupBy(review => review.ApplicationId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        var now = clock.GetUtcNow();
        return new ApplicationPageRows(
            [.. rows.Select(row => new ApplicationRow(
                row.Id, row.PersonName, cards.GetValueOrDefault(row.SellerId)?.Name ?? "Not known", row.Side, row.State, Math.Max(0, (int)(now - row.SentAt!.Value).TotalDays), Check(program, row, facts.GetValueOrDefault(row.SellerId), asOf is null ? null : figures.GetValueOrDefault(row.SellerId)),
                row.Side == Side.Mentor ? null : row.Tier ?? (state == ApplicationState.Sent ? TierProposal.Of(figures.GetValueOrDefault(row.SellerId), row.Answers).Tier : null),
                reviews.GetValueOrDefault(row.Id)))],
            total, counts, page);
    }

    static string? Check(ProgramFacts program, Application application, ShopFacts? facts, SellerFigures? figures) =>
        application is { Side: Side.Mentor, State: ApplicationState.Sent, Appeal: not null } ? "Second look"
        : application.Side == Side.Mentor ? application.State == ApplicationState.Sent && MentorCheck.Against(program.Design.Mentors, figures) is [_, ..] against ? $"Against {against.Count} of the criteria" : null
        : facts?.SignedUpOn is null ? "Sign-up not known"
        : program.Design.Mentees.TooManyDays(facts.SignedUpOn, DateOnly.FromDateTime(application.SentAt!.Value.UtcDateTime)) is { } days ? $"Signed up {days:N0} days before" : null;
}
