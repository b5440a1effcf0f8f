using Guildhall.Modules.People;

namespace Guildhall.Modules.Library;

/// <summary>Names of those who wrote, own or decided something in the library.</summary>
sealed class LibraryNames(AccountLookup accounts)
{
    /// <summary>Who wrote what came with the installation.</summary>
    public const string StarterSet = "Guildhall starter set";

    public async Task<Func<Guid, string>> Of(IEnumerable<Guid?> ids, CancellationToken stop)
    {
        var asked = ids.OfType<Guid>().Where(id => id != Guid.Empty).Distinct().ToList();
        var names = asked.Count == 0 ? new Dictionary<Guid, string>() : await accounts.Names(asked, stop);
        return id => id == Guid.Empty ? StarterSet : names.GetValueOrDefault(id) ?? "Somebody who left";
    }
}
