using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>One level of help within a group.</summary>
/// <param name="Tier">Null for mentees whose level was never set.</param>
/// <param name="Given">How many have it; of applicants, to whom it is proposed.</param>
/// <param name="Proposed">For how many the rule proposed it.</param>
/// <param name="Otherwise">How many of those for whom it was proposed have another.</param>
public sealed record TierCount(TierName? Tier, int Given, int Proposed, int Otherwise);

/// <summary>The people of one category or region, or all of them, over the levels of help.</summary>
/// <param name="Judged">For how many of them the rule proposed a level.</param>
public sealed record TierGroup(string Name, int People, int Judged, IReadOnlyList<TierCount> Tiers)
{
    public int Otherwise => Tiers.Sum(tier => tier.Otherwise);
}

/// <summary>A mentee with another level than the rule proposed.</summary>
/// <param name="By">Who decided so; null where it was set later, by file or with the profile, and nobody was asked why.</param>
public sealed record TierOverride(Guid ParticipantId, string Person, string Shop, TierName Proposed, TierName? Given, string? By, string? Reason, DateTimeOffset? DecidedAt);

/// <summary>How the levels of help spread over a program's mentees or applicants, so that the rule which proposes them can be judged.</summary>
/// <param name="OfApplicants">Of those who are not decided on or wait; by today's figures.</param>
/// <param name="Categories">The largest, then the rest as one, then those of whom it is not known.</param>
public sealed record TierSpreadView(
    ProgramFacts Program, bool OfApplicants, int Mentees, int Applicants, DateOnly? AsOf, TierGroup Everybody, IReadOnlyList<TierGroup> Categories, IReadOnlyList<TierGroup> Regions, IReadOnlyList<TierOverride> Overrides, int Page)
{
    public const int PageSize = 50;

    /// <summary>Groups that have a row of their own. The smaller ones share one.</summary>
    public const int LargestGroups = 12;

    public int OverridesInAll => Everybody.Otherwise;
}

/// <summary>Reads the spread. As many questions for a thousand people as for one.</summary>
sealed class TierSpread(GuildhallDb db, SellerLookup sellers, AccountLookup accounts)
{
    /// <summary>Mentees with the level they have and the one that the rule proposed when their application was accepted. One who came in without an application was proposed none.</summary>
    const string MenteesOfProgram = """
        FROM enrollment.participant p
        LEFT JOIN enrollment.application a ON a.program_id = p.program_id AND a.seller_id = p.seller_id AND a.side = 'Mentee' AND a.state = 'Accepted'
        CROSS JOIN LATERAL (SELECT CASE p.as_mentee ->> 'tier' WHEN 'intensive' THEN 'Intensive' WHEN 'standard' THEN 'Standard' WHEN 'light' THEN 'Light' WHEN 'self-serve' THEN 'SelfServe' END AS given) tier
        WHERE p.side = 'Mentee' AND p.left_at IS NULL AND p.program_id = {0}
        """;

    public async Task<TierSpreadView> Of(ProgramFacts program, bool ofApplicants, int page, CancellationToken stop)
    {
        var mentees = await db.Set<Participant>().CountAsync(p => p.ProgramId == program.Id && p.Side == Side.Mentee, stop);
        var applicants = await Undecided(program).CountAsync(stop);
        var asOf = ofApplicants ? await sellers.LastDay(stop) : null;
        var placed = ofApplicants ? await Applicants(program, asOf, stop) : await Mentees(program, stop);
        var counts = await sellers.Spread([.. placed.Select(one => (one.SellerId, Label(one)))], stop);
        var everybody = Group("Everybody", counts.Where(count => count.By == SellerGrouping.Category));
        page = Math.Clamp(page, 1, Math.Max(1, (everybody.Otherwise + TierSpreadView.PageSize - 1) / TierSpreadView.PageSize));
        return new TierSpreadView(
            program, ofApplicants, mentees, applicants, asOf, everybody, Groups(counts, SellerGrouping.Category, CategoryNames.Of, "categories"), Groups(counts, SellerGrouping.Region, region => region, "regions"),
            everybody.Otherwise == 0 ? [] : await Overrides(program, page, stop), page);
    }

    IQueryable<Application> Undecided(ProgramFacts program) =>
        db.Set<Application>().AsNoTracking().Where(a => a.ProgramId == program.Id && a.Side == Side.Mentee && (a.State == ApplicationState.Sent || a.State == ApplicationState.Waiting));

    Task<List<Placed>> Mentees(ProgramFacts program, CancellationToken stop) =>
        db.Database.SqlQueryRaw<Placed>($"""SELECT p.seller_id AS "SellerId", tier.given AS "Given", a.proposed_tier AS "Proposed" {MenteesOfProgram}""", program.Id).ToListAsync(stop);

    async Task<List<Placed>> Applicants(ProgramFacts program, DateOnly? asOf, CancellationToken stop)
    {
        var open = await Undecided(program).Select(a => new { a.SellerId, a.Answers }).ToListAsync(stop);
        var figures = asOf is { } day ? await sellers.Figures([.. open.Select(one => one.SellerId)], day, stop) : new Dictionary<Guid, SellerFigures>();
        // Nothing is given yet, which is not another level than the proposed one.
        return [.. open.Select(one => (one.SellerId, Tier: TierProposal.Of(figures.GetValueOrDefault(one.SellerId), one.Answers).Tier.ToString())).Select(one => new Placed(one.SellerId, one.Tier, one.Tier))];
    }

    async Task<IReadOnlyList<TierOverride>> Overrides(ProgramFacts program, int page, CancellationToken stop)
    {
        var rows = await db.Database.SqlQueryRaw<Overridden>($$"""
            SELECT p.id AS "Id", p.seller_id AS "SellerId", p.person_name AS "PersonName", a.proposed_tier AS "Proposed", tier.given AS "Given", a.tier = tier.given AS "IsAsDecided", a.tier_reason AS "Reason", a.decided_by AS "DecidedBy", a.decided_at AS "DecidedAt"
            {{MenteesOfProgram}} AND a.proposed_tier IS DISTINCT FROM tier.given AND a.proposed_tier IS NOT NULL
            ORDER BY a.decided_at DESC, p.id LIMIT {1} OFFSET {2}
            """, program.Id, TierSpreadView.PageSize, (page - 1) * TierSpreadView.PageSize).ToListAsync(stop);
        var cards = await sellers.Cards([.. rows.Select(row => row.SellerId)], stop);
        var names = await accounts.Names([.. rows.Select(row => row.DecidedBy).OfType<Guid>().Distinct()], stop);
        return [.. rows.Select(row =>
        {
            var shop = cards.GetValueOrDefault(row.SellerId)?.Name ?? "Not known";
            return row.IsAsDecided == true
                ? new TierOverride(row.Id, row.PersonName ?? shop, shop, Enum.Parse<TierName>(row.Proposed), Tier(row.Given), Name(row.DecidedBy, names), row.Reason, row.DecidedAt)
                : new TierOverride(row.Id, row.PersonName ?? shop, shop, Enum.Parse<TierName>(row.Proposed), Tier(row.Given), null, null, null);
        })];
    }

    static string Name(Guid? by, IReadOnlyDictionary<Guid, string> names) => by == Actor.Product.AccountId ? Actor.Product.Name : by is { } id ? names.GetValueOrDefault(id, "Somebody whose account is gone") : "Not known";

    static IReadOnlyList<TierGroup> Groups(IReadOnlyList<SpreadCount> counts, SellerGrouping by, Func<string, string> name, string groups)
    {
        var all = counts.Where(count => count.By == by).GroupBy(count => count.Group).OrderByDescending(group => group.Sum(count => count.Count)).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        var known = all.Where(group => group.Key is not null).ToList();
        // One left over has its own row: “1 other” would hide its name and save nothing.
        var shown = known.Count <= TierSpreadView.LargestGroups + 1 ? known.Count : TierSpreadView.LargestGroups;
        var rest = known.Skip(shown).ToList();
        return
        [
            .. known.Take(shown).Select(group => Group(name(group.Key!), group)),
            .. rest.Count > 0 ? [Group($"{rest.Count:N0} smaller {groups}", rest.SelectMany(group => group))] : (TierGroup[])[],
            .. all.Where(group => group.Key is null).Select(group => Group("Not known", group)),
        ];
    }

    static TierGroup Group(string name, IEnumerable<SpreadCount> counts)
    {
        var known = counts.Select(count => (Parts: count.Label.Split(' '), count.Count)).Select(count => (Given: Tier(count.Parts[0]), Proposed: Tier(count.Parts[1]), count.Count)).ToList();
        return new TierGroup(
            name, known.Sum(count => count.Count), known.Where(count => count.Proposed is not null).Sum(count => count.Count),
            [.. Enum.GetValues<TierName>().Select(tier => (TierName?)tier).Append(null).Select(tier => new TierCount(
                tier, known.Where(count => count.Given == tier).Sum(count => count.Count), tier is null ? 0 : known.Where(count => count.Proposed == tier).Sum(count => count.Count),
                tier is null ? 0 : known.Where(count => count.Proposed == tier && count.Given != tier).Sum(count => count.Count)))]);
    }

    static string Label(Placed one) => $"{one.Given ?? "None"} {one.Proposed ?? "None"}";

    static TierName? Tier(string? name) => Enum.TryParse<TierName>(name, out var tier) ? tier : null;

    sealed record Placed(Guid SellerId, string? Given, string? Proposed);

    sealed record Overridden(Guid Id, Guid SellerId, string? PersonName, string Proposed, string? Given, bool? IsAsDecided, string? Reason, Guid? DecidedBy, DateTimeOffset? DecidedAt);
}
