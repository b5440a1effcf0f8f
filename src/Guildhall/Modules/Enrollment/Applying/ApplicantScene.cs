using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Enrollment;

/// <summary>What stands behind an application's pages: the program, and what the marketplace knows of the shop.</summary>
/// <param name="Figures">As of the last day that figures are known of; null before the first.</param>
/// <param name="Pains">Where the shop stands worse than similar ones.</param>
/// <param name="Categories">The marketplace's main categories, for a shop whose own are not known.</param>
/// <param name="Languages">What mentors of the program speak, most of them first.</param>
public sealed record ApplicantScene(
    ProgramFacts Program, SellerCard Shop, ShopFacts? Facts, SellerFigures? Figures, IReadOnlyList<Pain> Pains, IReadOnlyList<string> Categories, IReadOnlyList<string> Languages)
{
    /// <summary>The kinds of pain that the shop's figures could be judged by, whether it has them or not; none where that was not asked.</summary>
    public IReadOnlySet<string> Judged { get; init; } = new HashSet<string>();

    public IReadOnlyList<string> OwnCategories => Figures is { Categories: [_, ..] own } ? [.. own.OrderByDescending(category => category.Share).Select(category => category.Path).Take(6)] : [];
}

/// <summary>Gathers the scene in a few queries about one shop.</summary>
sealed class ReadApplicantScene(SellerLookup sellers, EnrollmentLookup enrollment)
{
    /// <param name="withPains">Comparing a shop with similar ones takes longer than all the rest, and one page shows it.</param>
    public async Task<ApplicantScene?> Of(ProgramFacts program, Guid sellerId, bool withPains, CancellationToken stop)
    {
        if (!(await sellers.Cards([sellerId], stop)).TryGetValue(sellerId, out var shop)) return null;
        var asOf = await sellers.LastDay(stop);
        var figures = asOf is { } day ? (await sellers.Figures([sellerId], day, stop)).GetValueOrDefault(sellerId) : null;
        var tally = withPains && asOf is { } last ? await sellers.Tally([sellerId], last, stop) : PainTally.Unknown;
        return new ApplicantScene(
            program, shop, (await sellers.Facts([sellerId], stop)).GetValueOrDefault(sellerId), figures, tally.Of.GetValueOrDefault(sellerId, []),
            figures is { Categories: [_, ..] } ? [] : await sellers.MainCategories(stop), await enrollment.MentorLanguages(program.Id, stop))
        { Judged = tally.Counts.Where(count => count.Known > 0).Select(count => count.Kind).ToHashSet() };
    }
}
