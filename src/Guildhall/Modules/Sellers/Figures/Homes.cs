using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>Where sellers are at home: the category of most of their listings known on a day, or what the marketplace says where no listing says it.</summary>
static class Homes
{
    /// <returns>The categories by seller; who has none is left out.</returns>
    public static async Task<Dictionary<Guid, string>> Of(GuildhallDb db, IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop)
    {
        var homes = new Dictionary<Guid, string>();
        await db.Read(FigureSql.Homes, reader => homes.Add(reader.GetGuid(0), reader.GetString(1)), stop, new("ids", ids.ToArray()), new("as_of", asOf));
        return homes;
    }

    /// <returns>The categories of everybody who offers something in some branches, or is said to; home may be elsewhere.</returns>
    public static async Task<Dictionary<Guid, string>> Within(GuildhallDb db, IReadOnlyCollection<string> branches, DateOnly asOf, CancellationToken stop)
    {
        var homes = new Dictionary<Guid, string>();
        await db.Read(FigureSql.HomesWithin, reader => homes.Add(reader.GetGuid(0), reader.GetString(1)), stop, new("branches", branches.ToArray()), new("as_of", asOf));
        return homes;
    }

    /// <summary>"pets/dogs" of "pets/dogs/leads"; <c>null</c> of "pets".</summary>
    public static string? Parent(string branch) => branch.LastIndexOf('/') is > 0 and var at ? branch[..at] : null;
}
